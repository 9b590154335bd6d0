import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { startMailbox, type Mailbox } from './mailbox';

describe('the mailbox', () => {
  let directory: string;
  let mailbox: Mailbox;

  const open = async () => (mailbox = await startMailbox({ directory, smtpPort: 0, httpPort: 0 }));
  const send = (to: string, subject: string, html = '<p>第7版</p>') =>
    createTransport({ host: '127.0.0.1', port: mailbox.smtpPort, ignoreTLS: true }).sendMail({
      from: 'Kaijisho <kaijisho@example.jp>',
      to,
      subject,
      html,
      text: '確認してください https://kaijisho.example.jp/review/7',
      messageId: '<one@example.jp>',
    });
  const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${mailbox.httpPort}${path}`, init);
  const mails = async (query = '') => (await get(`/api/mails${query}`)).json() as Promise<Record<string, unknown>[]>;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kaijisho-mailbox-'));
    await open();
  });
  afterEach(async () => {
    await mailbox.close();
    await rm(directory, { recursive: true });
  });

  it('keeps what is sent to it and tells it to tests, newest first', async () => {
    await send('佐藤 美咲 <sato@example.jp>', '【承認依頼】第7版');
    await send('tanaka@example.jp', '二通目', '<a href="https://kaijisho.example.jp/?a=1&amp;b=2">開く</a>');
    expect(await mails()).toMatchObject([
      { subject: '二通目', links: ['https://kaijisho.example.jp/?a=1&b=2', 'https://kaijisho.example.jp/review/7'] },
      {
        from: 'Kaijisho <kaijisho@example.jp>',
        to: ['佐藤 美咲 <sato@example.jp>'],
        subject: '【承認依頼】第7版',
        messageId: '<one@example.jp>',
        html: expect.stringContaining('<p>第7版</p>'),
        text: expect.stringContaining('確認してください'),
      },
    ]);
  });

  it('can be asked for the mails to one address', async () => {
    await send('佐藤 美咲 <sato@example.jp>', '一通目');
    await send('tanaka@example.jp', '二通目');
    expect(await mails('?to=sato@example.jp')).toMatchObject([{ subject: '一通目' }]);
    const page = await (await get('/?to=tanaka@example.jp')).text();
    expect(page).toContain('二通目');
    expect(page).not.toContain('一通目');
  });

  it('has its mails again after a restart', async () => {
    await send('sato@example.jp', '残るメール');
    await mailbox.close();
    await open();
    expect(await mails()).toMatchObject([{ subject: '残るメール' }]);
  });

  it('shows the others when a file is broken', async () => {
    await send('sato@example.jp', '読めるメール');
    const name = '1999999999999-000000-00000000-0000-4000-8000-000000000000.eml';
    await writeFile(join(directory, name), Buffer.from([0, 255, 1, 254]));
    await writeFile(join(directory, 'notes.txt'), 'not a mail');
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/読み取れないメール[\s\S]*読めるメール/);
  });

  it('shows the HTML of a mail where it can neither run nor load anything', async () => {
    await send('sato@example.jp', '<script>alert(1)</script>', '<script>alert(2)</script><p>本文</p>');
    const [mail] = await mails();
    const page = await get(`/mails/${String(mail?.['id'])}`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).not.toContain('<script');
    const frame = await get(`/mails/${String(mail?.['id'])}/html`);
    expect(frame.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(await frame.text()).toContain('<p>本文</p>');
  });

  it('forgets everything when told to, but not by another site', async () => {
    await send('sato@example.jp', '消えるメール');
    const elsewhere = { method: 'POST', headers: { origin: 'https://elsewhere.example' } };
    expect((await get('/delete-all', elsewhere)).status).toBe(403);
    expect(await mails()).toHaveLength(1);
    expect((await get('/api/mails', { method: 'DELETE' })).status).toBe(204);
    expect([await mails(), await readdir(directory)]).toEqual([[], []]);
  });

  it('has no page for a path out of its directory', async () => {
    expect((await get('/mails/..%2F..%2Fetc%2Fpasswd')).status).toBe(404);
  });
});
