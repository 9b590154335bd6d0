import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from '.';

describe('canonical JSON', () => {
  it('is what the reference implementation of RFC 8785 makes of any JSON', () =>
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 }), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
      { numRuns: 2_000 },
    ));

  it('puts keys in the order of their UTF-16 code units, however many there are', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const many = Object.fromEntries(
      [...keys, ...Array.from({ length: 500 }, (_, n) => `k${n}`)].map((key) => [key, 0]),
    );
    expect(Object.keys(JSON.parse(canonicalJson(many)))).toEqual(Object.keys(JSON.parse(canonicalize(many) ?? '')));
    expect(canonicalJson(many)).toBe(canonicalize(many));
  });

  it('writes the numbers of RFC 8785, appendix B, as it does', () =>
    expect(
      canonicalJson([0, -0, 5e-324, -1.7976931348623157e308, 9007199254740994, 1e21, 1e-7, 333333333.3333333]),
    ).toBe('[0,0,5e-324,-1.7976931348623157e+308,9007199254740994,1e+21,1e-7,333333333.3333333]'));

  it('does not exist of what is no JSON', () => {
    const round: { self?: unknown } = {};
    round.self = round;
    expect(() => canonicalJson(undefined)).toThrow('Only JSON has a canonical form');
    expect(() => canonicalJson(round)).toThrow();
  });
});
