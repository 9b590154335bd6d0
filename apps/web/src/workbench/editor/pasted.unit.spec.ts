import { MOST_CELLS, tooMuch } from './pasted';

const table = (cells: number): string => `<table><tr>${'<td>1</td>'.repeat(cells)}</tr></table>`;

describe('what is pasted', () => {
  it('is taken up to 4,000 cells, header cells counted', () => {
    expect(tooMuch(table(MOST_CELLS), '')).toBeNull();
    expect(tooMuch(table(MOST_CELLS) + '<TH class="x">a</TH>', '')).toEqual({ cells: MOST_CELLS + 1 });
    expect(tooMuch(table(40_000), '')).toEqual({ cells: 40_000 });
    expect(tooMuch('<thead></thead><tdx>', '')).toBeNull();
  });

  it('is taken up to what an item may hold', () => {
    expect(tooMuch('', 'あ'.repeat(1_000_000))).toBeNull();
    expect(tooMuch('', 'あ'.repeat(1_000_001))).toEqual({ characters: 1_000_001 });
  });
});
