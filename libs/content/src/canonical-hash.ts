import { canonicalJson } from '@app/canonical-json';
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';

/** SHA-256 (hex) of the RFC 8785 canonical JSON of a value. The same in the browser and on the server. */
export const canonicalHash = (value: unknown): string =>
  bytesToHex(sha256(new TextEncoder().encode(canonicalJson(value))));
