import { identityMigrations } from '@app/identity';
import { projectionMigrations } from '@app/projections';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { asOf } from '../as-of/as-of';
import { livedThrough } from '../as-of/life';
import { storeWith } from '../as-of/random-life';
import { disclosureMigrations } from '../disclosure.migrations';
import { disclosuresProjection } from '../disclosures/disclosure-projection';
import { GetDisclosure, GetDisclosureHandler } from '../disclosures/get-disclosure';
import { ListDisclosuresHandler } from '../disclosures/list-disclosures';
import type { DisclosureEvent } from '../domain/disclosure';
import { drafter, publishedEvent, registered } from '../domain/examples';
import { PublishedEdition, PublishedServices } from '../published-edition';
import { PublishedEditionHandler, PublishedServicesHandler } from './published-edition.handlers';

describe('the first edition, published for a later day', () => {
  let db: TestDatabase;
  beforeAll(
    async () =>
      void (db = await createTestDatabase([...projectionMigrations, ...identityMigrations, ...disclosureMigrations])),
  );
  afterAll(() => db.close());

  const first = {
    ...publishedEvent,
    data: { ...publishedEvent.data, number: 1, issuedOn: '2030-01-10', effectiveOn: '2030-02-01' },
  } as DisclosureEvent;

  const saidAt = async (instant: string, ...after: readonly DisclosureEvent[]) => {
    const { store, history } = await storeWith([registered, first, ...after]);
    await db.dataSource.transaction(async (tx) => {
      await tx.query('delete from disclosure_view');
      await tx.query('delete from edition_view');
      await disclosuresProjection.apply(history, tx);
    });
    const { dataSource } = db;
    const clock = () => new Date(instant);

    const [service] = await new PublishedServicesHandler(dataSource, clock).execute(new PublishedServices('minato'));
    const shown = await new PublishedEditionHandler(dataSource, clock).execute(
      new PublishedEdition({ service: 'minato' }, 'inForce'),
    );
    const inside = await new GetDisclosureHandler(dataSource, store, clock).execute(new GetDisclosure('d1', drafter));
    const { disclosures } = await new ListDisclosuresHandler(dataSource, store, clock).execute();
    const then = asOf(livedThrough(history), { at: instant }, 'public', '2031-01-01T00:00:00.000Z');
    const { found } = then as Extract<typeof then, { outcome: 'found' }>;
    return {
      public: service?.editions.map(({ number, inForce }) => [number, inForce]),
      shown: [shown?.number, shown?.inForce],
      inside: inside?.editions.map(({ number, inForce }) => [number, inForce]),
      listed: disclosures.map(({ editionInForce, editionComing }) => [editionInForce, editionComing]),
      then: [found.text.editionNumber, ...found.listed.map(({ standing }) => standing)],
    };
  };

  it('is what the public address shows, and is nowhere said to be in force before that day', async () => {
    // The last minute of January in Japan, and the first of February.
    expect(await saidAt('2030-01-31T14:59:00.000Z')).toEqual({
      public: [[1, false]],
      shown: [1, false],
      inside: [[1, false]],
      listed: [[null, { number: 1, effectiveOn: '2030-02-01' }]],
      then: [1, 'scheduled'],
    });
    expect(await saidAt('2030-01-31T15:00:00.000Z')).toEqual({
      public: [[1, true]],
      shown: [1, true],
      inside: [[1, true]],
      listed: [[{ number: 1, issuedOn: '2030-01-10' }, null]],
      then: [1, 'inForce'],
    });
  });

  it('is not said to come once the next one replaces it on that very day', async () => {
    const next = { ...first, data: { ...first.data, number: 2 } } as DisclosureEvent;
    const before = await saidAt('2030-01-31T14:59:00.000Z', next);
    expect(before.listed).toEqual([[null, { number: 2, effectiveOn: '2030-02-01' }]]);
    const later = { ...next, data: { ...next.data, effectiveOn: '2030-02-02' } } as DisclosureEvent;
    expect((await saidAt('2030-01-31T14:59:00.000Z', later)).listed).toEqual([
      [null, { number: 1, effectiveOn: '2030-02-01' }],
    ]);
    expect((await saidAt('2030-01-31T15:00:00.000Z', next)).listed).toEqual([
      [{ number: 2, issuedOn: '2030-01-10' }, null],
    ]);
  });
});
