import { draftsOn, type Draft } from './drafts';

const shelfOf = (kept = new Map<string, string>()) => ({
  get length() {
    return kept.size;
  },
  key: (at: number) => [...kept.keys()][at] ?? null,
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, value: string) => void kept.set(name, value),
  removeItem: (name: string) => void kept.delete(name),
});
const place = { userId: 'u1', disclosureId: 'd1', itemKey: 'I-4' };
const draft: Draft = {
  body: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: '書きかけ' }] }] },
  basedOn: 'a'.repeat(64),
  at: '2026-01-01T00:00:00.000Z',
};

describe('unsaved text', () => {
  it('is found again as it was kept, with what it was based on', () => {
    const shelf = shelfOf();
    expect(draftsOn(shelf).keep(place, draft)).toBe(true);
    expect(draftsOn(shelf).find(place)).toEqual(draft);
  });

  it('belongs to one person and one item', () => {
    const drafts = draftsOn(shelfOf());
    drafts.keep(place, draft);
    expect(drafts.find({ ...place, userId: 'u2' })).toBeNull();
    expect(drafts.find({ ...place, itemKey: 'I-40' })).toBeNull();
    expect(drafts.itemsWith({ userId: 'u1', disclosureId: 'd1' })).toEqual(['I-4']);
    expect(drafts.itemsWith({ userId: 'u2', disclosureId: 'd1' })).toEqual([]);
  });

  it('is gone once it is forgotten', () => {
    const drafts = draftsOn(shelfOf());
    drafts.keep(place, draft);
    drafts.forget(place);
    expect(drafts.find(place)).toBeNull();
    expect(drafts.itemsWith(place)).toEqual([]);
  });

  it('says when the device has no room for it', () => {
    const full = {
      ...shelfOf(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(draftsOn(full).keep(place, draft)).toBe(false);
  });

  it.each(['{', '"text"', '{"basedOn":"x"}', '{"body":{"type":"doc"},"basedOn":"x"}', 'null'])(
    'ignores what is no draft: %s',
    (kept) => {
      const shelf = shelfOf(new Map([['kaijisho.draft.u1.d1.I-4', kept]]));
      expect(draftsOn(shelf).find(place)).toBeNull();
    },
  );
});
