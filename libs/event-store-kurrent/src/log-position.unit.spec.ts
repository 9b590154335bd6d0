import { fromPosition, toPosition } from './log-position';

describe('a position in the log of a KurrentDB', () => {
  it('compares as text like the numbers it is made of', () => {
    const places = [
      { commit: 9n, prepare: 9n },
      { commit: 10n, prepare: 2n },
      { commit: 10n, prepare: 10n },
      { commit: 2n ** 64n - 1n, prepare: 0n },
    ];
    expect(places.map(toPosition).toSorted()).toEqual(places.map(toPosition));
    expect(places.map(toPosition).map(fromPosition)).toEqual(places);
  });

  it('is not read from a position of another kind of log', () =>
    expect(() => fromPosition('00000000000000000007-0000000000000000001')).toThrow('Not a position of this log'));
});
