import { isBusinessDay, localDateOf } from '@app/calendar';
import { handle, SYSTEM, type EventCodec, type LogPosition, type StreamName } from '@app/event-sourcing';
import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import { accountsOf, identityMigrations, identityProjections, registerUser, setMailPreference } from '@app/identity';
import { mailLog, mailMigrations, sweepDigests } from '@app/mail';
import { officerCodec, OFFICERS_STREAM, officersNow, organisationOn, type OfficerEvent } from '@app/officers';
import { projectionMigrations } from '@app/projections';
import type { Route } from '@app/routes/domain/route';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { logShowsAll } from '../../../../test/setup/log';
import { disclosureCodec } from '../disclosure.codec';
import { disclosureMigrations } from '../disclosure.migrations';
import type { DisclosureEvent } from '../domain/disclosure';
import { disclosureDecider, type DisclosureCommand } from '../domain/disclosure.decider';
import {
  approvalStep,
  described,
  drafter,
  drafting,
  management,
  newRisk,
  privacy,
  revised,
  route,
  step,
  texts,
} from '../domain/examples';
import { disclosuresProjection } from '../disclosures/disclosure-projection';
import { stateOf } from '../review-decisions';
import { reviewTopic } from './digest';
import { mailByPreference } from './mail-by-preference';
import { nudgeSweep } from './nudges';

const migrations = [
  ...eventStoreMigrations,
  ...projectionMigrations,
  ...mailMigrations,
  ...identityMigrations,
  ...disclosureMigrations,
];

const chief = { id: 'chief', name: '統括 四郎' };
const deputy = { id: 'deputy', name: '代行 五郎' };
const administrator = { id: 'administrator', name: '管理 花子' };
const everybody = [drafter, privacy, management, chief, deputy, administrator];

/** Both steps are due in four business days; a day late, the first one escalates to the chief. */
const asked: Route = route({
  steps: [
    step({
      dueInBusinessDays: 4,
      escalation: { afterBusinessDays: 1, to: { kind: 'people', people: [chief] } },
    }),
    approvalStep({ dueInBusinessDays: 4 }),
  ],
});

