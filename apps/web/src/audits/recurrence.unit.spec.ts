import { periods, plainPeriod, usual } from './recurrence';

describe('a period', () => {
  it('is read from its rule', () => {
    expect(plainPeriod(periods.yearly)).toEqual({ unit: 'YEARLY', every: 1 });
    expect(plainPeriod(periods.halfYearly)).toEqual({ unit: 'MONTHLY', every: 6 });
    expect(plainPeriod('FREQ=WEEKLY;INTERVAL=2')).toEqual({ unit: 'WEEKLY', every: 2 });
  });

  it('is none where the rule says more', () => {
    for (const rule of ['FREQ=MONTHLY;BYDAY=1MO', 'INTERVAL=2', '', 'FREQ=HOURLY'])
      expect(plainPeriod(rule)).toBeNull();
  });

  it('is a year after the last one for a vulnerability scan, and after the last approval for a review of the text', () => {
    expect(usual('vulnerabilityScan')).toEqual({ period: 'yearly', anchor: 'lastPerformed' });
    expect(usual('documentReview')).toEqual({ period: 'yearly', anchor: 'lastApproval' });
  });
});
