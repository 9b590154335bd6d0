import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tokenInAnswer, TimeStampRefused, verifyTimeStamp } from './time-stamp';
import { certificatesIn, namedTimeStampRoots, readTimeStampAuthority } from './time-stamp-authority';

const file = (name: string): Buffer => readFileSync(join(__dirname, 'fixtures', name));
const root = (name: string): Uint8Array => new X509Certificate(file(name)).raw;
const roots = [root('root.pem')];
const sealed = file('sealed');

/** What is wrong with a token; null when nothing is. */
const faultOf = async (
  token: Uint8Array,
  data: Uint8Array = sealed,
  trusted: readonly Uint8Array[] | null = roots,
): Promise<string | null> =>
  verifyTimeStamp(token, data, trusted).then(
    () => null,
    (error) => (error instanceof TimeStampRefused ? error.fault : Promise.reject(error)),
  );

// The tokens were made by OpenSSL: fixtures/make.sh.
describe('a time stamp', () => {
  it.each([
    ['rsa.tst', 'Example TSA, Example Time'],
    ['ec.tst', '時刻認証局 例, 時刻認証'],
  ])('says when and by whom: %s', async (name, authority) => {
    const stamp = await verifyTimeStamp(file(name), sealed, [root('stranger-root.pem'), ...roots]);
    expect(stamp).toMatchObject({ authority, policy: '1.2.3.4.1' });
    expect(stamp.time).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    expect(stamp.serialNumber).toMatch(/^[0-9a-f]+$/);
  });

  it.each([
    ['stranger.tst', 'UntrustedSigner'],
    ['below-leaf.tst', 'UntrustedSigner'],
    ['expired.tst', 'NotValidThen'],
    ['below-expired.tst', 'NotValidThen'],
    ['no-purpose.tst', 'NotForTimeStamping'],
    ['more-purposes.tst', 'NotForTimeStamping'],
    ['unnamed.tst', 'BadSignature'],
    ['bare.tst', 'Malformed'],
    ['sha512.tst', 'Malformed'],
    ['sealed', 'Malformed'],
  ])('%s is refused: %s', async (name, fault) => expect(await faultOf(file(name))).toBe(fault));

  it('over something else is refused', async () =>
    expect(await faultOf(file('ec.tst'), Buffer.from('something else'))).toBe('OverSomethingElse'));

  it('is refused where nobody is trusted, and left open where nobody was asked', async () => {
    expect(await faultOf(file('ec.tst'), sealed, [])).toBe('UntrustedSigner');
    expect(await faultOf(file('stranger.tst'), sealed, null)).toBeNull();
    expect(await faultOf(file('expired.tst'), sealed, null)).toBe('NotValidThen');
  });

  it('is refused by whoever trusts the signer of another', async () =>
    expect(await faultOf(file('ec.tst'), sealed, [root('stranger-root.pem')])).toBe('UntrustedSigner'));

  it.each(['rsa.tst', 'ec.tst'])('is refused whichever byte of what was signed is another: %s', async (name) => {
    const token = file(name);
    // The year in genTime, a GeneralizedTime of 15 characters, and every 97th byte of the whole.
    const time = token.indexOf(Buffer.from([0x18, 15, 0x32, 0x30]));
    expect(time).toBeGreaterThan(0);
    const places = [time + 5, ...Array.from({ length: Math.floor(token.length / 97) }, (_, i) => i * 97)];
    const accepted: number[] = [];
    for (const place of places) {
      const changed = Buffer.from(token);
      changed[place] = (changed[place] ?? 0) ^ 1;
      if ((await faultOf(changed)) === null) accepted.push(place);
    }
    expect(accepted).toEqual([]);
  });

  it('cut off is refused', async () => expect(await faultOf(file('ec.tst').subarray(0, -1))).toBe('Malformed'));
});

describe('an answer', () => {
  it('that is none is refused', () =>
    expect(tokenInAnswer(Buffer.from('<html>'), { nonce: Buffer.alloc(16) })).rejects.toThrow(TimeStampRefused));
});

describe('the authority of an installation', () => {
  const TIMESTAMP_URL = 'https://user:word@tsa.example.com/tsr';
  const TIMESTAMP_CA_FILE = join(__dirname, 'fixtures', 'root.pem');

  it('is the one that is named, with its roots', () => {
    expect(readTimeStampAuthority({ TIMESTAMP_URL, TIMESTAMP_CA_FILE, TIMESTAMP_POLICY: '1.2.3.4.1' })).toEqual({
      ...{ url: new URL(TIMESTAMP_URL), policy: '1.2.3.4.1' },
      roots: roots.map((der) => Buffer.from(der)),
    });
    const bare = readTimeStampAuthority({ TIMESTAMP_URL, TIMESTAMP_POLICY: '' });
    expect(bare?.policy).toBeUndefined();
    expect(bare?.roots.length).toBeGreaterThan(50);
    expect(namedTimeStampRoots({ TIMESTAMP_CA_FILE: '' })).toBeNull();
  });

  it('is none where none is named', () => expect(readTimeStampAuthority({ TIMESTAMP_URL: '' })).toBeNull());

  it.each([
    [{ TIMESTAMP_URL: 'tsa.example.com' }, 'TIMESTAMP_URL has to be'],
    [{ TIMESTAMP_URL: 'http://' }, 'TIMESTAMP_URL has to be'],
    [{ TIMESTAMP_URL, TIMESTAMP_POLICY: 'best' }, 'TIMESTAMP_POLICY has to be'],
    [{ TIMESTAMP_URL, TIMESTAMP_CA_FILE: '/nowhere.pem' }, 'TIMESTAMP_CA_FILE cannot be read (ENOENT)'],
    [{ TIMESTAMP_URL, TIMESTAMP_CA_FILE: __filename }, 'TIMESTAMP_CA_FILE has no certificate'],
  ])('is refused by name where it cannot be meant: %j', (env, complaint) =>
    expect(() => readTimeStampAuthority(env)).toThrow(complaint),
  );

  it('is none to trust when its certificate is damaged', () => {
    const pem = file('root.pem').toString();
    expect(certificatesIn(pem)).toHaveLength(1);
    expect(certificatesIn(pem.replace(/MII?/, 'AAA'))).toEqual([]);
  });
});
