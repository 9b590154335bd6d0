import { initialState } from './domain/reminding';
import { mailableFrom } from './mailable-from';

describe('quiet hours', () => {
  it.each([
    ['2030-05-01T10:59:59.999Z', '2030-05-01T10:59:59.999Z'], // 19:59 in Tokyo
    ['2030-05-01T11:00:00.000Z', '2030-05-01T23:00:00.000Z'],
    ['2030-05-01T22:59:59.000Z', '2030-05-01T23:00:00.000Z'],
    ['2030-05-01T23:00:00.001Z', '2030-05-01T23:00:00.001Z'],
  ])('let a mail of %s leave at %s', (at, from) =>
    expect(mailableFrom(initialState, new Date(at)).toISOString()).toBe(from),
  );

  it('that there are none let it leave at once', () => {
    const at = new Date('2030-05-01T15:00:00.000Z');
    expect(mailableFrom({ quietHours: null }, at)).toBe(at);
  });
});
