import { keyIdOf } from '@app/sealing';
import { createPublicKey } from 'node:crypto';

/** The fingerprint that a text is: 64 hex digits, in groups or not; null when it is none. */
export const fingerprintOf = (text: string): string | null => {
  const hex = text
    .trim()
    .replace(/^sha256:/i, '')
    .replace(/[\s:]/g, '')
    .toLowerCase();
  return /^[0-9a-f]{64}$/.test(hex) ? hex : null;
};

/** The fingerprints of the public keys in a file: fingerprints a line each, or keys in PEM. Empty when there are none. */
export const fingerprintsIn = (text: string): readonly string[] => {
  const pems = text.match(/-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----/g);
  try {
    return pems
      ? pems.map((pem) => keyIdOf(createPublicKey(pem).export({ type: 'spki', format: 'der' })))
      : text.split('\n').flatMap((line) => fingerprintOf(line.replace(/#.*/, '')) ?? []);
  } catch {
    return [];
  }
};
