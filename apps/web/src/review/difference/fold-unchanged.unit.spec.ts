import { foldUnchanged } from './fold-unchanged';

const blocks = (kinds: string) => [...kinds].map((letter, at) => ({ at, kind: letter === '=' ? 'same' : 'changed' }));

/** `3` for three folded blocks, the letter of a block that is shown. */
const shape = (kinds: string): string =>
  foldUnchanged(blocks(kinds))
    .map((group) => (group.kind === 'folded' ? String(group.blocks.length) : group.block.kind === 'same' ? '=' : 'x'))
    .join('');

describe('unchanged blocks', () => {
  it('stay in sight next to a change', () => expect(shape('=x=')).toBe('=x='));
  it('fold away where two or more stand apart from every change', () => expect(shape('====x====')).toBe('3=x=3'));
  it('are shown when folding would hide only one', () => expect(shape('==x')).toBe('==x'));
  it('between two changes fold only in the middle', () => expect(shape('x=====x')).toBe('x=3=x'));
  it('are neither lost nor put in another order', () => {
    const all = foldUnchanged(blocks('===x=====xx=')).flatMap((group) =>
      group.kind === 'folded' ? group.blocks : [group.block],
    );
    expect(all.map(({ at }) => at)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });
});
