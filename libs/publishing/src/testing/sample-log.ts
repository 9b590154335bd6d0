import { createHash } from 'node:crypto';
import {
  coverageHashOf,
  disclosureCodec,
  itemsOf,
  type DisclosureEvent,
  type EditionView,
  type Part,
  type Signature,
} from '@app/disclosures';
import { MemoryEventStore, type NewEvent, type StoredEvent, type StreamName } from '@app/event-sourcing';
import type { Route } from '@app/routes/domain/route';
import { eventsToProve, makeProof, type PrintedEdition, type Proof } from '@app/proof';
import { bytesOf, inclusionProof, newSealKeyPem, sealKeyFromPem, sealOf, type Seal, type SealKey } from '@app/sealing';
import { editionJson } from '../edition-json';
import { sampleEdition } from './sample-edition';

const by = { id: 'u-1', name: '藤沢 舞' };
const at = '2031-03-01T00:00:00.000Z';

/** Everything that happened to the sample, from its registration to its publication. For specs. */
export const eventsOfSample = (edition: EditionView = sampleEdition): readonly DisclosureEvent[] => {
  const { disclosureId, service, serviceName, title, issuer, number, contentHash, causes, historyText } = edition;
  const parts = edition.parts as unknown as readonly Part[];
  const signatures = edition.signatures as unknown as readonly Signature[];
  const revisionId = `r-${number}`;
  const item = itemsOf(parts)[0];
  if (!item) throw new Error('The sample has no item');
  const coversOf = ({ coverageHash }: Signature) =>
    coverageHash === contentHash
      ? 'everything'
      : (itemsOf(parts)
          .map(({ itemKey }) => [itemKey])
          .find((covers) => coverageHashOf(covers, contentHash, parts, []) === coverageHash) ?? 'everything');
  const older = edition.revisionHistory.filter((row) => row.number < number);
  const imported = older.at(-1) ?? { number: number - 1, issuedOn: '2030-01-28' };
  const source = {
    fileName: 'disclosure.md',
    sha256: '0'.repeat(64),
    byteSize: 1,
    mediaType: 'text/markdown',
    encoding: 'utf-8',
  };
  return [
    { type: 'DisclosureRegistered', data: { by, at, disclosureId, service, serviceName, title, issuer } },
    {
      type: 'DisclosureImported',
      data: {
        ...{ by, at, source, parts, editions: older, anomalies: [] },
        edition: { number: imported.number, issuedOn: imported.issuedOn },
      },
    },
    { type: 'RevisionStarted', data: { by, at, revisionId, editionNumber: number, causes } },
    {
      type: 'ItemRevised',
      data: { by, at, itemKey: item.itemKey, body: item.body, bodyHash: item.bodyHash, basedOn: item.bodyHash },
    },
    { type: 'RevisionDescribed', data: { by, at, historyText, causes } },
    {
      type: 'SubmittedForReview',
      data: {
        ...{ by, at, revisionId, contentHash, waivers: [], carriedOver: [] },
        itemHashes: Object.fromEntries(itemsOf(parts).map(({ itemKey, bodyHash }) => [itemKey, bodyHash])),
        route: {
          ...{ templateId: 'standard', templateName: '標準', templateVersion: 1 },
          ...{ carryOver: 'none', oneSignsTwoSteps: false },
          steps: signatures.map((signature) => ({
            signatories: [{ kind: 'people' as const, people: [signature.signer] }] as const,
            meaning: signature.meaning,
            quorum: { kind: 'all' as const },
            covers: coversOf(signature),
            ...{ dueInBusinessDays: null, escalation: null, because: [{ kind: 'template' as const, name: '標準' }] },
          })) as unknown as Route['steps'],
        },
      },
    },
    ...signatures.flatMap((signature): DisclosureEvent[] => [
      { type: 'StepSigned', data: { by: signature.signer, at: signature.at, revisionId, signature } },
      { type: 'StepCompleted', data: { by: signature.signer, at: signature.at, revisionId, step: signature.step } },
    ]),
    { type: 'RevisionApproved', data: { by, at, revisionId, contentHash } },
    ...edition.postReviews.map(({ afterPublication: _, ...postReview }): DisclosureEvent => ({
      type: 'PostReviewed',
      data: { by: postReview.reader, at: postReview.at, revisionId, editionNumber: number, postReview },
    })),
    {
      type: 'EditionPublished',
      data: {
        ...{ by, at: `${edition.issuedOn}T00:00:00.000Z`, revisionId, number, contentHash, historyText, causes },
        ...{ issuedOn: edition.issuedOn, effectiveOn: edition.effectiveOn, waivers: [], signatures },
        postReviews: edition.postReviews.map(({ afterPublication: _, ...postReview }) => postReview),
      },
    },
  ];
};

/** As it is stored; the same `name` gives the same ids. */
export const storable = (event: DisclosureEvent, name: string): NewEvent => {
  const hex = createHash('sha256').update(name).digest('hex');
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return {
    id,
    ...disclosureCodec.encode(event),
    metadata: { actor: event.data.by, recordedAt: event.data.at, correlationId: id, causationId: id },
  };
};

/** The sample's log in memory, with an event of another disclosure after each of its own, sealed five by five. */
export type SampleLog = {
  readonly history: readonly StoredEvent[];
  readonly seals: readonly Seal[];
  readonly key: SealKey;
};

export const sampleLog = async (
  edition: EditionView = sampleEdition,
  key: SealKey = sealKeyFromPem(newSealKeyPem()),
  events: readonly DisclosureEvent[] = eventsOfSample(edition),
): Promise<SampleLog> => {
  const store = new MemoryEventStore();
  const stream: StreamName = `disclosure-${edition.disclosureId}`;
  for (const [n, event] of events.entries()) {
    await store.append(stream, n === 0 ? 'no-stream' : n, [storable(event, `${n}`)]);
    await store.append('disclosure-other', n === 0 ? 'no-stream' : n, [storable(event, `other ${n}`)]);
  }
  const log = await store.readAll(null, 1_000);
  const seals: Seal[] = [];
  for (let from = 0; from < log.length; from += 5) {
    const sealed = new Date(Date.parse('2031-04-01T00:00:00.000Z') + from);
    seals.push(sealOf(seals.at(-1) ?? null, log.slice(from, from + 5), key, sealed));
  }
  return { history: await store.read(stream), seals, key };
};

/** The proof of the sample in that log: what `readProof` makes of the same in a database. */
export const sampleProof = async (edition: EditionView = sampleEdition, log?: SampleLog): Promise<Proof> => {
  const { history, seals, key } = log ?? (await sampleLog(edition));
  const printed: PrintedEdition = JSON.parse(editionJson(edition));
  const events = eventsToProve(history, printed);
  const places = events.map(({ hash }) => {
    const seal = seals.find(({ leaves }) => leaves.includes(hash));
    if (!seal) throw new Error('Not sealed');
    const index = seal.leaves.indexOf(hash);
    const path = inclusionProof(seal.leaves.map(bytesOf), index).map((node) => node.toString('hex'));
    return { batch: seal.batch, index, path };
  });
  const needed = seals
    .filter(({ batch }) => places.some((place) => place.batch === batch))
    .map(({ leaves: _, ...statement }) => statement);
  return makeProof({ edition: printed, history, events, places, seals: needed, keys: new Map([[key.id, key]]) });
};
