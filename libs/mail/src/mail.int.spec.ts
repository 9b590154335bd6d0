import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { HOURS_AFTER_REFUSAL, MOST_ATTEMPTS, sweepMail, type Delivery } from './deliver';
import type { Mail } from './mail';
import { mailMigrations } from './mail.migrations';
import { enqueueMail, forgetMails, mailLog, UnsafeMail, type OutgoingMail } from './outbox';
import { renderMail } from './render-mail';
import { createMailTransport, type MailTransport } from './transport';

const start = new Date('2031-05-12T01:00:00.000Z');
const reviewRequest: Mail = {
  id: 'review:cloud-chart:7:user-3',
  kind: 'review',
  to: { name: '佐藤 美咲', address: 'sato@example.jp' },
  ...renderMail({
    subject: '【承認依頼】電子カルテ連携クラウド 開示書 第7版',
    greeting: '佐藤 美咲 様',
    paragraphs: ['第7版の承認をお願いします。'],
    list: ['I-7 証明書の有効期限'],
    action: { label: '変更箇所を確認する', url: 'https://kaijisho.example.jp/review/7' },
    footer: 'Kaijisho からの自動送信です。',
  }),
};

describe('the outbox', () => {
  let database: TestDatabase;
  let now: Date;
  let delivery: Delivery;
  let servers: SMTPServer[];
  let delivered: OutgoingMail[];
  let failed: OutgoingMail[];

  beforeAll(async () => void (database = await createTestDatabase(mailMigrations)));
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.asOwner('truncate outgoing_mail');
    [now, servers, delivered, failed] = [start, [], [], []];
  });
  afterEach(() => Promise.all(servers.map((server) => new Promise<void>((done) => server.close(done)))));

  /** A real mail server on a port of its own, that keeps what it takes. */
  const mailServer = async (options: SMTPServerOptions = {}) => {
    const taken: string[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, _, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          taken.push(Buffer.concat(chunks).toString());
          done(null, 'queued as 4F2A');
        });
      },
      ...options,
    });
    server.on('error', () => {}); // a client that leaves
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    servers.push(server);
    const address = server.server.address() as { port: number };
    return { port: address.port, taken };
  };
  const deliverTo = (port: number, changes: Partial<Delivery> = {}): Delivery =>
    (delivery = {
      dataSource: database.dataSource,
      openTransport: () => createMailTransport(`smtp://127.0.0.1:${port}`),
      clock: () => now,
      from: 'Kaijisho <kaijisho@example.jp>',
      publicUrl: 'https://kaijisho.example.jp/',
      listeners: {
        review: async (mails) => {
          for (const mail of mails) (mail.status === 'sent' ? delivered : failed).push(mail);
        },
      },
      ...changes,
    });
  const enqueue = (mail: Mail = reviewRequest) => database.dataSource.transaction((tx) => enqueueMail(tx, mail, now));
  const attempts = async (): Promise<ReadonlyMap<string, number>> => {
    const rows = await database.dataSource.query<{ id: string; attempts: number }[]>(
      'select id, attempts from outgoing_mail',
    );
    return new Map(rows.map((row) => [row.id, row.attempts]));
  };
  /** What the worker does. Answers which mails it tried to send. */
  const sweep = async (): Promise<readonly string[]> => {
    const before = await attempts();
    await sweepMail(delivery);
    return [...(await attempts())].flatMap(([id, count]) => (count > (before.get(id) ?? 0) ? [id] : []));
  };
  const later = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000));
  const log = async (): Promise<OutgoingMail | undefined> => (await mailLog(database.dataSource, { limit: 10 }))[0];

  it('sends the headers of a mail as they were queued, and none that would begin another', async () => {
    const server = await mailServer();
    deliverTo(server.port);
    const url = `https://kaijisho.example.jp/reader/${'x'.repeat(120)}`;
    const headers = { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
    await enqueue({ ...reviewRequest, headers });
    await sweep();
    const sent = await PostalMime.parse(server.taken[0]!);
    expect(sent.headers).toContainEqual(expect.objectContaining({ key: 'list-unsubscribe', value: `<${url}>` }));
    expect(sent.headers).toContainEqual(
      expect.objectContaining({ key: 'list-unsubscribe-post', value: 'List-Unsubscribe=One-Click' }),
    );
    for (const unsafe of [{ 'X-A': 'a\r\nBcc: b@example.jp' }, { 'X-A: b\r\nBcc': 'c@example.jp' }, { 'X-A': 'あ' }])
      await expect(enqueue({ ...reviewRequest, id: 'another', headers: unsafe })).rejects.toThrow(UnsafeMail);
  });

  it('forgets mails with their recipient, and sends none of them', async () => {
    const server = await mailServer();
    deliverTo(server.port);
    await enqueue();
    await enqueue({ ...reviewRequest, id: 'reader:1:2' });
    await database.dataSource.transaction((tx) => forgetMails(tx, 'reader:1:'));
    await sweep();
    expect(server.taken).toHaveLength(1);
    expect((await mailLog(database.dataSource, { limit: 9 })).map(({ id }) => id)).toEqual([reviewRequest.id]);
  });

  it('delivers a Japanese mail, whole, and records what the server said', async () => {
    const { port, taken } = await mailServer();
    deliverTo(port);
    await enqueue();
    await sweep();

    const mail = await PostalMime.parse(taken[0] ?? '');
    expect(mail.subject).toBe(reviewRequest.subject);
    expect(mail.to).toEqual([reviewRequest.to]);
    expect(mail.text?.trim()).toBe(reviewRequest.text.trim());
    expect(mail.html?.trim()).toBe(reviewRequest.html.trim());
    expect(mail.messageId).toMatch(/^<[0-9a-f]{64}@kaijisho\.example\.jp>$/);
    expect(mail.date).toBe(start.toISOString());
    expect(mail.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }));
    const sent = { status: 'sent', attempts: 1, smtpAnswer: '250 queued as 4F2A', messageId: mail.messageId };
    expect(await log()).toMatchObject({ ...sent, sentAt: start.toISOString() });
    expect(delivered).toMatchObject([{ id: reviewRequest.id, ...sent }]);
  });

  it('sends a mail once, though it is enqueued twice and looked at again', async () => {
    const { port, taken } = await mailServer();
    deliverTo(port);
    await enqueue();
    await enqueue({ ...reviewRequest, subject: 'other words under the same id' });
    await sweep();
    await enqueue();
    later(60);
    await sweep();
    expect([taken.length, delivered.length]).toEqual([1, 1]);
    expect(await log()).toMatchObject({ subject: reviewRequest.subject });
  });

  it('sends nothing that was enqueued in a transaction which failed', async () => {
    deliverTo((await mailServer()).port);
    const failing = database.dataSource.transaction(async (tx) => {
      await enqueueMail(tx, reviewRequest, now);
      throw new Error('the business said no');
    });
    await expect(failing).rejects.toThrow('the business said no');
    expect(await sweep()).toEqual([]);
  });

  it('sends a mail once when eight workers take it at once', async () => {
    const { port, taken } = await mailServer();
    deliverTo(port);
    await enqueue();
    await Promise.all(Array.from({ length: 8 }, () => sweepMail(delivery)));
    expect([taken.length, delivered.length]).toEqual([1, 1]);
  });

  it('waits while the mail server is down, longer each time, and delivers when it is back', async () => {
    deliverTo(1); // on which nobody listens
    await enqueue();
    await sweep();
    expect(await log()).toMatchObject({
      status: 'waiting',
      attempts: 1,
      lastError: expect.stringContaining('ECONNREFUSED'),
    });

    later(0.4);
    expect(await sweep()).toEqual([]);
    later(0.1);
    expect(await sweep()).toEqual([reviewRequest.id]);
    later(0.9);
    expect(await sweep()).toEqual([]);

    const up = await mailServer();
    deliverTo(up.port);
    later(0.1);
    await sweep();
    expect(up.taken).toHaveLength(1);
    expect(await log()).toMatchObject({ status: 'sent', attempts: 3, lastError: null });
  });

  it('tries a mail that the server refuses again over a day, says so each time, and then gives it up', async () => {
    const { port, taken } = await mailServer({
      onRcptTo: (_, __, done) => done(Object.assign(new Error('no such user here'), { responseCode: 550 })),
    });
    deliverTo(port);
    await enqueue();
    await sweep();
    for (const hours of HOURS_AFTER_REFUSAL) {
      expect(await log()).toMatchObject({ status: 'waiting', lastError: expect.stringContaining('no such user') });
      later(hours * 60 - 1);
      expect(await sweep()).toEqual([]);
      later(1);
      expect(await sweep()).toEqual([reviewRequest.id]);
    }
    expect(now.getTime() - start.getTime()).toBeLessThanOrEqual(24 * 60 * 60_000);
    expect(await log()).toMatchObject({ status: 'failed', attempts: 5 });
    later(10_000);
    expect(await sweep()).toEqual([]);
    expect([taken, delivered]).toEqual([[], []]);
    expect(failed.map(({ status, refusals }) => [status, refusals])).toEqual([
      ...[1, 2, 3, 4].map((refusals) => ['refused', refusals]),
      ['failed', 5],
    ]);
  });

  it('tells of a refusal until it is heard, before it tries again', async () => {
    const { port } = await mailServer({
      onRcptTo: (_, __, done) => done(Object.assign(new Error('mailbox full'), { responseCode: 552 })),
    });
    let away = true;
    deliverTo(port, {
      listeners: {
        review: async (mails) => {
          if (away) throw new Error('the ledger is away');
          failed.push(...mails);
        },
      },
    });
    await enqueue();
    await expect(sweep()).rejects.toThrow('the ledger is away');
    later(60);
    away = false;
    expect(await sweep()).toEqual([]);
    expect(failed).toMatchObject([{ status: 'refused', refusals: 1 }]);
    later(30);
    expect(await sweep()).toEqual([reviewRequest.id]);
  });

  it('tries again at the address that the account has by then, if that is one', async () => {
    const refusing = { now: true };
    const { port, taken } = await mailServer({
      onRcptTo: ({ address }, _, done) =>
        done(refusing.now ? Object.assign(new Error(`no ${address}`), { responseCode: 550 }) : null),
    });
    let address = 'misaki@example.jp\r\nBcc: everyone@example.jp';
    deliverTo(port, { addressesOf: async ([id]) => (id === 'user-3' ? [{ id, address }] : []) });
    await enqueue({ ...reviewRequest, userId: 'user-3' });
    await sweep();
    later(30);
    await sweep();
    expect(await log()).toMatchObject({ to: reviewRequest.to, refusals: 2 });
    address = 'misaki@example.jp';
    refusing.now = false;
    later(120);
    await sweep();
    expect((await PostalMime.parse(taken[0] ?? '')).to).toMatchObject([{ address }]);
    expect(await log()).toMatchObject({ status: 'sent', to: { address } });
  });

  it('gives up at once what is for an account that was deactivated since, and sends none of it', async () => {
    const { port, taken } = await mailServer();
    const active = new Set(['user-3', 'user-4']);
    deliverTo(port, {
      addressesOf: async (ids) => ids.filter((id) => active.has(id)).map((id) => ({ id, address: `${id}@example.jp` })),
    });
    for (const userId of active) await enqueue({ ...reviewRequest, id: `review:${userId}`, userId });
    active.delete('user-3');
    await sweep();
    const [sent] = await Promise.all(taken.map((raw) => PostalMime.parse(raw)));
    expect([taken.length, sent?.to?.[0]?.address]).toEqual([1, 'user-4@example.jp']);
    expect(delivered.map(({ id }) => id)).toEqual(['review:user-4']);
    expect(failed).toMatchObject([
      { id: 'review:user-3', lastError: 'メールを受け取れるアカウントがありませんでした', smtpAnswer: null },
    ]);
    later(10_000);
    active.add('user-3');
    expect(await sweep()).toEqual([]);
  });

  it('sends what is queued though the clock was set back since', async () => {
    const { port, taken } = await mailServer();
    deliverTo(port);
    await enqueue();
    later(-60);
    await sweep();
    expect(taken).toHaveLength(1);
  });

  it('keeps a mail that is to leave no earlier until then, and then sends it once', async () => {
    const { port, taken } = await mailServer();
    deliverTo(port);
    await enqueue({ ...reviewRequest, notBefore: new Date(start.getTime() + 690 * 60_000) });
    expect(await sweep()).toEqual([]);
    later(689);
    expect(await sweep()).toEqual([]);
    later(1);
    expect(await sweep()).toEqual([reviewRequest.id]);
    await sweep();
    expect(taken).toHaveLength(1);
  });

  it('tries again when the server says "later" (4xx), but not for ever', async () => {
    const { port } = await mailServer({
      onRcptTo: (_, __, done) => done(Object.assign(new Error('greylisted'), { responseCode: 450 })),
    });
    deliverTo(port);
    await enqueue();
    await sweep();
    expect(await log()).toMatchObject({ status: 'waiting' });
    await database.dataSource.query('update outgoing_mail set attempts = $1', [MOST_ATTEMPTS - 1]);
    later(60);
    await sweep();
    expect(await log()).toMatchObject({ status: 'failed', attempts: MOST_ATTEMPTS });
  });

  it('repeats a mail under the same Message-ID when the worker dies between the "250" and its record', async () => {
    const { port, taken } = await mailServer();
    const real = createMailTransport(`smtp://127.0.0.1:${port}`);
    const sendMail = async (mail: Parameters<typeof real.sendMail>[0]): Promise<never> => {
      await real.sendMail(mail);
      return new Promise<never>(() => {}); // the server has it; this worker never gets to say so
    };
    await enqueue();
    const dying = { sendMail, close: () => {} } as unknown as MailTransport;
    void sweepMail(deliverTo(port, { openTransport: () => dying }));
    while (taken.length < 1) await new Promise((resolve) => setTimeout(resolve, 10));

    deliverTo(port);
    later(4);
    expect(await sweep()).toEqual([]); // the claim still holds
    later(2);
    await sweep();
    const ids = await Promise.all(taken.map(async (raw) => (await PostalMime.parse(raw)).messageId));
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(await log()).toMatchObject({ status: 'sent', attempts: 2 });
    expect(delivered).toHaveLength(1);
    real.close();
  });

  it('repeats a mail under the same Message-ID when the server dies before its "250" arrives', async () => {
    const taken: string[] = [];
    const dying = await mailServer({
      onData: (stream, session) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          taken.push(Buffer.concat(chunks).toString());
          for (const connection of (servers[0] as unknown as { connections: Set<{ _socket: { destroy(): void } }> })
            .connections) {
            connection._socket.destroy();
          }
          void session;
        });
      },
    });
    deliverTo(dying.port);
    await enqueue();
    await sweep();
    expect(await log()).toMatchObject({ status: 'waiting', attempts: 1 });

    const healthy = await mailServer();
    deliverTo(healthy.port);
    later(1);
    await sweep();
    const [first, second] = await Promise.all([...taken, ...healthy.taken].map((raw) => PostalMime.parse(raw)));
    expect(second?.messageId).toBe(first?.messageId);
    expect([taken.length, healthy.taken.length, delivered.length]).toEqual([1, 1, 1]);
  });

  it('reports a delivery again until its listeners have taken it, without sending again', async () => {
    const { port, taken } = await mailServer();
    let away = true;
    const listener = async (mails: readonly OutgoingMail[]) => {
      if (away) throw new Error('the ledger is away');
      delivered.push(...mails);
    };
    deliverTo(port, { listeners: { review: listener } });
    await enqueue();
    await expect(sweep()).rejects.toThrow('the ledger is away');
    expect(await log()).toMatchObject({ status: 'sent' });

    away = false;
    later(1);
    await sweep();
    later(60);
    expect(await sweep()).toEqual([]);
    expect([taken.length, delivered.length]).toEqual([1, 1]);
  });

  it('reports those that were claimed together at once, and one that cannot be told keeps none of the others from it', async () => {
    const { port, taken } = await mailServer();
    const told: string[][] = [];
    const listener = async (mails: readonly OutgoingMail[]) => {
      told.push(mails.map(({ id }) => id));
      if (mails.some(({ id }) => id === 'review:2')) throw new Error('nobody asked for it');
    };
    // One statement at a time: the first lane claims all of them.
    let before: Promise<unknown> = Promise.resolve();
    const query = (...asked: [string, unknown[]]): Promise<unknown> =>
      (before = before.catch(() => {}).then(() => database.dataSource.query(...asked)));
    deliverTo(port, { listeners: { review: listener }, dataSource: { query } as unknown as DataSource });
    for (const n of [1, 2, 3]) await enqueue({ ...reviewRequest, id: `review:${n}` });
    await expect(sweep()).rejects.toThrow('review:2: nobody asked for it');
    const [together, ...alone] = told;
    expect([...(together ?? [])].sort()).toEqual(['review:1', 'review:2', 'review:3']);
    expect(alone.sort()).toEqual([['review:1'], ['review:2'], ['review:3']]);
    expect(taken).toHaveLength(3);
    expect(
      await database.dataSource.query('select id from outgoing_mail where reported_at is null and claimed_at is null'),
    ).toEqual([{ id: 'review:2' }]);
  });

  it('is done with a mail that nobody wants to hear of as soon as it is sent', async () => {
    const { port } = await mailServer();
    deliverTo(port, { listeners: {} });
    await enqueue();
    await sweep();
    expect(await database.dataSource.query('select claimed_at, reported_at from outgoing_mail')).toEqual([
      { claimed_at: null, reported_at: start },
    ]);
  });

  it('sends many, each once, over a few sessions', async () => {
    let sessions = 0;
    const { port, taken } = await mailServer({
      onConnect: (_, done) => {
        sessions++;
        done();
      },
    });
    deliverTo(port);
    for (let n = 0; n < 60; n++) await enqueue({ ...reviewRequest, id: `review:${n}` });
    await Promise.all([sweepMail(delivery), sweepMail(delivery)]);
    const ids = await Promise.all(taken.map(async (raw) => (await PostalMime.parse(raw)).messageId));
    expect([ids.length, new Set(ids).size, delivered.length]).toEqual([60, 60, 60]);
    expect(sessions).toBeLessThanOrEqual(16);
  });

  it.each([
    ['address', { to: { name: '佐藤', address: 'sato@example.jp\r\nBcc: everyone@example.jp' } }],
    ['address', { to: { name: '佐藤', address: 'sato@example.jp, other@example.jp' } }],
    ['name', { to: { name: '佐藤\nBcc: everyone@example.jp', address: 'sato@example.jp' } }],
    ['subject', { subject: '第7版\r\nBcc: everyone@example.jp' }],
  ])('refuses a mail whose %s would break its headers', async (field, change) => {
    const refused = enqueue({ ...reviewRequest, ...change });
    await expect(refused).rejects.toBeInstanceOf(UnsafeMail);
    await expect(refused).rejects.toMatchObject({ field });
    expect(await log()).toBeUndefined();
  });

  it('is asked for its newest mails, of one kind', async () => {
    await enqueue();
    later(1);
    for (const n of [1, 2, 3]) await enqueue({ ...reviewRequest, id: `reminder:${n}`, kind: 'reminder' });
    expect((await mailLog(database.dataSource, { kind: 'reminder', limit: 2 })).map(({ id }) => id)).toEqual([
      'reminder:1',
      'reminder:2',
    ]);
  });
});
