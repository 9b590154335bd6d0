import { applicationWindow } from './application-window';

describe('the application window of プライバシーマーク', () => {
  it.each([
    ['2024-12-01', '2024-04-02', '2024-08-01'],
    ['2022-11-01', '2022-03-02', '2022-07-01'],
  ])('for a term until %s is from %s to %s', (validUntil, from, until) =>
    expect(applicationWindow(validUntil)).toEqual({ from, until }),
  );

  it('ends on the next business day when it would end on a closed one', () =>
    // 2024-09-14 is a Saturday, and Monday the 16th 敬老の日.
    expect(applicationWindow('2025-01-14').until).toBe('2024-09-17'));
});
