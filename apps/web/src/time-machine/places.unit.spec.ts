import { drawn, indexAt, neighbourOf, searchOf, thinned, whenIn } from './places';
import type { MomentView } from './time-api';

const moment = (kind: MomentView['kind'], version: number, day: string): MomentView => ({
  ...{ kind, version, position: String(version), at: `${day}T00:00:00.000Z`, by: null, editionNumber: 1 },
  ...{ itemKeys: [], count: 1, sentence: '' },
});
const moments = [
  moment('imported', 2, '2030-01-01'),
  moment('edits', 8, '2030-01-03'),
  moment('published', 12, '2030-01-10'),
  moment('effective', 12, '2030-02-01'),
  moment('started', 13, '2030-03-01'),
];

describe('a place on the slider', () => {
  it.each([
    [{ version: 12 }, 2],
    [{ version: 9 }, 1],
    [{ version: 1 }, -1],
    [{ at: '2030-02-01T00:00:00.000Z' }, 3],
    [{ at: '2030-01-10' }, 2],
    [{ at: '2029-01-01' }, -1],
    [{ at: 'nonsense' }, -1],
  ] as const)('%j is moment %d', (when, index) => expect(indexAt(moments, when)).toBe(index));

  it('is found again by what stands in its address', () =>
    moments.forEach((each, index) => expect(indexAt(moments, whenIn(searchOf(each), moments))).toBe(index)));

  it('is asked for by what leads back to the newest moment, where the address names none', () => {
    expect(whenIn({}, moments)).toEqual({ version: 13 });
    // Nothing happened since: the number of that moment is the number of the event before it, on an earlier day.
    expect(whenIn({}, moments.slice(0, 4))).toEqual({ at: '2030-02-01T00:00:00.000Z' });
    expect(whenIn({ v: 9 }, moments)).toEqual({ version: 9 });
    expect(whenIn({ t: '2030-01-10' }, moments)).toEqual({ at: '2030-01-10' });
  });

  it('has neighbours, up to the ends', () => {
    expect([neighbourOf(moments, 1, 1), neighbourOf(moments, 1, -1)]).toEqual([2, 0]);
    expect([neighbourOf(moments, 4, 1), neighbourOf(moments, 0, -1)]).toEqual([4, 0]);
    expect([neighbourOf(moments, 2, 1, true), neighbourOf(moments, 2, -1, true)]).toEqual([3, 0]);
    expect(neighbourOf(moments, -1, 1)).toBe(0);
  });
});

describe('the labels of a ruler', () => {
  const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

  it('are every so-manieth, and the last; the one before it gives way', () => {
    expect(thinned(upTo(51), (label) => label * 10, 50)).toEqual([1, 6, 11, 16, 21, 26, 31, 36, 41, 46, 51]);
    expect(thinned(upTo(49), (label) => label * 10, 50)).toEqual([1, 6, 11, 16, 21, 26, 31, 36, 41, 49]);
  });

  it('are all there where all of them fit', () => {
    expect(thinned(upTo(5), (label) => label * 50, 50)).toEqual([1, 2, 3, 4, 5]);
    expect(thinned([], () => 0, 50)).toEqual([]);
  });

  it('are the last alone where two do not fit', () => expect(thinned(upTo(3), (label) => label, 50)).toEqual([3]));
});

describe('the marks of a ruler', () => {
  it('are all drawn where there is room', () =>
    expect(drawn([3, 3, 2, 1, 0], 1)).toEqual([true, true, true, true, true]));

  it('give way to weightier ones near by, and to those before them of their own weight', () =>
    expect(drawn([3, 3, 3, 3, 1, 0, 3, 3, 3, 3], 3).map(Number)).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 1, 0]));

  it('always show what weighs most', () => expect(drawn([0, 0, 3, 0], 5)).toEqual([true, true, false, true]));
});
