import { MemoryEventStore, SYSTEM } from '@app/event-sourcing';
import { identityMigrations } from '@app/identity';
import { mailMigrations } from '@app/mail';
import { checkpointOf, projectionMigrations } from '@app/projections';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { disclosureCodec } from '../disclosure.codec';
import { disclosureMigrations } from '../disclosure.migrations';
import { disclosuresProjection } from '../disclosures/disclosure-projection';
import { ListDisclosuresHandler } from '../disclosures/list-disclosures';
import type { DisclosureEvent } from '../domain/disclosure';
import { approved, at, drafter, management, parts, privacy, registered } from '../domain/examples';
import { findingsIn } from '../domain/lint';
import { PublishedEditionHandler, PublishedServicesHandler } from '../editions/published-edition.handlers';
import { PublishedEdition, PublishedServices } from '../published-edition';
import { stateOf } from '../review-decisions';
import { publicationMails } from './publication-mails';
import type { PrintCheck } from './publish-printable';
import { publicationSweep } from './publish-scheduled';

const publishAt = '2030-02-01T00:05:00.000Z';

describe('the sweep of scheduled publications', () => {
  let db: TestDatabase;
  let store: MemoryEventStore;
  let now: Date;
  let printCheck: PrintCheck;
  beforeAll(
    async () =>
      void (db = await createTestDatabase([
        ...projectionMigrations,
        ...identityMigrations,
        ...mailMigrations,
        ...disclosureMigrations,
      ])),
  );
  afterAll(() => db.close());
  beforeEach(async () => {
    store = new MemoryEventStore();
    printCheck = async () => null;
    await db.dataSource.query('delete from disclosure_view');
    await db.dataSource.query('delete from edition_view');
    await db.dataSource.query('delete from projection_checkpoint');
    await db.dataSource.query('delete from outgoing_mail');
  });

  const metadata = { actor: drafter, recordedAt: at, correlationId: 'c', causationId: 'c' };
  const happened = async (id: string, ...events: readonly DisclosureEvent[]): Promise<void> => {
    const before = await store.read(`disclosure-${id}`);
    await store.append(
      `disclosure-${id}`,
      before.at(-1)?.version ?? 'no-stream',
      events.map((event, index) => ({
        ...disclosureCodec.encode(event),
        ...{ id: `${id}-${before.length + index}`, metadata },
      })),
    );
  };
  const scheduled = (effectiveOn = '2030-02-01'): DisclosureEvent => ({
    type: 'PublicationScheduled',
    data: { revisionId: 'r3', publishAt, effectiveOn, by: drafter, at },
  });
  const named = (id: string): readonly DisclosureEvent[] =>
    approved.map((event) =>
      event === registered && event.type === 'DisclosureRegistered'
        ? { ...event, data: { ...event.data, disclosureId: id, service: `service-${id}` } }
        : event,
    );
  const project = async (): Promise<void> => {
    const events = await store.readAll(null, 1_000);
    await db.dataSource.query('delete from disclosure_view');
    await db.dataSource.query('delete from edition_view');
    await db.dataSource.transaction((tx) => disclosuresProjection.apply(events, tx));
  };
  const sweep = () => {
    const [job] = publicationSweep({ ...mailing(), dataSource: db.dataSource, clock: () => now, printCheck }).jobs;
    return job!.run('', async () => {});
  };
  const mailing = () => ({
    store,
    publicUrl: 'https://kaijisho.example.jp',
    accountsOf: async (_: unknown, ids: readonly string[]) =>
      ids.map((id) => ({ id, name: id, address: `${id}@example.jp` })),
  });
  /** What the projection writes of all that happened; here as often as a worker may be started again. */
  const mailsOfPublications = async (): Promise<void> => {
    const events = await store.readAll(null, 1_000);
    for (let i = 0; i < 2; i++) await db.dataSource.transaction((tx) => publicationMails(mailing()).apply(events, tx));
  };
  const mails = () =>
    db.dataSource.query<{ recipient_address: string; subject: string; text: string }[]>(
      'select recipient_address, subject, text from outgoing_mail order by recipient_address',
    );
  const publications = async (id: string) =>
    (await store.read(`disclosure-${id}`)).filter(({ type }) => type === 'EditionPublished');

  it('is announced in the list of disclosures as long as it is to come', async () => {
    const announced = async () => {
      await project();
      const { disclosures } = await new ListDisclosuresHandler(db.dataSource, store, () => now).execute();
      return disclosures.map(({ revision }) => [revision.status, revision.publishAt]);
    };
    now = new Date('2030-01-31T00:00:00.000Z');
    await happened('a', ...named('a'));
    expect(await announced()).toEqual([['approved', null]]);
    await happened('a', scheduled());
    expect(await announced()).toEqual([['approved', publishAt]]);
    now = new Date(publishAt);
    await sweep();
    expect(await announced()).toEqual([['none', null]]);
  });

  it('publishes at the time that was chosen, and not before', async () => {
    await happened('a', ...named('a'), scheduled());
    await project();
    now = new Date('2030-02-01T00:04:59.000Z');
    await sweep();
    expect(await publications('a')).toEqual([]);
    now = new Date(publishAt);
    await sweep();
    expect(await publications('a')).toMatchObject([
      {
        data: { number: 3, issuedOn: '2030-02-01', by: SYSTEM, scheduled: { by: drafter, publishAt } },
        metadata: { actor: SYSTEM },
      },
    ]);
  });

  it('publishes once, though it runs twice at once, and again before the read model has heard of it', async () => {
    await happened('a', ...named('a'), scheduled());
    await project();
    now = new Date(publishAt);
    await Promise.all([sweep(), sweep(), sweep()]);
    await sweep();
    expect(await publications('a')).toHaveLength(1);
  });

  it('leaves alone what was cancelled a moment ago, whatever the read model says', async () => {
    await happened('a', ...named('a'), scheduled());
    await project();
    await happened('a', {
      type: 'PublicationCancelled',
      data: { revisionId: 'r3', reason: '見直し', by: drafter, at },
    });
    now = new Date(publishAt);
    await sweep();
    expect(await publications('a')).toEqual([]);
  });

  it('catches up after days without a worker, with the effective date that was arranged and why it is past', async () => {
    await happened('a', ...named('a'), scheduled());
    await happened('b', ...named('b'), scheduled('2030-03-01'));
    await project();
    now = new Date('2030-02-04T00:00:00.000Z');
    await sweep();
    expect(await publications('a')).toMatchObject([
      {
        data: { effectiveOn: '2030-02-01', reasonForPastDate: expect.stringContaining('2030年2月4日 9時00分に遅れた') },
      },
    ]);
    const [onTime] = await publications('b');
    expect(onTime).toMatchObject({ data: { effectiveOn: '2030-03-01' } });
    expect(onTime?.data).not.toHaveProperty('reasonForPastDate');
  });

  it('one that cannot be published holds up no other, and is named', async () => {
    await happened('a', ...named('a'), scheduled());
    await happened('b', ...named('b'), scheduled());
    await project();
    await store.append('disclosure-0', 'no-stream', [
      { ...disclosureCodec.encode(registered), id: 'x', data: {}, metadata },
    ]);
    await db.dataSource.query(
      `insert into disclosure_view (id, service, body, changed_at)
       select '0', 'broken', body, changed_at from disclosure_view where id = 'a'`,
    );
    now = new Date(publishAt);
    await expect(sweep()).rejects.toThrow(/^Not every scheduled edition was published\. 0: /);
    expect(await publications('a')).toHaveLength(1);
    expect(await publications('b')).toHaveLength(1);
  });

  it('is told once to those who wrote, signed and scheduled, when it has happened, and not when it was cancelled', async () => {
    await happened('a', ...named('a'), scheduled());
    await happened('b', ...named('b'), scheduled());
    await project();
    await happened('b', {
      type: 'PublicationCancelled',
      data: { revisionId: 'r3', reason: '見直し', by: drafter, at },
    });
    now = new Date(publishAt);
    await sweep();
    await mailsOfPublications();
    const sent = await mails();
    expect(sent.map(({ recipient_address: to }) => to)).toEqual(
      [drafter, management, privacy].map(({ id }) => `${id}@example.jp`),
    );
    for (const { subject, text } of sent) {
      expect(subject).toMatch(/^【公開しました】.*第3版$/);
      expect(text).toContain('2030年2月1日 9時05分に行いました');
      expect(text).toContain(`予約した人：${drafter.name}`);
      expect(text).toContain('https://kaijisho.example.jp/disclosures/a/editions/3');
    }
  });

  it('is not told of when it happened before the product told of it: these mails begin where those about reviews stand', async () => {
    const updated = async () => {
      const runner = db.dataSource.createQueryRunner();
      await new (disclosureMigrations.at(-1)!)().up(runner).finally(() => runner.release());
      return checkpointOf(db.dataSource, 'publication-mails.v1');
    };
    expect(await updated()).toBeNull(); // a new installation has no past
    await db.dataSource.query('delete from projection_checkpoint');
    await happened('a', ...named('a'), scheduled());
    await project();
    now = new Date(publishAt);
    await sweep();
    const past = (await store.readAll(null, 1_000)).at(-1)!.position;
    await db.dataSource.query("insert into projection_checkpoint values ('review-mails.v1', $1)", [past]);
    expect(await updated()).toBe(past);

    await happened('b', ...named('b'), scheduled());
    await project();
    await sweep();
    const next = await store.readAll(await updated(), 1_000);
    await db.dataSource.transaction((tx) => publicationMails(mailing()).apply(next, tx));
    const sent = await mails();
    expect(sent).toHaveLength(3);
    for (const { text } of sent) expect(text).toContain('/disclosures/b/editions/3');
  });

  it('is told once for each schedule to the same, when it may not be published, with the reason and what to do', async () => {
    const [item] = parts[0]!.items;
    const emptied = named('a').map((event): DisclosureEvent => {
      if (event.type !== 'DisclosureImported') return event;
      const [first, ...others] = event.data.parts;
      const [head, ...rest] = first!.items;
      const body = { type: 'doc', content: [] } as const;
      return {
        ...event,
        data: { ...event.data, parts: [{ ...first!, items: [{ ...head!, body }, ...rest] }, ...others] },
      };
    });
    await happened('a', ...emptied, scheduled());
    await project();
    now = new Date(publishAt);
    for (let i = 0; i < 2; i++) await expect(sweep()).rejects.toThrow('BlockingFindings');
    expect(await publications('a')).toEqual([]);
    const sent = await mails();
    expect(sent.map(({ recipient_address: to }) => to)).toEqual(
      [drafter, management, privacy].map(({ id }) => `${id}@example.jp`),
    );
    for (const { subject, text } of sent) {
      expect(subject).toMatch(/^【公開できませんでした】.*第3版$/);
      expect(text).toContain('公開を止める点検の指摘が1件あります');
      expect(text).toContain(`・${item!.itemKey}　`);
      expect(text).toContain('予約を取り消し');
    }
    await mailsOfPublications();
    expect(await mails()).toHaveLength(3);
    const cancelled = { revisionId: 'r3', reason: '見直し', by: drafter, at };
    await happened('a', { type: 'PublicationCancelled', data: cancelled });
    const later = '2030-01-05T00:00:00.000Z';
    await happened('a', {
      type: 'PublicationScheduled',
      data: { revisionId: 'r3', publishAt, effectiveOn: '2030-02-01', by: drafter, at: later },
    });
    await expect(sweep()).rejects.toThrow('BlockingFindings');
    expect(await mails()).toHaveLength(6);
    // What stops it now is something else, of which nobody has been told.
    const state = stateOf(await store.read('disclosure-a'));
    const findings = state.status === 'Registered' ? findingsIn(state) : [];
    for (const { id } of findings.filter(({ severity }) => severity === 'blocking'))
      await happened('a', { type: 'FindingWaived', data: { findingId: id, reason: '次版', by: drafter, at } });
    printCheck = async () => ({ at: 'I-2', ja: '図の画像が見つかりません。', en: 'A picture is missing.' });
    for (let i = 0; i < 2; i++) await expect(sweep()).rejects.toThrow('CannotBePrinted');
    expect(await mails()).toHaveLength(9);
  });

  it('is not made of what cannot be printed: it stays scheduled, is told once to the same, and made when it prints', async () => {
    await happened('a', ...named('a'), scheduled());
    await happened('b', ...named('b'), scheduled());
    await project();
    now = new Date(publishAt);
    const asked: unknown[] = [];
    printCheck = async ({ disclosureId, number, issuedOn, effectiveOn, signatures }) => {
      asked.push([disclosureId, number, issuedOn, effectiveOn, signatures.length > 0]);
      return disclosureId === 'a' ? { at: 'I-2', ja: '図の画像が見つかりません。', en: 'A picture is missing.' } : null;
    };
    for (let i = 0; i < 2; i++) await expect(sweep()).rejects.toThrow('CannotBePrinted');
    expect(asked[0]).toEqual(['a', 3, '2030-02-01', '2030-02-01', true]);
    expect([await publications('a'), (await publications('b')).length]).toEqual([[], 1]);
    const sent = await mails();
    expect(sent.map(({ recipient_address: to }) => to)).toEqual(
      [drafter, management, privacy].map(({ id }) => `${id}@example.jp`),
    );
    for (const { subject, text } of sent) {
      expect(subject).toMatch(/^【公開できませんでした】.*第3版$/);
      expect(text).toContain('印刷できないため、公開できません（I-2）。図の画像が見つかりません。');
      expect(text).toContain('印刷できるようになると、自動で公開します');
    }
    printCheck = async () => null;
    await sweep();
    expect(await publications('a')).toHaveLength(1);
  });

  it('makes public what takes effect later, and the edition before stays in force until that day', async () => {
    await happened('a', ...named('a'), scheduled('2030-03-01'));
    await project();
    now = new Date(publishAt);
    await sweep();
    await project();
    const { dataSource } = db;
    const states = async () => {
      const [service] = await new PublishedServicesHandler(dataSource, () => now).execute(
        new PublishedServices('service-a'),
      );
      return service?.editions.map(({ number, inForce }) => [number, inForce]);
    };
    const inForce = async () =>
      (
        await new PublishedEditionHandler(dataSource, () => now).execute(
          new PublishedEdition({ service: 'service-a' }, 'inForce'),
        )
      )?.number;
    // The last minute of February in Japan, and the first of March.
    now = new Date('2030-02-28T14:59:00.000Z');
    expect([await inForce(), await states()]).toEqual([
      2,
      [
        [3, false],
        [2, true],
      ],
    ]);
    now = new Date('2030-02-28T15:00:00.000Z');
    expect([await inForce(), await states()]).toEqual([
      3,
      [
        [3, true],
        [2, false],
      ],
    ]);
  });

  it('tells of errata and of the end of a service beside what was published', async () => {
    const officer = { role: 'managementOfficer', name: '管理 三郎', department: '', title: '' } as const;
    const said = { annotationId: 'e1', number: 2, itemKey: 'I-2', text: '正しくは毎時。', reason: '誤記', officer };
    await happened('a', ...named('a'), { type: 'EditionAnnotated', data: { ...said, by: drafter, at } });
    await happened('a', { type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } });
    await happened('a', {
      type: 'DisclosureRetired',
      data: { reason: '移行', on: '2030-03-31', officer, by: drafter, at },
    });
    await project();
    now = new Date(publishAt);
    const [service] = await new PublishedServicesHandler(db.dataSource, () => now).execute(new PublishedServices());
    expect(service).toMatchObject({
      retired: { on: '2030-03-31', reason: '移行', ended: false },
      editions: [{ number: 2, errata: [{ id: 'e1', itemKey: 'I-2', text: '正しくは毎時。' }] }],
    });
    const edition = await new PublishedEditionHandler(db.dataSource, () => now).execute(
      new PublishedEdition({ service: 'service-a' }, 2),
    );
    expect(edition?.errata).toMatchObject([{ id: 'e1', reason: '誤記', officer: { name: '管理 三郎' } }]);
  });
});
