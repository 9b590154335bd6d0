import { MemoryEventStore } from '@app/event-sourcing';
import { disclosureCodec } from '../disclosure.codec';
import { approved, at, drafter } from '../domain/examples';
import type { DisclosureEvent } from '../domain/disclosure';
import { publishPrintable, type PrintCheck } from './publish-printable';

const metadata = { actor: drafter, recordedAt: at, correlationId: 'c', causationId: 'c' };
const stream = 'disclosure-d' as const;
let store: MemoryEventStore;
const happened = async (...events: readonly DisclosureEvent[]): Promise<void> => {
  const version = (await store.read(stream)).at(-1)?.version ?? 0;
  const stored = events.map((event, i) => ({ ...disclosureCodec.encode(event), id: `${version + i}`, metadata }));
  await store.append(stream, version === 0 ? 'no-stream' : version, stored);
};
const dates = { issuedOn: '2030-02-01', effectiveOn: '2030-02-10', today: '2030-02-01' };
const publish = (printCheck: PrintCheck) =>
  publishPrintable(
    { store, printCheck },
    { disclosureId: 'd', command: { type: 'PublishEdition', ...dates, by: drafter, at }, metadata },
  );
const publications = async () => (await store.read(stream)).filter(({ type }) => type === 'EditionPublished');

beforeEach(async () => {
  store = new MemoryEventStore();
  await happened(...approved);
});

describe('an edition that is published by hand', () => {
  it('is printed first, as it will be: dates, signatures and history included', async () => {
    const printed = jest.fn<ReturnType<PrintCheck>, Parameters<PrintCheck>>(async () => null);
    expect(await publish(printed)).toMatchObject({ outcome: 'accepted' });
    const [edition] = printed.mock.calls[0] ?? [];
    expect(edition).toMatchObject({ number: 3, issuedOn: '2030-02-01', effectiveOn: '2030-02-10' });
    expect(edition?.signatures.length).toBeGreaterThan(0);
    expect(edition?.revisionHistory.at(-1)).toMatchObject({ number: 3 });
    expect(await publications()).toHaveLength(1);
  });

  it('is not published when it cannot be printed, and the passage is named', async () => {
    const why = { at: 'I-2', ja: '印刷できない文字があります。', en: 'Characters cannot be printed.' };
    expect(await publish(async () => why)).toEqual({
      outcome: 'rejected',
      rejection: { type: 'CannotBePrinted', ...why },
    });
    expect(await publications()).toEqual([]);
  });

  it('is not published when the printer breaks for another reason', async () => {
    await expect(publish(async () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
    expect(await publications()).toEqual([]);
  });

  it('is not printed when it may not be published anyway', async () => {
    await happened({ type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } });
    const printed = jest.fn(async () => null);
    expect(await publish(printed)).toMatchObject({ outcome: 'rejected' });
    expect(printed).not.toHaveBeenCalled();
  });

  it('is decided again when something comes between the printing and the publication', async () => {
    const withdrawn = publish(async () => {
      await happened({ type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } });
      return null;
    });
    expect(await withdrawn).toMatchObject({ outcome: 'rejected', rejection: { type: 'NotApproved' } });
    expect(await publications()).toEqual([]);
  });
});
