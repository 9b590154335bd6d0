import { auditNow } from '@app/audits';
import { blobMigrations, PostgresBlobStore } from '@app/blob-store';
import { certificateNow } from '@app/certificates';
import { disclosureCodec, disclosureDecider } from '@app/disclosures';
import { currentState } from '@app/event-sourcing';
import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import { identityMigrations } from '@app/identity';
import { mailMigrations } from '@app/mail';
import { projectionMigrations } from '@app/projections';
import { allReaders, readerMails, readerMigrations, readersProjections } from '@app/readers';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { logShowsAll } from '../../../test/setup/log';
import { DEMO_DISCLOSURE, replay } from './replay';

describe('the demonstration', () => {
  let database: TestDatabase;
  let store: PostgresEventStore;
  beforeAll(async () => {
    database = await createTestDatabase([
      ...eventStoreMigrations,
      ...projectionMigrations,
      ...identityMigrations,
      ...blobMigrations,
      ...mailMigrations,
      ...readerMigrations,
    ]);
    store = new PostgresEventStore(database.pool);
    await replay({ store, dataSource: database.dataSource }, '2031-03-10');
    await logShowsAll(database.dataSource);
  });
  afterAll(() => database.close());

  it('is decided by the real rules: six editions, each signed by two, and a seventh in review', async () => {
    const state = await currentState(store, disclosureDecider, disclosureCodec, `disclosure-${DEMO_DISCLOSURE}`);
    if (state.status !== 'Registered') throw new Error('nothing was imported');
    expect(state.editions.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(state.editions.slice(1).map(({ signatures }) => signatures.length)).toEqual([2, 2, 2, 2, 2]);
    expect(state.revision).toMatchObject({ status: 'inReview', editionNumber: 7, step: 0, signatures: [] });
  });

  it('names the officers as they were called when they signed', async () => {
    const state = await currentState(store, disclosureDecider, disclosureCodec, `disclosure-${DEMO_DISCLOSURE}`);
    if (state.status !== 'Registered') throw new Error('nothing was imported');
    const approvers = state.editions.slice(1).map(({ signatures }) => signatures[1]?.officer.department);
    expect(new Set(approvers).size).toBeGreaterThan(1);
  });

  it('keeps its certificates and audits with the files that show them', async () => {
    const isms = await certificateNow(store, 'demo-isms');
    const scan = await auditNow(store, 'demo-vulnerability-scan');
    const audit = await auditNow(store, 'demo-internal-audit');
    expect(isms).toMatchObject({
      status: 'Registered',
      audits: { surveillance: null },
      evidence: [{ name: 'ISMS登録証.pdf' }],
    });
    expect(scan).toMatchObject({ status: 'Planned', dueOn: '2031-12-10', lastPerformed: { result: 'passed' } });
    expect(audit).toMatchObject({
      status: 'Planned',
      dueOn: '2031-07-01',
      followUps: [{ closed: { on: '2030-08-22' } }],
    });
    if (scan.status !== 'Planned') throw new Error('no scan is planned');
    const file = await new PostgresBlobStore(database.dataSource).get(scan.reliedOn[0] ?? '');
    expect(Buffer.from(file?.bytes ?? []).toString('latin1')).toMatch(/^%PDF-1\.4[^]*%%EOF\n$/);
  });

  it('has hospitals that are up to date, behind, invited and gone, and none of them is mailed of what lies behind', async () => {
    const { dataSource } = database;
    const events = await store.readAll(null, 10_000);
    const projections = [...readersProjections, readerMails({ store, publicUrl: 'https://kaijisho.example.jp' })];
    for (const projection of projections) await dataSource.transaction((tx) => projection.apply(events, tx));
    const readers = await allReaders(dataSource);
    const standing = ({ status, acknowledged }: (typeof readers)[number]) => `${status} ${acknowledged?.number ?? ''}`;
    expect(readers.map(standing).sort()).toEqual(
      ['following ', 'following 4', 'following 5', 'following 6', 'following 6', 'invited ', 'left 2'].sort(),
    );
    expect(readers.every(({ address, status }) => (address === null) === (status === 'left'))).toBe(true);
    expect(await dataSource.query('select id from outgoing_mail')).toEqual([]);
  });

  it('has events with the dates of the story', async () => {
    const dates = (await store.read(`disclosure-${DEMO_DISCLOSURE}`)).map(({ metadata }) => metadata.recordedAt);
    expect(dates[0]).toBe('2021-04-01T00:30:00.000Z');
    expect(dates).toEqual([...dates].sort());
  });
});
