import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { certificateCodec } from '@app/certificates';
import { SYSTEM, type StreamName } from '@app/event-sourcing';
import { PostgresEventStore } from '@app/event-store-postgres';
import { reminderCodec, remindersProjections } from '@app/reminders';
import { migrations } from '@app/runtime';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { logShowsAll } from '../setup/log';

const main = join(__dirname, '..', '..', 'dist', 'apps', 'cli', 'src', 'main.js');

describe('the command line, asked about reminders', () => {
  let database: TestDatabase;
  const kaijisho = (...args: readonly string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [main, ...args], {
        env: { ...process.env, DATABASE_URL: database.url, MIGRATION_DATABASE_URL: database.ownerUrl },
      });
      let [out, err] = ['', ''];
      child.stdout.on('data', (data: Buffer) => (out += data.toString()));
      child.stderr.on('data', (data: Buffer) => (err += data.toString()));
      child.on('error', reject);
      child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(err))));
    });

  beforeAll(async () => {
    database = await createTestDatabase(migrations);
  });
  afterAll(() => database.close());

  it('prints what will be mailed of a certificate, and the ledger with what the mail server said', async () => {
    const store = new PostgresEventStore(database.pool);
    const at = '2030-04-30T00:00:00.000Z';
    const metadata = { actor: SYSTEM, recordedAt: at, correlationId: 'spec', causationId: 'spec' };
    const add = (stream: StreamName, ...events: readonly ReturnType<typeof reminderCodec.encode>[]) =>
      store.append(
        stream,
        'no-stream',
        events.map((event) => ({ ...event, id: randomUUID(), metadata })),
      );
    const by = { id: 'u1', name: '起草 土良' };
    const term = { number: 'ZZ-1', body: '審査機関', validFrom: '2027-07-01', validUntil: '2030-06-30' };
    const certificate = { certificateId: 'c1', kind: 'isms', name: 'ISMS認証', citedBy: [], ...term, by, at };
    await add('certificate-c1', certificateCodec.encode({ type: 'CertificateRegistered', data: certificate }));
    const [subject, dueOn] = ['certificate-c1', '2030-06-30'];
    const rung = { rungId: `${subject}:${dueOn}:2m`, rung: '2m', label: '2か月前', sendOn: '2030-04-30' };
    const about = { title: 'ISMS認証', detail: '', path: '/certificates/c1', citedBy: [] };
    const due = { ...rung, subject, about, dueOn, on: rung.sendOn, collapsed: [], recipients: ['u1'], at };
    const delivered = { rungId: rung.rungId, recipient: 'u1', messageId: '<1@x>', smtpAnswer: '250 ok', at };
    await add(
      'reminder-certificate-c1',
      reminderCodec.encode({ type: 'ReminderDue', data: due }),
      reminderCodec.encode({ type: 'ReminderSent', data: delivered }),
    );
    await logShowsAll(database.dataSource);
    for (const { apply } of remindersProjections)
      await apply(await store.readAll(null, 100), database.dataSource.manager);

    const asked = async (...args: readonly string[]) => JSON.parse(await kaijisho('reminders', ...args, '--json'));
    const [plan, ledger, later] = await Promise.all([
      asked('plan', '--as-of', '2030-05-01'),
      asked('ledger', '--from', '2030-04-30', '--to', '2030-04-30'),
      asked('ledger', '--from', '2030-05-01'),
    ]);
    expect(plan.slice(0, 2)).toMatchObject([
      { rung: '30d', sendOn: '2030-05-31', certificate: { number: 'ZZ-1' }, matter: 'renewal', dueOn },
      { rung: '14d', sendOn: '2030-06-16' },
    ]);
    expect(ledger).toMatchObject([
      {
        ...{ rungId: rung.rungId, stands: true },
        deliveries: [{ userId: 'u1', state: 'sent', messageId: '<1@x>', answer: '250 ok', at }],
      },
    ]);
    expect(later).toEqual([]);
  }, 180_000); // three processes start
});
