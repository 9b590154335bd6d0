import { randomUUID } from 'node:crypto';
import { disclosureCodec } from '@app/disclosures';
import { SYSTEM, type EventStore, type StreamName } from '@app/event-sourcing';
import { PostgresEventStore, eventStoreMigrations } from '@app/event-store-postgres';
import { projectionMigrations } from '@app/projections';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { logShowsAll } from '../../../test/setup/log';
import { auditMigrations, auditsProjections, decideAudit, followEditions } from '.';

describe('the look at what audits watch', () => {
  let database: TestDatabase;
  const at = '2030-01-22T00:00:00.000Z';
  const metadata = { actor: SYSTEM, recordedAt: at, correlationId: 'spec', causationId: 'spec' };
  beforeAll(async () => {
    database = await createTestDatabase([...eventStoreMigrations, ...projectionMigrations, ...auditMigrations]);
  });
  afterAll(() => database.close());

  it('is at each audit once, and again at those whose disclosures have gone on', async () => {
    const real = new PostgresEventStore(database.pool);
    let reads: string[] = [];
    const store: EventStore = Object.assign(Object.create(real), {
      read: (stream: StreamName, from?: number) => {
        reads.push(stream);
        return real.read(stream, from);
      },
    });
    const plan = (auditId: string, disclosureId: string) =>
      decideAudit(
        real,
        {
          ...{ type: 'PlanAudit', auditId, kind: 'vulnerabilityScan', name: '脆弱性診断', dueOn: '2031-01-22' },
          ...{ recurrence: null, citedBy: [], watches: [{ disclosureId, itemKeys: ['I-9'], edition: 0 }] },
          ...{ by: SYSTEM, at },
        },
        metadata,
      );
    await plan('a1', 'd1');
    await plan('a2', 'd2');
    await logShowsAll(database.dataSource);
    for (const { apply } of auditsProjections) await apply(await real.readAll(null, 100), database.dataSource.manager);

    const [job] = followEditions({ store, clock: () => new Date(at), dataSource: database.dataSource }).jobs;
    const audits = async (): Promise<readonly string[]> => {
      reads = [];
      await job?.run('', async () => {});
      return reads.filter((stream) => stream.startsWith('audit-'));
    };
    expect(await audits()).toEqual(['audit-a1', 'audit-a2']);
    expect(await audits()).toEqual([]);
    const issuer = { name: '架空医療', postalCode: '000-0000', address: '東京都', tel: '03-0000-0000', fax: '' };
    const data = { disclosureId: 'd2', service: 'd2', serviceName: '連携', title: '開示書', issuer, by: SYSTEM, at };
    const registered = disclosureCodec.encode({ type: 'DisclosureRegistered', data });
    await real.append('disclosure-d2', 'no-stream', [{ id: randomUUID(), metadata, ...registered }]);
    expect(await audits()).toEqual(['audit-a2']);
    expect(await audits()).toEqual([]);
  });
});
