import { readMailAddress } from './mail-address';

describe('a mail address', () => {
  it.each(['tanaka@example.co.jp', 'a..b@docomo.example', 'first.last+kaijisho@sub.example.com', 'x@localhost'])(
    'may be %s',
    (address) => expect(readMailAddress(address)).toEqual({ address }),
  );

  it('may have spaces around it, which are dropped', () =>
    expect(readMailAddress('  tanaka@example.co.jp ')).toEqual({ address: 'tanaka@example.co.jp' }));

  it.each([
    'tanaka@example.co.jp\r\nBcc: everyone@example.com',
    'tanaka@example.co.jp\n',
    'tanaka@example.co.jp\u2028Bcc: x',
    'tan\taka@example.co.jp',
    'tanaka\u0000@example.co.jp',
  ])('has no control character: %j', (text) => expect(readMailAddress(text)).toEqual({ fault: 'controlCharacter' }));

  it.each(['a@example.com, b@example.com', 'a@example.com;b@example.com', 'a@example.com b@example.com'])(
    'is one: %s',
    (text) => expect(readMailAddress(text)).toEqual({ fault: 'severalAddresses' }),
  );

  it.each([
    '',
    'tanaka',
    '@example.com',
    'tanaka@',
    '田中@example.com',
    'Tanaka <t@example.com>',
    't@-example.com',
    `${'a'.repeat(250)}@example.com`,
  ])('is refused as %j', (text) => expect(readMailAddress(text)).toEqual({ fault: 'form' }));
});
