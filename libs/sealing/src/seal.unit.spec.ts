import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { merkleRoot } from './merkle';
import { bytesOf, chainOf, GENESIS, headText, parseHead, sealOf } from './seal';
import { isSignedBy, keyIdOf, newSealKeyPem, sealKeyFromPem } from './seal-key';

const key = sealKeyFromPem(newSealKeyPem());
const noon = new Date('2030-01-02T12:00:00.000Z');
const someEvents = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    position: String(from + index).padStart(20, '0'),
    hash: (from + index).toString(16).padStart(64, '0'),
  }));

describe('a seal', () => {
  const one = sealOf(null, someEvents(1, 3), key, noon);
  const two = sealOf(one, someEvents(4, 2), key, noon);

  it('vouches for its events in their order, and follows on the one before it', () => {
    expect(one).toMatchObject({ batch: 1, first: someEvents(1, 1)[0]?.position, size: 3, previous: GENESIS });
    expect(one.root).toBe(merkleRoot(someEvents(1, 3).map(({ hash }) => bytesOf(hash))).toString('hex'));
    expect(two).toMatchObject({ batch: 2, size: 2, previous: one.chain, keyId: key.id });
    expect(two.sealedAt).toBe('2030-01-02T12:00:00.000Z');
  });

  it('has another chain hash when anything that it says is another', () => {
    const other = { batch: 3, first: '1', last: '2', size: 1, root: GENESIS, previous: GENESIS, keyId: GENESIS };
    for (const [field, value] of Object.entries({ ...other, sealedAt: '2030-01-02T12:00:00.001Z' })) {
      expect(chainOf({ ...two, [field]: value })).not.toBe(two.chain);
    }
    expect(chainOf(two)).toBe(two.chain);
  });

  it('is signed by its key and no other', () => {
    const signed = [bytesOf(two.chain), bytesOf(two.signature)] as const;
    expect(isSignedBy(key.publicKey, ...signed)).toBe(true);
    expect(isSignedBy(sealKeyFromPem(newSealKeyPem()).publicKey, ...signed)).toBe(false);
    expect(isSignedBy(key.publicKey, bytesOf(one.chain), bytesOf(two.signature))).toBe(false);
    expect(isSignedBy(Buffer.from('no key'), ...signed)).toBe(false);
    // What anybody else's Ed25519 says, given nothing but the public key.
    const publicKey = createPublicKey({ key: key.publicKey, format: 'der', type: 'spki' });
    expect(verify(null, signed[0], publicKey, signed[1])).toBe(true);
  });

  it('is never dated before the one it follows on', () => {
    const earlier = new Date('2030-01-02T11:59:59.000Z');
    expect(sealOf(one, someEvents(4, 1), key, earlier).sealedAt).toBe(one.sealedAt);
  });

  it('is not made of nothing, nor of events that do not follow', () => {
    expect(() => sealOf(one, [], key, noon)).toThrow('nothing to seal');
    expect(() => sealOf(one, someEvents(3, 2), key, noon)).toThrow('does not follow on');
    expect(() => sealOf(null, someEvents(1, 2).reverse(), key, noon)).toThrow('does not follow on');
  });
});

describe('a head', () => {
  it('is written and read', () => {
    const head = { batch: 12, chain: 'ab'.repeat(32) };
    expect(parseHead(headText(head))).toEqual(head);
    expect(parseHead(` 12:${'AB'.repeat(32)}\n`)).toEqual(head);
  });

  it.each(['', '12', `0:${'ab'.repeat(32)}`, `12:${'ab'.repeat(31)}`, `12:${'xy'.repeat(32)}`])(
    'is not read from "%s"',
    (text) => expect(parseHead(text)).toBeNull(),
  );
});

describe('a seal key', () => {
  it('has the SHA-256 of its public key as its name', () => {
    const pem = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----`;
    const known = sealKeyFromPem(pem);
    // The key pair of RFC 8032 §7.1, test 1.
    expect(known.publicKey.subarray(-32).toString('hex')).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    );
    expect(known.id).toBe(keyIdOf(known.publicKey));
    expect(known.sign(Buffer.alloc(0)).toString('hex')).toMatch(/^e5564300c360ac729086e2cc806e828a/);
  });

  it('is read where line breaks had to be written as \\n', () => {
    const pem = newSealKeyPem();
    expect(sealKeyFromPem(pem.replaceAll('\n', '\\n')).id).toBe(sealKeyFromPem(pem).id);
  });

  it('is no other kind of key', () => {
    const { privateKey } = generateKeyPairSync('x25519');
    expect(() => sealKeyFromPem(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toThrow('Ed25519');
    expect(() => sealKeyFromPem('-----BEGIN nothing')).toThrow();
  });
});
