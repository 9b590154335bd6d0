import { hashBody, type Block, type Body } from '@app/content';
import { MemoryEventStore, type StoredEvent } from '@app/event-sourcing';
import fc from 'fast-check';
import { disclosureCodec } from '../disclosure.codec';
import { evolve, initialState, itemsOf, type Disclosure, type DisclosureEvent } from '../domain/disclosure';
import {
  colleague,
  contentHashAfter,
  described,
  drafter,
  imported,
  management,
  privacy,
  registered,
  route,
  signatureOf,
  step,
} from '../domain/examples';

/** For specs: lives of a disclosure in which people write, submit, sign, send back, give up and publish in any order. */

const words = [
  '日次で保管します。',
  '委託先は年1回点検します。',
  'TLS1.3で接続します。',
  '35日間保持します。',
  '国内で保管します。',
];
const paragraph = fc
  .constantFrom(...words)
  .map((text): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] }));
const list = fc.array(paragraph, { minLength: 1, maxLength: 3 }).map((items): Block => ({
  type: 'orderedList',
  attrs: { style: 'decimal', start: 1 },
  content: items.map((item) => ({ type: 'listItem', content: [item] })),
}));
export const randomBody: fc.Arbitrary<Body> = fc
  .array(fc.oneof({ arbitrary: paragraph, weight: 4 }, list), { maxLength: 6 })
  .map((content) => ({ type: 'doc', content }));

type Step =
  | { readonly kind: 'edit'; readonly itemKey: string; readonly body: Body; readonly by: typeof drafter }
  | { readonly kind: 'start' | 'describe' | 'submit' | 'sign' | 'approve' | 'publish' | 'return' | 'withdraw' };

const step_: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      itemKey: fc.constantFrom('I-1', 'I-2', 'II-1'),
      body: randomBody,
      by: fc.constantFrom(drafter, colleague),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('start', 'describe', 'submit', 'sign', 'approve', 'publish', 'return', 'withdraw'),
    }),
  },
);

const at = (minutes: number): string => new Date(Date.UTC(2030, 0, 2) + minutes * 60_000).toISOString();
const causes = [{ type: 'configurationChange' }] as const;

/** What the step leads to, where it can be taken at all. */
const eventOf = (taken: Step, state: Disclosure, now: string): DisclosureEvent | null => {
  if (state.status !== 'Registered') return null;
  const { revision, parts } = state;
  const by = { by: drafter, at: now };
  if (taken.kind === 'start') {
    const editionNumber = (state.editions.at(-1)?.number ?? 0) + 1;
    const data = { ...by, revisionId: `r${editionNumber}`, editionNumber, causes };
    return revision.status === 'none' ? { type: 'RevisionStarted', data } : null;
  }
  if (revision.status === 'none') return null;
  const own = { ...by, revisionId: revision.id };
  const contentHash = contentHashAfter(registered, imported);
  switch (taken.kind) {
    case 'edit': {
      const item = itemsOf(parts).find(({ itemKey }) => itemKey === taken.itemKey);
      const bodyHash = hashBody(taken.body);
      if (revision.status !== 'drafting' || !item || item.bodyHash === bodyHash) return null;
      const data = { ...by, by: taken.by, itemKey: taken.itemKey, body: taken.body, bodyHash, basedOn: item.bodyHash };
      return { type: 'ItemRevised', data };
    }
    case 'describe':
      return revision.status === 'drafting'
        ? ({ ...described, data: { ...described.data, ...by } } as DisclosureEvent)
        : null;
    case 'submit': {
      const asked = route({ steps: [step({ covers: ['I-1'] }), step({ meaning: 'approval' })] });
      const data = { ...own, route: asked, itemHashes: {}, contentHash, waivers: [], carriedOver: [] };
      return revision.status === 'drafting' ? { type: 'SubmittedForReview', data } : null;
    }
    case 'sign': {
      if (revision.status !== 'inReview') return null;
      const index = revision.signatures.length % 2;
      const signer = index === 0 ? privacy : management;
      const signature = signatureOf(signer, index, step(), { at: now }, [registered, imported]);
      return { type: 'StepSigned', data: { ...own, by: signer, signature } };
    }
    case 'approve':
      return revision.status === 'inReview' ? { type: 'RevisionApproved', data: { ...own, contentHash } } : null;
    case 'publish': {
      if (revision.status !== 'approved') return null;
      const { editionNumber: number, signatures } = revision;
      const day = now.slice(0, 10);
      const edition = {
        number,
        issuedOn: day,
        effectiveOn: day,
        contentHash,
        historyText: '見直し',
        causes,
        waivers: [],
        signatures,
      };
      return { type: 'EditionPublished', data: { ...own, ...edition } };
    }
    case 'return':
      return revision.status === 'inReview'
        ? { type: 'ReturnedForChanges', data: { ...own, step: revision.step, reason: '追記' } }
        : null;
    case 'withdraw':
      return { type: 'Withdrawn', data: own };
  }
};

/** A life as a store tells it; minutes, hours or days pass between its events. */
export const randomLife: fc.Arbitrary<{
  readonly events: readonly DisclosureEvent[];
  readonly times: readonly string[];
}> = fc.array(fc.tuple(step_, fc.constantFrom(0, 1, 40, 3_000)), { maxLength: 200 }).map((steps) => {
  const events: DisclosureEvent[] = [registered, imported];
  const times = [at(0), at(0)];
  let state = events.reduce(evolve, initialState);
  let minutes = 0;
  for (const [taken, passed] of steps) {
    minutes += passed;
    const event = eventOf(taken, state, at(minutes));
    if (!event) continue;
    events.push(event);
    times.push(at(minutes));
    state = evolve(state, event);
  }
  return { events, times };
});

/** Those events in a store of their own, under `disclosure-d1`. */
export const storeWith = async (
  events: readonly DisclosureEvent[],
  times: readonly string[] = [],
): Promise<{ readonly store: MemoryEventStore; readonly history: readonly StoredEvent[] }> => {
  const store = new MemoryEventStore();
  await store.append(
    'disclosure-d1',
    'no-stream',
    events.map((event, index) => ({
      id: `e${index + 1}`,
      ...disclosureCodec.encode(event),
      metadata: {
        ...{ actor: event.data.by, recordedAt: times[index] ?? event.data.at },
        ...{ correlationId: 'c', causationId: 'c' },
      },
    })),
  );
  return { store, history: await store.read('disclosure-d1') };
};
