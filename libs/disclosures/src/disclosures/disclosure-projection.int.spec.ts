import { canonicalHash } from '@app/content';
import type { StoredEvent } from '@app/event-sourcing';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { disclosureCodec } from '../disclosure.codec';
import { disclosureMigrations } from '../disclosure.migrations';
import type { DisclosureEvent } from '../domain/disclosure';
import { at, drafter, imported, registered, revised, started, texts } from '../domain/examples';
import { disclosuresProjection } from './disclosure-projection';

const published = (number: number): DisclosureEvent => ({
  type: 'EditionPublished',
  data: {
    ...{ revisionId: `r${number}`, number, issuedOn: '2030-01-10', effectiveOn: '2030-01-10', historyText: '見直し' },
    ...{
      contentHash: canonicalHash(number),
      causes: [{ type: 'correction' }],
      waivers: [],
      signatures: [],
      by: drafter,
      at,
    },
  },
});
const history = [registered, imported, started, revised('I-1', texts.law, '新'), published(3)];

const stored = (event: DisclosureEvent, id: string, version: number): StoredEvent => ({
  ...{
    id: `${id}-${version}`,
    stream: `disclosure-${id}`,
    version,
    position: '',
    hash: '',
    ...disclosureCodec.encode(event),
  },
  metadata: { actor: drafter, recordedAt: at, correlationId: 'c', causationId: 'c' },
});

describe('the row of a disclosure', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await createTestDatabase(disclosureMigrations)));
  afterAll(() => database?.close());

  it('is the same whether events come together or one by one', async () => {
    const named = (id: string): DisclosureEvent =>
      ({ ...registered, data: { ...registered.data, disclosureId: id, service: id } }) as DisclosureEvent;
    const events = ['d1', 'd2'].flatMap((id) =>
      [named(id), ...history.slice(1)].map((event, index) => stored(event, id, index + 1)),
    );
    const { dataSource } = database;
    const rowsAfter = (batches: readonly (readonly StoredEvent[])[]) =>
      dataSource.transaction(async (tx) => {
        await tx.query('delete from disclosure_view');
        await tx.query('delete from edition_view');
        for (const batch of batches) await disclosuresProjection.apply(batch, tx);
        return {
          disclosures: await tx.query('select * from disclosure_view order by id'),
          editions: await tx.query('select * from edition_view order by disclosure_id, number'),
        };
      });
    const together = await rowsAfter([events]);
    expect(together.disclosures).toHaveLength(2);
    expect(together.editions.map(({ number }: { number: number }) => number)).toEqual([2, 3, 2, 3]);
    expect(together).toEqual(await rowsAfter(events.map((event) => [event])));
  });
});
