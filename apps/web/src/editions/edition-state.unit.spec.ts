import type { EditionSummary } from '../api/types';
import { instantInTokyo, shownOf, stateOf, today } from './edition-state';

const edition = (number: number, inForce = false) => ({ number, inForce }) as EditionSummary;

describe('an edition', () => {
  const editions = [edition(5), edition(6, true), edition(7)];
  it('is superseded when an earlier one than that in force', () =>
    expect(stateOf(editions[0]!, editions)).toBe('superseded'));
  it('is in force when the server says so', () => expect(stateOf(editions[1]!, editions)).toBe('inForce'));
  it('published for a later day is scheduled', () => expect(stateOf(editions[2]!, editions)).toBe('scheduled'));
  it('is scheduled as long as none is in force', () => {
    const none = [edition(1), edition(2)];
    expect(none.map((each) => stateOf(each, none))).toEqual(['scheduled', 'scheduled']);
    expect([shownOf({ editions: none })?.number, shownOf({ editions })?.number]).toEqual([1, 6]);
  });
});

describe('today', () => {
  it('is the day in Tokyo', () => {
    expect(today(new Date('2031-03-31T14:59:59.000Z'))).toBe('2031-03-31');
    expect(today(new Date('2031-03-31T15:00:00.000Z'))).toBe('2031-04-01');
  });
});

it('a date and time are those of the office, wherever the browser is', () =>
  expect(instantInTokyo('2030-02-01T09:05')).toBe('2030-02-01T00:05:00.000Z'));
