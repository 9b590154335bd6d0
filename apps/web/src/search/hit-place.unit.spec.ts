import { hrefOf, hrefOfRecord, inRows } from './hit-place';

describe('a hit', () => {
  const hit = {
    ...{ disclosureId: 'd', serviceName: '', disclosureTitle: '', passage: [], inDraft: true, editions: [1, 2] },
    item: { itemKey: 'II-3', place: 'II-3', title: [] },
  };
  it('is read where it is still so, else in the newest edition that said it', () => {
    expect(hrefOf(hit)).toBe('/disclosures/d/items/II-3');
    expect(hrefOf({ ...hit, inDraft: false })).toBe('/disclosures/d/editions/2#item-II-3');
    expect(hrefOf({ ...hit, item: null })).toBe('/disclosures/d');
  });

  it('of the registers is read on its page, an erratum with its edition', () =>
    expect([
      hrefOfRecord({ kind: 'certificate', id: 'c', edition: null }),
      hrefOfRecord({ kind: 'audit', id: 'a', edition: null }),
      hrefOfRecord({ kind: 'erratum', id: 'e', edition: { disclosureId: 'd', number: 3 } }),
    ]).toEqual(['/certificates/c', '/audits/a', '/disclosures/d/editions/3']));

  it('names its editions in rows', () => expect([inRows([1, 3, 4, 5, 7]), inRows([])]).toEqual(['1・3–5・7', '']));
});
