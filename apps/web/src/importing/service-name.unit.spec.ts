import { isServiceName, proposeServiceName } from './service-name';

describe('the name in the public address', () => {
  it('is proposed from the Latin letters of the service name', () => {
    expect(proposeServiceName('「ＭＤ Karte Plus」クラウド')).toBe('md-karte-plus');
  });

  it('is a plain word when the service name has no Latin letters', () => {
    expect(proposeServiceName('「クラウドサービス」')).toBe('cloud-service');
  });

  it.each(['', '-ab', 'ab-', 'Ab', 'あ', 'a b', 'a'.repeat(63)])('refuses %s', (name) => {
    expect(isServiceName(name)).toBe(false);
  });

  it('always proposes something that is accepted', () => {
    for (const name of ['', '---', 'A', 'x'.repeat(200), `${'y'.repeat(61)} z`]) {
      expect(isServiceName(proposeServiceName(name))).toBe(true);
    }
  });
});