describe('nudges on a real database', () => {
  let database: TestDatabase;
  let company: ReturnType<typeof companyOn>;

  beforeEach(async () => {
    database = await createTestDatabase(migrations);
    company = companyOn(database);
    await company.staff();
  });
  afterEach(() => database.close());

  /** What was mailed, as `day recipient rung`. */
  const diary = async () =>
    (await mailLog(database.dataSource, { kind: 'nudge', limit: 1_000 }))
      .map(({ id, createdAt }) => {
        const [, disclosure, , , , rung, user] = id.split(':');
        return `${localDateOf(createdAt)} ${disclosure} ${user} ${rung}`;
      })
      .sort();
  const digests = async () =>
    (await mailLog(database.dataSource, { kind: 'digest', limit: 1_000 })).map(({ id }) => id).sort();

  it('come each once over weeks with Golden Week in them, to those who may sign, and none after the decision', async () => {
    // Wednesday; 04-29 is 昭和の日, 05-03 to 05-06 are holidays and a weekend, 05-06 is the 振替休日 of 05-05.
    company.setNow('2030-04-24T01:00:00.000Z');
    await company.submit('d1');
    // Appointed alongside, and an author: never asked.
    await company.appoint(drafter, 'privacyOfficer');
    await company.depute(management, deputy, '2030-05-13', '2030-05-31');

    await company.live('2030-05-08T03:00:00.000Z');
    await company.sign('d1', privacy);
    await company.live('2030-05-15T03:00:00.000Z');
    await company.sign('d1', management);
    await company.live('2030-06-05T00:00:00.000Z');

    const mailed = await diary();
    expect(mailed).toEqual([
      '2030-04-26 d1 privacy half',
      '2030-05-01 d1 privacy due',
      // A day late it escalates; both may sign from then on.
      '2030-05-02 d1 chief overdue-2030-05-02',
      '2030-05-02 d1 privacy overdue-2030-05-02',
      '2030-05-07 d1 chief overdue-2030-05-07',
      '2030-05-07 d1 privacy overdue-2030-05-07',
      '2030-05-08 d1 chief overdue-2030-05-08',
      '2030-05-08 d1 privacy overdue-2030-05-08',
      // The second step, asked for on 05-08. Half time was before the deputation: the deputy hears of it on its first day.
      '2030-05-10 d1 management half',
      '2030-05-13 d1 deputy half',
      '2030-05-14 d1 deputy due',
      '2030-05-14 d1 management due',
      '2030-05-15 d1 deputy overdue-2030-05-15',
      '2030-05-15 d1 management overdue-2030-05-15',
    ]);
    for (const line of mailed) expect(isBusinessDay(line.slice(0, 10))).toBe(true);
    const escalated = (await mailLog(database.dataSource, { kind: 'nudge', limit: 1_000 })).find(({ id }) =>
      id.endsWith('overdue-2030-05-02:chief'),
    );
    expect(escalated?.subject).toBe('【審査の期限超過】「みなと医療クラウド」 サービス仕様適合開示書 第3版');
  });

  it('that were missed while no worker ran become one', async () => {
    company.setNow('2030-06-03T01:00:00.000Z');
    await company.submit('d1');
    company.setNow('2030-06-13T05:00:00.000Z');
    await company.sweep();
    expect(await diary()).toEqual([
      '2030-06-13 d1 chief overdue-2030-06-13',
      '2030-06-13 d1 privacy overdue-2030-06-13',
    ]);
  });

  it('wait for nine in the morning', async () => {
    company.setNow('2030-06-03T01:00:00.000Z');
    await company.submit('d1');
    company.setNow('2030-06-04T23:59:59.000Z');
    await company.sweep();
    expect(await diary()).toEqual([]);
    company.setNow('2030-06-05T00:00:00.000Z');
    await company.sweep();
    expect(await diary()).toEqual(['2030-06-05 d1 privacy half']);
  });

  it('begin anew when the revision is submitted again', async () => {
    company.setNow('2030-06-03T01:00:00.000Z');
    await company.submit('d1');
    await company.live('2030-06-05T03:00:00.000Z');
    await company.decide('d1', privacy, { type: 'ReturnForChanges', reason: '具体的に', toStep: null });
    await company.live('2030-06-10T01:00:00.000Z');
    await company.decide('d1', drafter, { type: 'SubmitForReview', route: asked });
    await company.live('2030-06-13T01:00:00.000Z');
    expect(await diary()).toEqual(['2030-06-05 d1 privacy half', '2030-06-12 d1 privacy half']);
  });

  it('are sent once by two workers at once', async () => {
    company.setNow('2030-06-03T01:00:00.000Z');
    for (const id of ['d1', 'd2', 'd3']) await company.submit(id);
    company.setNow('2030-06-05T00:00:00.000Z');
    await company.takeIn();
    await Promise.all([1, 2, 3].map(() => company.sweepWithoutTakingIn()));
    expect(await diary()).toEqual(['d1', 'd2', 'd3'].map((id) => `2030-06-05 ${id} privacy half`));
  });

  it('are neither lost nor sent twice when the worker dies in the middle', async () => {
    await company.depute(privacy, deputy, '2030-06-01', '2030-06-30');
    await setMailPreference(database.dataSource, deputy.id, 'daily');
    company.setNow('2030-06-03T01:00:00.000Z');
    for (const id of ['d1', 'd2']) await company.submit(id);
    company.setNow('2030-06-05T00:00:00.000Z');

    // The outbox cannot be written to until the worker, in the middle of its transaction, has lost its connection.
    const [blocker, killer] = [new Client(database.url), new Client(database.url)];
    await blocker.connect();
    await killer.connect();
    await blocker.query('begin');
    await blocker.query('lock table outgoing_mail in exclusive mode');
    const dying = company.sweep();
    const dead = expect(dying).rejects.toThrow();
    let alive = true;
    void dying.catch(() => {}).finally(() => (alive = false));
    while (alive) {
      await killer.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`,
      );
    }
    await dead;
    await blocker.query('rollback');
    await blocker.end();
    await killer.end();
    expect(await diary()).toEqual([]);

    await company.sweep();
    await company.sweep();
    expect(await diary()).toEqual(['2030-06-05 d1 privacy half', '2030-06-05 d2 privacy half']);
    expect(await digests()).toEqual(['digest:2030-06-05:deputy']);
  });

  it('of one disclosure that cannot be looked at do not silence the others', async () => {
    company.setNow('2030-06-03T01:00:00.000Z');
    for (const id of ['d1', 'd2']) await company.submit(id);
    await company.takeIn();
    const { length: version } = await company.store.read('disclosure-d1');
    const strange = { id: randomUUID(), type: 'Crowned', schemaVersion: 1, data: {}, metadata: company.metadata() };
    await company.store.append('disclosure-d1', version, [strange]);
    company.setNow('2030-06-05T00:00:00.000Z');
    await expect(company.sweepWithoutTakingIn()).rejects.toThrow('d1');
    expect(await diary()).toEqual(['2030-06-05 d2 privacy half']);
  });

  describe('of a step that somebody comes to while it waits', () => {
    const undated = route({ steps: [step(), approvalStep()] });
    const mails = () => mailLog(database.dataSource, { kind: 'review', limit: 100 });
    const requests = async () => (await mails()).map(({ id }) => id.split(':').slice(-2).join(' ')).sort();
    /** The place of the event that the step was asked for by. */
    const place = async () => (await company.store.read('disclosure-d1')).length;
    beforeEach(() => company.setNow('2030-06-03T01:00:00.000Z'));

    it('ask the new holder of the office and the deputy, once, and nobody who was there from the start', async () => {
      await company.submit('d1', undated);
      const asked = await place();
      company.setNow('2030-06-03T02:00:00.000Z');
      await company.sweep();
      expect(await requests()).toEqual([]);

      await company.appoint(chief, 'privacyOfficer');
      await company.depute(privacy, deputy, '2030-06-05', '2030-06-07');
      await company.appoint(drafter, 'privacyOfficer');
      await company.sweep();
      expect(await requests()).toEqual([`${asked} chief`]);
      await company.live('2030-06-06T03:00:00.000Z');
      expect(await requests()).toEqual([`${asked} chief`, `${asked} deputy`]);
      const [mail] = (await mails()).filter(({ id }) => id.endsWith(':deputy'));
      expect(mail?.subject).toBe('【審査依頼】「みなと医療クラウド」 サービス仕様適合開示書 第3版');
      expect(localDateOf(mail?.createdAt ?? '')).toBe('2030-06-05');
      expect(await diary()).toEqual([]);
    });

    it('do not ask whoever was put in somebody’s place: they were asked with that', async () => {
      await company.submit('d1', undated);
      company.setNow('2030-06-03T02:00:00.000Z');
      await company.reassign('d1', privacy, chief);
      await company.sweep();
      expect(await requests()).toEqual([]);
    });

    it('tell the administrators once when nobody is left, and what to do', async () => {
      await company.submit('d1', undated);
      company.setNow('2030-06-04T02:00:00.000Z');
      await company.leave(privacy, 'privacyOfficer', '2030-06-03');
      await company.live('2030-06-06T03:00:00.000Z');
      const told = await mails();
      expect(told.map(({ subject, to }) => [subject, to.name])).toEqual([
        ['【署名者がいません】「みなと医療クラウド」 サービス仕様適合開示書 第3版', administrator.name],
      ]);
      const [{ text }] = await database.dataSource.query('select text from outgoing_mail where id = $1', [told[0]?.id]);
      expect(text).toContain('第1段階の審査（個人情報保護責任者）');
      for (const way of ['任命', '担当者の変更', '差戻し']) expect(text).toContain(way);

      await company.appoint(chief, 'privacyOfficer');
      await company.sweep();
      expect(await mails()).toHaveLength(2);
    });
  });

  describe('for somebody who prefers one mail a day', () => {
    beforeEach(() => setMailPreference(database.dataSource, privacy.id, 'daily'));

    const news = (id: string, asksFor: string | null, now: string, to = privacy) =>
      database.dataSource.transaction((tx) =>
        mailByPreference(
          tx,
          {
            userId: to.id,
            mail: {
              ...{ id, kind: 'review', to: { name: to.name, address: `${to.id}@example.jp` } },
              ...{ subject: `【お知らせ】${id}`, text: id, html: id },
            },
            url: 'https://kaijisho.example.jp/somewhere',
            asks: asksFor === null ? null : { disclosureId: asksFor, revisionId: 'r3' },
          },
          new Date(now),
        ),
      );
    const textOf = async (id: string): Promise<string> =>
      (await database.dataSource.query('select text from outgoing_mail where id = $1', [id]))[0]?.text ?? '';

    it('come in a digest on the next business morning, each matter once', async () => {
      // Friday afternoon.
      company.setNow('2030-05-31T06:00:00.000Z');
      for (const id of ['d1', 'd2']) await company.submit(id);
      for (const id of ['d1', 'd2']) await news(`request-${id}`, id, '2030-05-31T06:00:00.000Z');
      await news('rejected', null, '2030-05-31T07:00:00.000Z');
      await news('rejected', null, '2030-05-31T07:00:00.000Z');
      await company.live('2030-06-03T03:00:00.000Z');
      expect(await digests()).toEqual(['digest:2030-06-03:privacy']);
      const digest = await textOf('digest:2030-06-03:privacy');
      for (const id of ['request-d1', 'request-d2', 'rejected'])
        expect(digest.split(`【お知らせ】${id}`)).toHaveLength(2);

      // Half time is on Tuesday; on Wednesday there is nothing new to say.
      await company.live('2030-06-05T12:00:00.000Z');
      expect(await digests()).toEqual(['digest:2030-06-03:privacy', 'digest:2030-06-04:privacy']);
      expect(await textOf('digest:2030-06-04:privacy')).toContain('審査待ち・期限は2030年6月6日');
    });

    it('that cannot be put together do not silence those of others', async () => {
      await setMailPreference(database.dataSource, chief.id, 'daily');
      company.setNow('2030-06-03T06:00:00.000Z');
      await company.submit('d1');
      await company.takeIn();
      const { length: version } = await company.store.read('disclosure-d1');
      const strange = { id: randomUUID(), type: 'Crowned', schemaVersion: 1, data: {}, metadata: company.metadata() };
      await company.store.append('disclosure-d1', version, [strange]);
      await news('request-d1', 'd1', '2030-06-03T06:00:00.000Z', chief);
      await news('rejected', null, '2030-06-03T06:00:00.000Z');
      company.setNow('2030-06-04T00:00:00.000Z');
      await expect(company.sweepWithoutTakingIn()).rejects.toThrow(chief.id);
      expect(await digests()).toEqual(['digest:2030-06-04:privacy']);
    });

    it('leave out what was signed meanwhile, and do not come for nothing', async () => {
      company.setNow('2030-06-03T06:00:00.000Z');
      for (const id of ['d1', 'd2']) await company.submit(id);
      for (const id of ['d1', 'd2']) await news(`request-${id}`, id, '2030-06-03T06:00:00.000Z');
      await company.sign('d1', privacy);
      company.setNow('2030-06-04T00:00:00.000Z');
      await company.sweep();
      const digest = await textOf('digest:2030-06-04:privacy');
      expect(digest).toContain('request-d2');
      expect(digest).not.toContain('request-d1');

      await news('late-request', 'd2', '2030-06-04T06:00:00.000Z');
      await company.sign('d2', privacy);
      await company.live('2030-06-20T00:00:00.000Z');
      expect(await digests()).toEqual(['digest:2030-06-04:privacy']);
      expect((await diary()).filter((line) => line.includes('privacy'))).toEqual([]);
    });

    it('come once to whoever changes their mind', async () => {
      await news('one', null, '2030-06-03T06:00:00.000Z');
      await setMailPreference(database.dataSource, privacy.id, 'each');
      await news('one', null, '2030-06-03T06:00:00.000Z');
      await news('two', null, '2030-06-03T06:01:00.000Z');
      await setMailPreference(database.dataSource, privacy.id, 'daily');
      await news('two', null, '2030-06-03T06:01:00.000Z');
      company.setNow('2030-06-04T00:00:00.000Z');
      await Promise.all([1, 2].map(() => company.sweepWithoutTakingIn()));
      const mails = await mailLog(database.dataSource, { limit: 10 });
      expect(mails.map(({ id }) => id).sort()).toEqual(['digest:2030-06-04:privacy', 'two']);
      expect(await textOf('digest:2030-06-04:privacy')).not.toContain('two');
    });
  });
});

/** A company whose clock the test sets, with the people of the examples. */
const companyOn = ({ pool, dataSource }: TestDatabase) => {
  const store = new PostgresEventStore(pool);
  let now = new Date('2030-04-01T00:00:00.000Z');
  const clock = () => now;
  const metadata = () => ({
    actor: SYSTEM,
    recordedAt: now.toISOString(),
    correlationId: 'spec',
    causationId: 'spec',
  });
  const append = async <E>(stream: StreamName, codec: EventCodec<E>, events: readonly E[]): Promise<void> => {
    const { length } = await store.read(stream);
    const stored = events.map((event) => ({ id: randomUUID(), metadata: metadata(), ...codec.encode(event) }));
    await store.append(stream, length === 0 ? 'no-stream' : length, stored);
  };
  let position: LogPosition | null = null;
  const takeIn = async (): Promise<void> => {
    await logShowsAll(dataSource);
    const events = await store.readAll(position, 1_000);
    position = events.at(-1)?.position ?? position;
    if (events.length === 0) return;
    await dataSource.transaction(async (tx) => {
      for (const { apply } of [...identityProjections, disclosuresProjection]) await apply(events, tx);
    });
  };
  const publicUrl = 'https://kaijisho.example.jp';
  const { run } = nudgeSweep({ store, dataSource, clock, publicUrl });
  const sweepWithoutTakingIn = async () => {
    const [nudged] = await Promise.allSettled([run('nudges', async () => {})]);
    // A little later, when what was said at nine is in them.
    const later = () => new Date(now.getTime() + 600_000);
    await sweepDigests({ dataSource, clock: later, publicUrl, topics: [reviewTopic(store)], accountsOf });
    if (nudged.status === 'rejected') throw nudged.reason;
  };
  const sweep = async () => {
    await takeIn();
    await sweepWithoutTakingIn();
  };
  const stamp = () => ({ by: drafter, at: now.toISOString() });
  const appoint = (person: { id: string; name: string }, role: 'privacyOfficer' | 'managementOfficer') =>
    append<OfficerEvent>(OFFICERS_STREAM, officerCodec, [
      {
        type: 'OfficerAppointed',
        data: {
          ...{ role, userId: person.id, name: person.name, department: '本社', title: '部長', from: '2029-04-01' },
          ...stamp(),
        },
      },
    ]);
  const decide = async (
    id: string,
    by: { readonly id: string; readonly name: string },
    command:
      | { readonly type: 'SubmitForReview'; readonly route: Route }
      | { readonly type: 'ReturnForChanges'; readonly reason: string; readonly toStep: null }
      | { readonly type: 'SignStep'; readonly contentHash: string },
  ): Promise<void> => {
    const at = now.toISOString();
    const organisation = organisationOn(await officersNow(store), id, localDateOf(at));
    const signing = { onBehalfOf: null, reauthentication: 'password', timeZone: 'Asia/Tokyo' } as const;
    const handled = await handle(
      { store, decider: disclosureDecider, codec: disclosureCodec, newId: randomUUID },
      {
        stream: `disclosure-${id}`,
        command: {
          ...(command.type === 'SignStep' ? signing : {}),
          ...command,
          organisation,
          by,
          at,
        } as DisclosureCommand,
        metadata: metadata(),
      },
    );
    if (handled.outcome === 'rejected') throw new Error(JSON.stringify(handled.rejection));
  };

  return {
    store,
    metadata,
    appoint,
    decide,
    takeIn,
    sweep,
    sweepWithoutTakingIn,
    setNow: (instant: string) => (now = new Date(instant)),
    /** Lets the time go by, with the worker at it every three hours. */
    live: async (until: string) => {
      for (;;) {
        await sweep();
        const next = new Date(now.getTime() + 3 * 3_600_000);
        if (next > new Date(until)) break;
        now = next;
      }
      now = new Date(until);
    },
    staff: async () => {
      for (const { id, name } of everybody) {
        const account = {
          id,
          name,
          roles: id === administrator.id ? (['administrator'] as const) : [],
          loginName: id,
          address: `${id}@example.jp`,
          password: 'a long password',
        };
        await registerUser({ store, dataSource, now: clock }, account);
      }
      await appoint(privacy, 'privacyOfficer');
      await appoint(management, 'managementOfficer');
    },
    depute: (principal: { id: string; name: string }, to: { id: string; name: string }, from: string, until: string) =>
      append<OfficerEvent>(OFFICERS_STREAM, officerCodec, [
        {
          type: 'DeputationGranted',
          data: {
            ...{ deputationId: randomUUID(), principal, deputy: to, roles: 'all', disclosureIds: 'all' },
            ...{ from, until, reason: '出張', ...stamp() },
          },
        },
      ]),
    leave: (person: { id: string }, role: 'privacyOfficer' | 'managementOfficer', on: string) =>
      append<OfficerEvent>(OFFICERS_STREAM, officerCodec, [
        { type: 'OfficeEnded', data: { role, userId: person.id, from: '2029-04-01', on, ...stamp() } },
      ]),
    reassign: (id: string, from: { id: string; name: string }, to: { id: string; name: string }) =>
      append<DisclosureEvent>(`disclosure-${id}`, disclosureCodec, [
        { type: 'SignatoryReassigned', data: { revisionId: 'r3', step: 0, from, to, reason: '不在', ...stamp() } },
      ]),
    submit: async (id: string, over: Route = asked) => {
      const [registered, ...rest] = drafting;
      const own = { ...registered, data: { ...registered.data, disclosureId: id, service: id } } as DisclosureEvent;
      await append(`disclosure-${id}`, disclosureCodec, [
        own,
        ...rest,
        revised('II-1', texts.risk, newRisk),
        described,
      ]);
      await decide(id, drafter, { type: 'SubmitForReview', route: over });
    },
    sign: async (id: string, by: { id: string; name: string }) => {
      const state = stateOf(await store.read(`disclosure-${id}`));
      if (state.status !== 'Registered' || state.revision.status !== 'inReview') throw new Error('it is in review');
      await decide(id, by, { type: 'SignStep', contentHash: state.revision.contentHash });
    },
  };
};
