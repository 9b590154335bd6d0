import { MemoryEventStore, SYSTEM, type EventCodec, type StreamName } from '@app/event-sourcing';
import { identityMigrations } from '@app/identity';
import { mailMigrations } from '@app/mail';
import { officerCodec, OFFICERS_STREAM, type OfficerEvent } from '@app/officers';
import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { disclosureCodec } from '../disclosure.codec';
import { disclosureMigrations } from '../disclosure.migrations';
import { disclosuresProjection } from '../disclosures/disclosure-projection';
import { at, drafter, inReview, management, privacy, reviewSigned, stateAfter } from '../domain/examples';
import { nudgeSweep } from './nudges';

const third = { id: 'third', name: '第三 花' };

describe('a step whose last missing signatory leaves office', () => {
  let database: TestDatabase;
  let store: MemoryEventStore;
  beforeAll(async () => {
    database = await createTestDatabase([...identityMigrations, ...mailMigrations, ...disclosureMigrations]);
  });
  afterAll(() => database?.close());

  const append = async <E>(stream: StreamName, codec: EventCodec<E>, events: readonly E[]): Promise<void> => {
    const { length } = await store.read(stream);
    const metadata = { actor: drafter, recordedAt: at, correlationId: 'c', causationId: 'c' };
    const stored = events.map((event) => ({ id: randomUUID(), metadata, ...codec.encode(event) }));
    await store.append(stream, length === 0 ? 'no-stream' : length, stored);
  };
  const appointed = (person: { id: string; name: string }, role: 'privacyOfficer' | 'managementOfficer') =>
    ({
      type: 'OfficerAppointed',
      data: {
        ...{ role, userId: person.id, name: person.name, department: '本社', title: '部長', from: '2029-04-01' },
        ...{ by: drafter, at },
      },
    }) as const;
  const left = (person: { id: string }): OfficerEvent => ({
    type: 'OfficeEnded',
    data: { role: 'privacyOfficer', userId: person.id, from: '2029-04-01', on: '2030-01-04', by: drafter, at },
  });
  const sweepAt = async (instant: string) => {
    await database.dataSource.query('delete from disclosure_view');
    await database.dataSource.transaction(async (tx) =>
      disclosuresProjection.apply(await store.readAll(null, 100), tx),
    );
    const { run } = nudgeSweep({
      ...{ store, dataSource: database.dataSource, clock: () => new Date(instant) },
      publicUrl: 'https://kaijisho.example.jp',
    });
    await run('nudges', async () => {});
    return (await store.read('disclosure-d1'))
      .slice(inReview.length + 1)
      .map((stored) => disclosureCodec.decode(stored));
  };

  beforeEach(async () => {
    store = new MemoryEventStore();
    await append(OFFICERS_STREAM, officerCodec, [
      ...[appointed(privacy, 'privacyOfficer'), appointed(third, 'privacyOfficer')],
      appointed(management, 'managementOfficer'),
    ]);
    await append('disclosure-d1', disclosureCodec, [...inReview, reviewSigned]);
  });

  it('is complete soon after the last day, on a Saturday night as well; by whom and why is in the event', async () => {
    await append(OFFICERS_STREAM, officerCodec, [left(third)]);
    // Friday, the last day in office.
    expect(await sweepAt('2030-01-04T14:59:00.000Z')).toEqual([]);
    const instant = '2030-01-04T15:00:00.000Z';
    const completed = {
      type: 'StepCompleted',
      data: {
        ...{ revisionId: 'r3', step: 0, by: SYSTEM, at: instant },
        becauseOthersLeft: { on: '2030-01-05', signatories: [privacy] },
      },
    } as const;
    expect(await sweepAt(instant)).toEqual([completed]);
    expect(stateAfter(...inReview, reviewSigned, completed).revision).toMatchObject({ status: 'inReview', step: 1 });
    expect(await sweepAt('2030-01-04T15:05:00.000Z')).toHaveLength(1);
  });

  it('waits for a holder of the office when those who signed have left as well', async () => {
    await append(OFFICERS_STREAM, officerCodec, [left(third), left(privacy)]);
    expect(await sweepAt('2030-01-07T03:00:00.000Z')).toEqual([]);
  });
});
