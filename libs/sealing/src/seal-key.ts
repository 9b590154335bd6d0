import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** With what the sealer signs. The private key stays inside. */
export type SealKey = {
  /** SHA-256 (hex) of the public key's SPKI DER: `openssl pkey -pubout -outform DER | sha256sum`. */
  readonly id: string;
  /** SPKI, DER. */
  readonly publicKey: Buffer;
  /** Ed25519, 64 bytes. */
  readonly sign: (message: Uint8Array) => Buffer;
};

export const keyIdOf = (publicKey: Uint8Array): string => createHash('sha256').update(publicKey).digest('hex');

/** @throws Error when the text is no Ed25519 private key in PKCS8 PEM */
export const sealKeyFromPem = (pem: string): SealKey => {
  // Where a variable cannot hold line breaks they are written as \n.
  const privateKey = createPrivateKey(pem.replaceAll('\\n', '\n'));
  if (privateKey.asymmetricKeyType !== 'ed25519') {
    throw new Error(`The seal key has to be an Ed25519 key, not ${privateKey.asymmetricKeyType}`);
  }
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return { id: keyIdOf(publicKey), publicKey, sign: (message) => sign(null, message, privateKey) };
};

/** A new private key, PKCS8 PEM; the same as `openssl genpkey -algorithm ed25519`. */
export const newSealKeyPem = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Whether the owner of the public key (SPKI DER) has signed the message. A malformed key or signature has not. */
export const isSignedBy = (publicKey: Buffer, message: Uint8Array, signature: Uint8Array): boolean => {
  try {
    const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && verify(null, message, key, signature);
  } catch {
    return false;
  }
};

/**
 * The key that the environment names, or null when it names none: then nothing is sealed.
 *
 * `KAIJISHO_SEAL_KEY` is a PKCS8 PEM or the path of one. Without it, and only where `DATA_DIR` is set (as `npm start` sets
 * it for its worker), the key is `DATA_DIR/seal-key.pem`, generated on first use, readable by its owner only. That key lies
 * beside the database it vouches for: good against mistakes and against whoever has the database alone; an installation
 * that wants more gives the worker a key that lives elsewhere, and publishes the head.
 *
 * Rotation is a matter of giving another key: the next seal is signed with it, and the old public key stays on record.
 *
 * @throws Error when a key is named that cannot be read or is no Ed25519 key
 */
export const readSealKey = (env: NodeJS.ProcessEnv): SealKey | null => {
  const given = env['KAIJISHO_SEAL_KEY'];
  if (given) {
    try {
      return sealKeyFromPem(given.includes('-----BEGIN') ? given : readFileSync(given, 'utf8'));
    } catch (error) {
      // The message of a parser may quote what it could not parse; it is not repeated.
      const { code } = error as NodeJS.ErrnoException;
      throw new Error(
        `KAIJISHO_SEAL_KEY is neither an Ed25519 key (PKCS8 PEM) nor the path of one (${code ?? 'wrong kind of key'})`,
      );
    }
  }
  const directory = env['DATA_DIR'];
  return directory ? sealKeyFromPem(readOrCreate(directory)) : null;
};

const readOrCreate = (directory: string): string => {
  const path = join(directory, 'seal-key.pem');
  const read = (): string | undefined => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return undefined;
    }
  };
  const existing = read();
  if (existing !== undefined) return existing;

  mkdirSync(directory, { recursive: true });
  // Written aside and linked into place: of two workers that start at once one wins, and neither reads half a key.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, newSealKeyPem(), { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8');
};
