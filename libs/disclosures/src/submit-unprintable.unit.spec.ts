import { MemoryEventStore } from '@app/event-sourcing';
import { disclosureCodec } from './disclosure.codec';
import type { DisclosureEvent } from './domain/disclosure';
import { at, drafter, ready } from './domain/examples';
import { SubmitRevision, SubmitRevisionHandler } from './review-decisions';

const metadata = { actor: drafter, recordedAt: at, correlationId: 'c', causationId: 'c' };

/** Submits the example as it was drafted, with those changes. */
const submit = async (change: (event: DisclosureEvent) => DisclosureEvent) => {
  const store = new MemoryEventStore();
  const stored = ready.map(change).map((event, i) => ({ ...disclosureCodec.encode(event), id: `${i}`, metadata }));
  await store.append('disclosure-d', 'no-stream', stored);
  const handler = new SubmitRevisionHandler(store, (text) => (text.includes('😀') ? ['😀'] : []));
  return handler.execute(new SubmitRevision('d', { by: drafter, at, metadata }));
};

describe('a submission', () => {
  it('is refused while anything that will be printed cannot be, wherever it came from, and the place is named', async () => {
    const renamed = (event: DisclosureEvent): DisclosureEvent =>
      event.type === 'DisclosureRegistered'
        ? { ...event, data: { ...event.data, issuer: { ...event.data.issuer, name: '株式会社😀' } } }
        : event;
    await expect(submit(renamed)).rejects.toMatchObject({
      response: { title: 'UnprintableCharacters', characters: ['😀'], detailJa: expect.stringContaining('発行者に、') },
    });
  });

  it('is not held up otherwise', async () => {
    expect(await submit((event) => event)).toMatchObject({ outcome: 'rejected', rejection: { type: 'NobodyMaySign' } });
  });
});
