import { MemoryEventStore, type EventStore } from '@app/event-sourcing';
import { projectionMigrations } from '@app/projections';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { certificateMigrations } from './certificate.migrations';
import { certificatesPastTheirTerm, certificatesProjections } from './certificates';
import { decideCertificate } from './decide-certificate';
import { certificateLapses } from './lapse';

describe('certificates past their term', () => {
  let db: TestDatabase;
  beforeAll(async () => void (db = await createTestDatabase([...projectionMigrations, ...certificateMigrations])));
  afterAll(() => db.close());

  const surrounding = (at: string) => ({
    ...{ actor: { id: 'u1', name: '起草 一郎' }, recordedAt: at, correlationId: 'c', causationId: 'c' },
  });
  const register = (
    store: MemoryEventStore,
    certificateId: string,
    validUntil: string,
    at = '2030-01-01T00:00:00.000Z',
  ) =>
    decideCertificate(
      store,
      {
        ...{ type: 'RegisterCertificate', certificateId, kind: 'isms', kinds: ['isms'], name: 'ISMS認証', citedBy: [] },
        term: { number: certificateId, body: '審査機関', validFrom: '2027-01-25', validUntil },
        ...{ by: { id: 'u1', name: '起草 一郎' }, at },
      },
      surrounding(at),
    );

  it('are found through their index, however many others there are', async () => {
    await db.dataSource.query(`
      insert into view (name, key, body)
      select 'certificates.v4', n::text, jsonb_build_object('state', jsonb_build_object(
        'status', 'Registered', 'lapsedOn', null, 'term', jsonb_build_object('validUntil', '2040-01-01')))
        from generate_series(1, 20000) as n`);
    await db.asOwner('analyze view');
    const text = `select key from view
      where name = 'certificates.v4' and body->'state'->>'status' = 'Registered' and body->'state'->>'lapsedOn' is null
        and body->'state'->'term'->>'validUntil' < '2030-01-25'`;
    const plan = await db.dataSource.query<{ 'QUERY PLAN': string }[]>(`explain ${text}`);
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('certificate_not_lapsed');
    await db.dataSource.query('delete from view');
  });

  it('lapse by what their streams say, whatever the read model has not heard of yet, and one that fails holds up no other', async () => {
    const store = new MemoryEventStore();
    await register(store, 'a', '2030-01-24');
    await register(store, 'b', '2030-01-24');
    await register(store, 'c', '2030-01-24');
    await register(store, 'd', '2030-01-25');
    await db.dataSource.transaction(async (tx) => {
      for (const { apply } of certificatesProjections) await apply(await store.readAll(null, 1_000), tx);
    });
    const at = '2030-01-24T23:00:00.000Z';
    const term = { validFrom: '2030-01-25', validUntil: '2033-01-24' };
    const by = { id: 'u1', name: '起草 一郎' };
    await decideCertificate(store, { type: 'RenewCertificate', certificateId: 'b', term, by, at }, surrounding(at));
    expect(await certificatesPastTheirTerm(db.dataSource, '2030-01-25')).toEqual(['a', 'b', 'c']);

    const broken: Pick<EventStore, 'read' | 'append'> = {
      read: (stream, from) =>
        stream === 'certificate-a' ? Promise.reject(new Error('no connection')) : store.read(stream, from),
      append: (...asked) => store.append(...asked),
    };
    const jobOf = (on: Pick<EventStore, 'read' | 'append'>) =>
      certificateLapses({ store: on as EventStore, dataSource: db.dataSource, clock: () => new Date(at) }).jobs[0];
    await expect(jobOf(broken)?.run('', async () => {})).rejects.toThrow('a: no connection');
    await jobOf(store)?.run('', async () => {});
    await jobOf(store)?.run('', async () => {});
    const lapsed = (await store.readAll(null, 100)).filter(({ type }) => type === 'CertificateLapsed');
    expect(lapsed.map(({ stream }) => stream)).toEqual(['certificate-c', 'certificate-a']);
  });
});
