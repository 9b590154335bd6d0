import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { enqueueMail, sweepMail } from '@app/mail';
import { migrations } from '@app/runtime';
import { createTestDatabase, type TestDatabase } from '../setup/database';

const main = join(__dirname, '..', '..', 'dist', 'apps', 'cli', 'src', 'main.js');

describe('the command line, given what came back', () => {
  let database: TestDatabase;
  const bounced = (input: string): Promise<{ readonly code: number | null; readonly said: string }> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [main, 'mail', 'bounced', '-'], {
        env: { ...process.env, DATABASE_URL: database.url },
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, said }));
      child.stdin.end(input);
    });
  const notification = (messageId: string): string =>
    [
      'Message-ID: <dsn@mx.example.jp>',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="A"',
      '',
      '--A',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.jp',
      '',
      'Action: failed',
      'Status: 5.1.1',
      '',
      '--A',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${messageId}`,
      '',
      '--A--',
      '',
    ].join('\r\n');

  beforeAll(async () => void (database = await createTestDatabase(migrations)));
  afterAll(() => database.close());

  it('records it once, and says of anything else that there is nothing to record', async () => {
    const to = { name: '受取 人', address: 'recipient@example.jp' };
    const mail = { id: 'bounced/1', kind: 'spec', to, subject: '件名', text: '本文', html: '<p>本文</p>' };
    const { dataSource } = database;
    await dataSource.transaction((tx) => enqueueMail(tx, mail, new Date()));
    await sweepMail({
      ...{ dataSource, clock: () => new Date(), from: 'a@example.jp', publicUrl: 'http://kaijisho.example' },
      openTransport: () => ({ sendMail: async () => ({ response: '250 ok' }), close: () => {} }) as never,
      listeners: {},
    });
    const [sent] = await dataSource.query<[{ message_id: string }]>('select message_id from outgoing_mail');

    expect(await bounced(notification(sent.message_id))).toMatchObject({
      code: 0,
      said: expect.stringContaining('もう一度'),
    });
    expect(await bounced(notification(sent.message_id))).toMatchObject({
      code: 0,
      said: expect.stringContaining('記録済み'),
    });
    expect(await dataSource.query('select status, refusals, last_error from outgoing_mail')).toEqual([
      { status: 'refused', refusals: 1, last_error: 'Returned: 5.1.1' },
    ]);
    expect(await bounced(notification('<nobody@x>'))).toMatchObject({
      code: 2,
      said: expect.stringContaining('not about a mail'),
    });
    expect(await bounced('nonsense')).toMatchObject({ code: 2, said: expect.stringContaining('RFC 3464') });
  }, 180_000); // four processes start
});
