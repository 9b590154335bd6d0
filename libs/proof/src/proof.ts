import { canonicalJson } from '@app/canonical-json';
import { z } from 'zod';
import { editionSchema } from './edition';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in hex');
const instant = z.iso.datetime();
const count = z.number().int().positive();
const index = z.number().int().min(0);

/** An event exactly as it is stored: its hash is over all of this and the hash before it. */
const storedEvent = z.strictObject({
  id: z.string().min(1),
  type: z.string().min(1),
  schemaVersion: count,
  data: z.record(z.string(), z.unknown()),
  metadata: z.record(z.string(), z.unknown()).refine(({ recordedAt }) => typeof recordedAt === 'string', 'has no time'),
  stream: z.templateLiteral([z.string(), '-', z.string()]),
  version: count,
});

const provenEvent = z.strictObject({
  event: storedEvent,
  /** The hash of the event before it in the stream; null at its beginning. */
  previousHash: hash.nullable(),
  hash,
  /** The seal that vouches for it, as leaf `index` by `path` (RFC 6962 §2.1.1). */
  seal: count,
  index,
  path: z.array(hash),
});

const sealStatement = z.strictObject({
  batch: count,
  first: z.string(),
  last: z.string(),
  size: count,
  root: hash,
  previous: hash,
  keyId: hash,
  sealedAt: instant,
  chain: hash,
  signature: z.string().regex(/^[0-9a-f]{128}$/, 'is no Ed25519 signature in hex'),
});

export const proofSchema = z.strictObject({
  format: z.literal('kaijisho.proof.v1'),
  instructions: z.strictObject({ ja: z.string(), en: z.string() }),
  edition: editionSchema,
  /** SHA-256 of the canonical JSON of `edition`. */
  editionHash: hash,
  /** What is needed of the disclosure's stream, in its order; of the others this file says that they are there, by the versions it leaves out. */
  events: z.array(provenEvent).min(1),
  /** For each signature (by its place in the edition) that vouches for some items only: which. Its coverage hash shows whether that is true. */
  coverage: z.array(z.strictObject({ signature: index, itemKeys: z.array(z.string()) })),
  /** The seals of those events, and the ones that follow on the newest of them, as far as this file goes. Oldest first. */
  seals: z.array(sealStatement).min(1),
  /** A token of RFC 3161 (DER in base64) over what seal `seal` of `seals` says: that seal or those after it vouch for all events. Where it is missing, it may have come since. */
  timeStamp: z.strictObject({ seal: count, token: z.base64() }).optional(),
  /** The newest of `seals`, as `log verify --pinned` takes it. */
  head: z.string(),
  /** Public keys, SPKI DER in base64; the id is the SHA-256 of those bytes. */
  keys: z.array(z.strictObject({ id: hash, publicKey: z.base64() })).min(1),
});

/**
 * `kaijisho.proof.v1`: everything with which somebody who has nothing of ours can check that an edition is the one that was signed
 * and published. Fields are added, never renamed.
 */
export type Proof = z.infer<typeof proofSchema>;
export type ProvenEvent = Proof['events'][number];

/** The bytes of a proof: RFC 8785, so that the same proof is the same file. */
export const proofText = (proof: Proof): string => canonicalJson(proof);
