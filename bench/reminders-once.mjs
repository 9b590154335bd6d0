// Fills a log and the agenda with certificates, sweeps one day, and delivers what came of it; all as the worker does it.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { built, median, secondsOf, times } from './measure.mjs';
import { root } from '../tools/places.mjs';

const { createDataSource, createPool } = await built('database');
const { SYSTEM } = await built('event-sourcing');
const { PostgresEventStore } = await built('event-store-postgres');
const { certificateCodec } = await built('certificates');
const { accountsOf, dailyReaders, registerUser } = await built('identity');
const { readModels, migrations } = await built('runtime');
const { addDays } = await built('calendar');
const { createMailTransport, DIGEST, sweepMail } = await built('mail');
const { recordDelivery, reminderAgenda, reminderMails, reminderSweep } = await built('reminders');

const [, , databaseUrl, howMany] = process.argv;
const certificates = Number(howMany);
/** Their reminders are spread over so many days, so each day has this part of them due. */
const DAYS = 100;
const MAILS = 4_000;

const pool = createPool(databaseUrl);
const store = new PostgresEventStore(pool);
const dataSource = await createDataSource(databaseUrl, migrations).initialize();
const publicUrl = 'https://kaijisho.example.jp';
let now = new Date('2030-01-01T00:00:00.000Z');
const clock = () => now;

const accessModel = readModels.find(({ name }) => name.startsWith('user-access'));
const takeInAll = async (projections) => {
  let after = null;
  const all = { position: null, count: 0 };
  for (;;) {
    const batch = await store.readAll(after, 1_000);
    if (batch.length === 0) return all;
    for (const { apply } of projections) await dataSource.transaction((tx) => apply(batch, tx));
    after = all.position = batch.at(-1).position;
    all.count += batch.length;
  }
};
for (const id of ['dora', 'emi']) {
  const user = { id, loginName: id, name: `起草 ${id}`, address: `${id}@example.jp`, roles: ['drafter'] };
  await registerUser({ store, dataSource, now: clock }, { ...user, password: 'a long password' });
}

const at = now.toISOString();
const metadata = { actor: SYSTEM, recordedAt: at, correlationId: 'bench', causationId: 'bench' };
const registered = (number) => {
  const event = {
    type: 'CertificateRegistered',
    data: {
      ...{ certificateId: `c${number}`, kind: 'isms', name: 'ISMS認証', citedBy: [], by: SYSTEM, at },
      // Nine months before its end is tomorrow.
      ...{ number: `Z${number}`, body: '審査機関', validFrom: '2029-01-01', validUntil: '2030-10-02' },
    },
  };
  return {
    ...{ stream: `certificate-c${number}`, expected: 'no-stream' },
    events: [{ id: crypto.randomUUID(), metadata, ...certificateCodec.encode(event) }],
  };
};
const filledIn = await secondsOf(async () => {
  const AT_ONCE = 1_000;
  const due = Math.ceil(certificates / DAYS);
  for (let from = 0; from < due; from += AT_ONCE)
    await store.appendMany(Array.from({ length: Math.min(AT_ONCE, due - from) }, (_, next) => registered(from + next)));
  await takeInAll([accessModel, reminderAgenda]);
  // Those of the other days are only in the agenda: nobody reads their streams today. They are as the projection writes them.
  await dataSource.query(
    `insert into reminder_agenda (subject, state, ledger, known_on, next_on)
     select 'certificate-d' || number, jsonb_set(state, '{id}', to_jsonb('d' || number)), ledger, known_on,
            next_on + 1 + number % $2
       from reminder_agenda, generate_series(1, $1::int) as number where subject = 'certificate-c0'`,
    [certificates - due, DAYS - 1],
  );
  await dataSource.query('analyze');
});
const position = await store.head();

const sweep = reminderSweep({ store, dataSource, clock, log: console });
const run = () => sweep.run('reminders', async () => {});
const emptySeconds = median(await times(5, () => secondsOf(run)));

// The next morning.
now = new Date('2030-01-02T00:00:00.000Z');
global.gc?.();
const before = process.memoryUsage().rss;
let peak = before;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
const sweepSeconds = await secondsOf(run);
clearInterval(watch);

const found = [];
for (let after = position; ;) {
  const batch = await store.readAll(after, 1_000);
  if (batch.length === 0) break;
  found.push(...batch);
  after = batch.at(-1).position;
}
const outbox = reminderMails({ store, accountsOf, dailyReaders, publicUrl });
for (let from = 0; from < Math.min(found.length, MAILS / 2); from += 500)
  await dataSource.transaction((tx) => outbox.apply(found.slice(from, Math.min(from + 500, MAILS / 2)), tx));

const sink = fork(join(root, 'bench', 'mail-sink.mjs'), { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
const port = await new Promise((tell) => sink.stdout.once('data', (text) => tell(Number(String(text)))));
const smtpUrl = `smtp://127.0.0.1:${port}`;
const rows = await dataSource.query('select * from outgoing_mail order by id');

const plainly = async () => {
  const transport = createMailTransport(smtpUrl);
  const seconds = await secondsOf(async () => {
    let next = 0;
    const lane = async () => {
      for (let row = rows[next++]; row; row = rows[next++])
        await transport.sendMail({
          ...{ from: 'Kaijisho <kaijisho@example.jp>', subject: row.subject, text: row.text, html: row.html },
          to: { name: row.recipient_name, address: row.recipient_address },
        });
    };
    await Promise.all(Array.from({ length: 8 }, lane));
  });
  transport.close();
  return seconds;
};
const record = recordDelivery({ store, dataSource, clock });
const ours = () =>
  sweepMail({
    ...{ dataSource, clock, publicUrl, from: 'Kaijisho <kaijisho@example.jp>' },
    openTransport: () => createMailTransport(smtpUrl),
    listeners: { reminder: record, [DIGEST]: record },
  });
const plainBefore = await plainly();
const oursSeconds = await secondsOf(ours);
const plainAfter = await plainly();
const [{ sent }] = await dataSource.query(
  `select count(*)::int as sent from outgoing_mail where status = 'sent' and reported_at is not null`,
);
if (sent !== rows.length) throw new Error(`${sent} of ${rows.length} mails were sent`);

sink.disconnect();
await dataSource.destroy();
await pool.end();
console.log(
  JSON.stringify({
    ...{ certificates, due: found.length, filledIn, sweepSeconds, emptySeconds, grownBy: (peak - before) / 2 ** 20 },
    mails: {
      count: rows.length,
      ours: rows.length / oursSeconds,
      plain: (2 * rows.length) / (plainBefore + plainAfter),
    },
  }),
);
