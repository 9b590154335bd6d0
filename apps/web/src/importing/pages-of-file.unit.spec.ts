import { acceptedTogether, byPage } from './pages-of-file';
import type { ProposalView } from './proposals-api';

const text = (index: number, of: Partial<ProposalView>): ProposalView =>
  ({ index, standing: 'open', page: null, append: false, item: null, ...of }) as ProposalView;
const item = (itemKey: string): ProposalView['item'] => ({
  ...{ itemKey, bodyHash: itemKey, number: 1, title: itemKey, partNumber: 'I' },
});

describe('the texts of a file', () => {
  const texts = [
    text(0, { page: 1, item: item('I-1') }),
    text(1, { page: 2, item: item('I-1'), append: true }),
    text(2, { page: 2, standing: 'unplaced' }),
    text(3, { page: 1, item: item('I-2') }),
  ];

  it('stand page by page, with what was taken out of a page in it', () =>
    expect(byPage(texts).map(({ page, texts: of }) => [page, of.map(({ index }) => index)])).toEqual([
      [1, [0, 3]],
      [2, [1, 2]],
    ]));

  it('of a file without pages stand by themselves', () =>
    expect(byPage([text(0, {}), text(1, {})]).map(({ texts: of }) => of.length)).toEqual([1, 1]));

  it('of one item are accepted together in the order of the pages', () =>
    expect(acceptedTogether(texts).map(({ index }) => index)).toEqual([0, 3, 1]));

  it('are not accepted together where one would undo the other', () => {
    const second = text(4, { page: 3, item: item('I-1') });
    expect(acceptedTogether([...texts, second])).not.toContain(second);
  });
});
