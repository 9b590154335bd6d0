import type { Body } from '@app/content/body';
import { resolve, whenServerMoves, type Conflict } from './conflict';

const textOf = (text: string): Body => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const conflict: Conflict = { mine: textOf('私'), theirs: textOf('相手'), theirsHash: 'theirs' };

describe('a conflict over an item', () => {
  it('takes their text without saving anything', () => {
    expect(resolve('theirs', conflict)).toEqual({
      body: conflict.theirs,
      basedOn: 'theirs',
      saveNow: false,
      beside: null,
    });
  });

  it('saves mine on top of theirs when that is chosen', () => {
    expect(resolve('mine', conflict)).toEqual({ body: conflict.mine, basedOn: 'theirs', saveNow: true, beside: null });
  });

  it('goes on with mine and keeps theirs in sight', () => {
    expect(resolve('goOnWithMine', conflict)).toEqual({
      body: conflict.mine,
      basedOn: 'theirs',
      saveNow: false,
      beside: conflict.theirs,
    });
  });
});

describe('an item that changed on the server', () => {
  it('is left alone while it is what the editor started from', () => {
    expect(whenServerMoves('a', { base: 'a', mine: 'b' })).toBe('nothing');
  });

  it('is taken over when nothing was typed', () => {
    expect(whenServerMoves('b', { base: 'a', mine: 'a' })).toBe('takeOver');
  });

  it('is a conflict when something else was typed', () => {
    expect(whenServerMoves('b', { base: 'a', mine: 'c' })).toBe('conflict');
  });

  it('is no conflict when both typed the same', () => {
    expect(whenServerMoves('b', { base: 'a', mine: 'b' })).toBe('rebase');
  });
});
