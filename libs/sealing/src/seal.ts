import type { LogPosition, StoredEvent } from '@app/event-sourcing';
import { canonicalJson } from '@app/canonical-json';
import { createHash } from 'node:crypto';
import { merkleRoot } from './merkle';
import type { SealKey } from './seal-key';

/**
 * What is vouched for: these events, in this order, follow on what the previous seal vouched for. All hashes are hex.
 *
 * A leaf is an event's hash in the chain of its stream, which covers everything that is stored of the event and of those
 * before it in the stream. Positions are no part of a leaf: a log that has moved to another store keeps its roots.
 */
export type Seal = {
  /** From 1, without gaps. */
  readonly batch: number;
  readonly first: LogPosition;
  readonly last: LogPosition;
  /** How many events; at least one. */
  readonly size: number;
  /** RFC 6962 Merkle tree hash over the leaves. */
  readonly root: string;
  /** The previous seal's `chain`, or `GENESIS`. */
  readonly previous: string;
  readonly keyId: string;
  /** ISO 8601, UTC, milliseconds; never before the previous seal's. */
  readonly sealedAt: string;
  /** SHA-256 over all of the above. */
  readonly chain: string;
  /** Ed25519 over the 32 bytes of `chain`. */
  readonly signature: string;
  /** The hashes of the events in order, so that what no longer holds can be told by the event. The root vouches for them. */
  readonly leaves: readonly string[];
};

/** What the first seal follows on. */
export const GENESIS = '0'.repeat(64);

/** No other use of SHA-256 or of the key in the product begins like this. */
const DOMAIN = 'kaijisho seal 1\n';

export const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** What a seal says, as the bytes whose SHA-256 is its chain hash: also what a time stamp is over. */
export const sealText = ({
  batch,
  first,
  last,
  size,
  root,
  previous,
  keyId,
  sealedAt,
}: Omit<Seal, 'chain' | 'signature' | 'leaves'>): Buffer =>
  Buffer.from(DOMAIN + canonicalJson({ batch, first, last, size, root, previous, keyId, sealedAt }));

/** The chain hash that belongs to what a seal says. */
export const chainOf = (says: Omit<Seal, 'chain' | 'signature' | 'leaves'>): string =>
  createHash('sha256').update(sealText(says)).digest('hex');

/**
 * Seals the events that follow on the previous seal's, in the order of the log.
 * @throws Error when there are none, or when they do not follow
 */
export const sealOf = (
  previous: Pick<Seal, 'batch' | 'chain' | 'last' | 'sealedAt'> | null,
  events: readonly Pick<StoredEvent, 'hash' | 'position'>[],
  key: SealKey,
  now: Date,
): Seal => {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) throw new Error('There is nothing to seal');
  let before = previous?.last ?? null;
  for (const { position } of events) {
    if (before !== null && position <= before) throw new Error(`${position} does not follow on ${before}`);
    before = position;
  }
  const leaves = events.map(({ hash }) => hash);
  const instant = now.toISOString();
  const statement = {
    batch: (previous?.batch ?? 0) + 1,
    first: first.position,
    last: last.position,
    size: events.length,
    root: merkleRoot(leaves.map(bytesOf)).toString('hex'),
    previous: previous?.chain ?? GENESIS,
    keyId: key.id,
    // Two workers' clocks differ; the order of the seals does not.
    sealedAt: previous && previous.sealedAt > instant ? previous.sealedAt : instant,
  };
  const chain = chainOf(statement);
  return { ...statement, chain, signature: key.sign(bytesOf(chain)).toString('hex'), leaves };
};

/** A seal in a few characters, to be kept outside: the whole log up to it is fixed by them. */
export type Head = Pick<Seal, 'batch' | 'chain'>;

/** `12:ab34…`, as it is published and as `log verify --pinned` takes it. */
export const headText = ({ batch, chain }: Head): string => `${batch}:${chain}`;

/** The head that a text names, or null when it names none. */
export const parseHead = (text: string): Head | null => {
  const [, batch, chain] = /^([1-9]\d{0,8}):([0-9a-f]{64})$/i.exec(text.trim()) ?? [];
  return batch === undefined || chain === undefined ? null : { batch: Number(batch), chain: chain.toLowerCase() };
};
