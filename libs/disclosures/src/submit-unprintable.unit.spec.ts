import { MemoryEventStore } from '@app/event-sourcing';
import { problemTextOf } from '@app/http';
import { disclosureCodec } from './disclosure.codec';
import type { DisclosureEvent } from './domain/disclosure';
import { at, drafter, ready } from './domain/examples';
import { disclosureProblems } from './problems';
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

const told = (handled: Awaited<ReturnType<typeof submit>>): string =>
  handled.outcome === 'rejected' ? problemTextOf(handled.rejection, disclosureProblems).ja : '';

describe('a submission', () => {
  it('is refused while anything that will be printed cannot be, wherever it came from, and the place is named', async () => {
    const renamed = (event: DisclosureEvent): DisclosureEvent =>
      event.type === 'DisclosureRegistered'
        ? { ...event, data: { ...event.data, issuer: { ...event.data.issuer, name: '株式会社😀' } } }
        : event;
    const refused = await submit(renamed);
    expect(refused).toMatchObject({
      outcome: 'rejected',
      rejection: { type: 'UnprintableCharacters', place: '発行者', characters: ['😀'] },
    });
    expect(told(refused)).toMatch(
      /^発行者に、印刷できない文字があります：😀　画面では改められない箇所です。ファイルを直し、.*取り込んでください。$/,
    );
  });

  it('says how to mend what is edited on the screen', async () => {
    const described = (event: DisclosureEvent): DisclosureEvent =>
      event.type === 'RevisionDescribed' ? { ...event, data: { ...event.data, historyText: '整備😀' } } : event;
    expect(told(await submit(described))).toMatch(/^改訂履歴に載せる文に、.*別の文字に改めてから/);
  });

  it('is not held up otherwise', async () => {
    expect(await submit((event) => event)).toMatchObject({ outcome: 'rejected', rejection: { type: 'NobodyMaySign' } });
  });
});
