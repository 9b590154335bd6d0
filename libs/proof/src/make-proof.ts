import { canonicalHash } from '@app/content';
import { coverageHashOf, disclosureCodec, type DisclosureEvent } from '@app/disclosures';
import { stateOf } from '@app/disclosures/review-decisions';
import type { StoredEvent } from '@app/event-sourcing';
import { headText, type RecordedKey, type SealedPlace, type SealStatement, type StoredTimeStamp } from '@app/sealing';
import type { PrintedEdition } from './edition';
import { instructions } from './instructions';
import type { Proof } from './proof';
import { isSamePostReview, isSameSignature } from './same-signature';

/**
 * The events of a disclosure's stream that show what an edition says: its registration, its import, every publication up to this one
 * (改訂履歴 follows from them), and the signatures and 後閲 that are printed in it. Drafts, comments, routes and whatever else was
 * done on the way stay inside. Empty when the edition is not in the stream.
 */
export const eventsToProve = (history: readonly StoredEvent[], edition: PrintedEdition): readonly StoredEvent[] => {
  const all = history.map((stored) => ({ stored, event: disclosureCodec.decode(stored) }));
  const end = all.find(({ event }) => publishes(event, edition));
  if (!end) return [];
  const revisionId = end.event.type === 'EditionPublished' ? end.event.data.revisionId : null;
  return all
    .filter(({ stored, event }) => {
      if (stored.version > end.stored.version) return false;
      switch (event.type) {
        case 'DisclosureRegistered':
        case 'DisclosureImported':
        case 'EditionPublished':
          return true;
        case 'StepSigned':
          return (
            event.data.revisionId === revisionId &&
            edition.signatures.some((signature) => isSameSignature(signature, event.data.signature))
          );
        case 'PostReviewed':
          // A text that was sent back after its approval may have been read before that: it is not printed.
          return (
            event.data.revisionId === revisionId &&
            edition.postReviews.some((postReview) => isSamePostReview(postReview, event.data.postReview))
          );
        default:
          return false;
      }
    })
    .map(({ stored }) => stored);
};

/** Whether with this event the edition came to be. */
export const publishes = (
  event: DisclosureEvent,
  { origin, number }: Pick<PrintedEdition, 'origin' | 'number'>,
): boolean =>
  origin === 'imported'
    ? event.type === 'DisclosureImported' && event.data.edition.number === number
    : event.type === 'EditionPublished' && event.data.number === number;

export type ProofSource = {
  readonly edition: PrintedEdition;
  /** The disclosure's whole stream. */
  readonly history: readonly StoredEvent[];
  /** `eventsToProve`, and where each is sealed. */
  readonly events: readonly StoredEvent[];
  readonly places: readonly SealedPlace[];
  readonly seals: readonly SealStatement[];
  readonly keys: ReadonlyMap<string, Pick<RecordedKey, 'publicKey'>>;
  /** Over one of the seals, the one of the publication or later. */
  readonly timeStamp?: StoredTimeStamp | null;
};

/** @throws Error when a seal, a key or what a signature covers is not among what was given */
export const makeProof = ({ edition, history, events, places, seals, keys, timeStamp }: ProofSource): Proof => {
  const newest = seals.at(-1);
  if (!newest) throw new Error('A proof needs a seal');
  return {
    format: 'kaijisho.proof.v1',
    instructions,
    edition,
    editionHash: canonicalHash(edition),
    events: events.map(({ id, type, schemaVersion, data, metadata, stream, version, hash }, i) => {
      const place = places[i];
      if (!place) throw new Error(`${stream}/${version} is not sealed`);
      const { batch: seal, index, path } = place;
      return {
        event: { id, type, schemaVersion, data: data as Record<string, unknown>, metadata, stream, version },
        previousHash: history[version - 2]?.hash ?? null,
        hash,
        seal,
        index,
        path: [...path],
      };
    }),
    coverage: coverageOf(edition, history),
    seals: [...seals],
    ...(timeStamp ? { timeStamp: { seal: timeStamp.batch, token: timeStamp.token.toString('base64') } } : {}),
    head: headText(newest),
    keys: [...new Set(seals.map(({ keyId }) => keyId))].map((id) => {
      const key = keys.get(id);
      if (!key) throw new Error(`The key ${id} is not on record`);
      return { id, publicKey: key.publicKey.toString('base64') };
    }),
  };
};

const coverageOf = (edition: PrintedEdition, history: readonly StoredEvent[]): Proof['coverage'] => {
  const state = stateOf(history);
  const published =
    state.status === 'Registered' ? state.editions.find(({ number }) => number === edition.number) : undefined;
  if (!published) return [];
  return published.signatures.flatMap(({ step, coverageHash }, signature) => {
    if (coverageHash === published.contentHash) return [];
    const covers = published.review?.route.steps[step]?.covers;
    const { contentHash, parts, waivers } = published;
    if (
      covers === undefined ||
      covers === 'everything' ||
      coverageHashOf(covers, contentHash, parts, waivers) !== coverageHash
    )
      throw new Error(`What signature ${signature} of edition ${edition.number} covers is not known`);
    return [{ signature, itemKeys: [...covers] }];
  });
};
