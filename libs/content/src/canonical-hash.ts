import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import canonicalize from 'canonicalize';

/** SHA-256 (hex) of the RFC 8785 canonical JSON of a value. The same in the browser and on the server. */
export const canonicalHash = (value: unknown): string => {
  const json = canonicalize(value);
  if (json === undefined) throw new Error('Only JSON has a canonical hash');
  return bytesToHex(sha256(new TextEncoder().encode(json)));
};
