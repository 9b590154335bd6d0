import { canonicalHash } from './canonical-hash';

describe('a canonical hash', () => {
  it('is that of the RFC 8785 form: the order in which properties were written does not count', () =>
    expect(canonicalHash({ b: [1, 2], a: '版' })).toBe(canonicalHash({ a: '版', b: [1, 2] })));

  it('is the same for a property that is absent and for one that is undefined, as storing makes them the same', () =>
    expect(canonicalHash({ type: 'other', note: undefined })).toBe(canonicalHash({ type: 'other' })));

  it('tells an order of entries from another, and a text from a number', () => {
    expect(canonicalHash([1, 2])).not.toBe(canonicalHash([2, 1]));
    expect(canonicalHash('1')).not.toBe(canonicalHash(1));
  });
});
