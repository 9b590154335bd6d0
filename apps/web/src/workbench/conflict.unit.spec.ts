import type { Body } from '@app/content/body';
import { resolve, whenOtherTabKeeps, whenServerMoves, type Conflict } from './conflict';

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

  it('is gone on with when it was saved in another tab and more was typed here', () => {
    expect(whenServerMoves('b', { base: 'a', mine: 'c', shared: 'b' })).toBe('rebase');
    expect(whenServerMoves('d', { base: 'a', mine: 'c', shared: 'b' })).toBe('conflict');
  });
});

describe('a text that another tab of the same person has kept', () => {
  it('is taken over where nothing was typed since both had the same', () => {
    expect(whenOtherTabKeeps('b', { base: 'a', mine: 'a', shared: null })).toBe('takeOver');
    expect(whenOtherTabKeeps('c', { base: 'a', mine: 'b', shared: 'b' })).toBe('takeOver');
  });

  it('is a conflict where something else was typed', () => {
    expect(whenOtherTabKeeps('c', { base: 'a', mine: 'b', shared: null })).toBe('conflict');
  });

  it('is nothing new when it is the same', () => {
    expect(whenOtherTabKeeps('b', { base: 'a', mine: 'b', shared: null })).toBe('same');
  });
});
