import { randomUUID } from 'node:crypto';
import { addDays, localDateOf } from '@app/calendar';
import { disclosureCodec, type DisclosureEvent } from '@app/disclosures';
import { approved, at as whenMade } from '@app/disclosures/domain/examples';
import { PostgresEventStore } from '@app/event-store-postgres';
import { openQueue } from '@app/jobs/queue';
import { askToFollow, confirmContact, decideReader, readerCodec } from '@app/readers';
import { peopleOf } from '../setup/product';
import type { TestDatabase } from '../setup/database';

/** The edition that is scheduled; two came before it. */
const NUMBER = 3;
const HOSPITALS = 6;

/** A company that schedules editions, and the hospitals that wait for them. */
export type SchedulingCompany = Awaited<ReturnType<typeof schedulingCompany>>;

export const schedulingCompany = async (database: TestDatabase) => {
  const { pool, dataSource, url: databaseUrl } = database;
  const store = new PostgresEventStore(pool);
  const { queue, close } = openQueue({ databaseUrl }, console);
  const people = peopleOf({ store, dataSource, clock: () => new Date() });
  const drafter = await people.register('dora', '起草 花子', ['drafter']);
  const privacy = await people.register('pia', '保護 一郎', ['signatory']);
  const management = await people.register('mio', '管理 三郎', ['signatory']);
  const told = [drafter, privacy, management].map(({ address }) => address).sort();

  const publicationsOf = async (disclosureId: string) =>
    (await store.read(`disclosure-${disclosureId}`))
      .map((stored) => disclosureCodec.decode(stored))
      .flatMap((event) => (event.type === 'EditionPublished' ? [event.data] : []));

  return {
    /** The people who wrote, signed and scheduled: their addresses. */
    told,
    /** A disclosure whose next edition is approved, scheduled, and due now, with hospitals that follow it. */
    schedule: async (): Promise<ScheduledEdition> => {
      const disclosureId = randomUUID();
      const service = `service-${disclosureId.slice(0, 8)}`;
      const now = new Date();
      const at = now.toISOString();
      const known = JSON.stringify(approved)
        .replaceAll('"drafter"', JSON.stringify(drafter.id))
        .replaceAll('"privacy"', JSON.stringify(privacy.id))
        .replaceAll('"management"', JSON.stringify(management.id))
        .replaceAll('"d1"', JSON.stringify(disclosureId))
        .replaceAll('"minato"', JSON.stringify(service))
        .replaceAll(whenMade, at)
        // The editions before have long been in force.
        .replaceAll('"2028-04-01"', '"2024-04-01"')
        .replaceAll('"2029-04-01"', '"2025-04-01"');
      const by = { id: drafter.id, name: drafter.name };
      // Far enough off that a midnight in between makes it no later than was arranged.
      const effectiveOn = addDays(localDateOf(at), 2);
      const events: readonly DisclosureEvent[] = [
        ...(JSON.parse(known) as readonly DisclosureEvent[]),
        { type: 'PublicationScheduled', data: { revisionId: 'r3', publishAt: at, effectiveOn, by, at } },
      ];
      const metadata = { actor: by, recordedAt: at, correlationId: 'faults', causationId: 'faults' };
      await store.append(
        `disclosure-${disclosureId}`,
        'no-stream',
        events.map((event) => ({ ...disclosureCodec.encode(event), id: randomUUID(), metadata })),
      );

      const readers: { readonly readerId: string; readonly address: string }[] = [];
      for (let n = 1; n <= HOSPITALS; n++) {
        const [hospital, address] = [`第${n}病院`, `${service}-${n}@hospital.example`];
        const { readerId } = await dataSource.transaction((tx) =>
          askToFollow(tx, { disclosureId, service, hospital, address, invited: false }, now),
        );
        const actor = { id: `reader-${readerId}`, name: hospital };
        await decideReader(
          store,
          readerId,
          { type: 'Follow', readerId, disclosureId, hospital, by: actor, at },
          'faults',
        );
        await confirmContact(dataSource, readerId, now, NUMBER - 1);
        readers.push({ readerId, address });
      }
      return {
        disclosureId,
        publishAt: at,
        readers: readers.map(({ address }) => address),
        isPublished: async () => (await publicationsOf(disclosureId)).length > 0,
        publications: () => publicationsOf(disclosureId),
        deliveries: async () => {
          const ledgers = await Promise.all(readers.map(({ readerId }) => store.read(`reader-${readerId}`)));
          return ledgers.map((ledger) => ledger.map((stored) => readerCodec.decode(stored).type).join(' '));
        },
        shown: async () => {
          const [row] = await dataSource.query<[{ revision: string; editions: string }]>(
            `select (select body->'state'->'revision'->>'status' from disclosure_view where id = $1) as revision,
                    (select string_agg(number::text, ' ' order by number) from edition_view where disclosure_id = $1) as editions`,
            [disclosureId],
          );
          return row;
        },
      };
    },
    /** Whether a worker is at the publications right now. */
    isSweeping: async () => (await queue.getActive()).some(({ name }) => name === SWEEP),
    /** The sweep comes by every minute; here once more, at once. */
    letTurnCome: async () => void (await queue.add(SWEEP, { id: SWEEP }, { removeOnComplete: true })),
    /** What 設定 → ジョブ shows of sweeps that did not succeed: why. */
    failedSweeps: async () =>
      (await queue.getFailed()).filter(({ name }) => name === SWEEP).map(({ failedReason }) => failedReason),
    close,
  };
};

const SWEEP = 'publications.sweep';

export type ScheduledEdition = {
  readonly disclosureId: string;
  /** UTC, ISO 8601. */
  readonly publishAt: string;
  /** The addresses of those who follow. */
  readonly readers: readonly string[];
  readonly isPublished: () => Promise<boolean>;
  /** What the log says of its publications. */
  readonly publications: () => Promise<readonly Extract<DisclosureEvent, { type: 'EditionPublished' }>['data'][]>;
  /** What the log says of each reader, the types of its events. */
  readonly deliveries: () => Promise<readonly string[]>;
  /** What the screens show: how the revision stands, and which editions there are. */
  readonly shown: () => Promise<{ readonly revision: string; readonly editions: string }>;
};
