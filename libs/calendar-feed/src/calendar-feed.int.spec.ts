import { createHash } from 'node:crypto';
import ICAL from 'ical.js';
import request from 'supertest';
import { startProduct, type Person, type Product } from '../../../test/setup/product';

type Browser = Awaited<ReturnType<Product['signIn']>>;

const today = new Date('2030-01-10T03:00:00.000Z');
const certificate = {
  ...{ kind: 'isms', name: 'ISMS認証', number: 'IS 000000', body: '日本審査機構' },
  ...{ validFrom: '2027-02-01', validUntil: '2030-01-31' },
};

describe('a calendar of what falls due', () => {
  let product: Product;
  let administrator: Person;
  let auditor: Person;
  let browsers: { readonly administrator: Browser; readonly drafter: Browser; readonly auditor: Browser };

  beforeAll(async () => {
    product = await startProduct(() => today);
    administrator = await product.register('administrator', '管理 花子', ['administrator']);
    const drafter = await product.register('drafter', '起草 太郎', ['drafter']);
    auditor = await product.register('auditor', '監査 次郎', ['auditor']);
    browsers = {
      administrator: await product.signIn(administrator),
      drafter: await product.signIn(drafter),
      auditor: await product.signIn(auditor),
    };
    await browsers.drafter.post('/api/certificates', certificate);
    await product.mail(({ subject }) => subject?.includes('ISMS認証') === true); // so that everything has taken it in
  });
  afterAll(() => product?.close());

  const newFeed = async (browser: Browser, scope: 'mine' | 'organisation') => {
    const answer = await browser.post('/api/calendar-feeds', { scope });
    expect(answer.status).toBe(201);
    return answer.body as { id: string; address: string };
  };
  /** As a calendar program does: without a session. */
  const read = (address: string, headers: Record<string, string> = {}) =>
    request(product.address)
      .get(new URL(address).pathname)
      .set(headers)
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
        response.on('end', () => done(null, text));
      });
  const eventsOf = (text: string) =>
    new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
  const revoke = (browser: Browser, id: string) => browser.delete(`/api/calendar-feeds/${id}`);

  it('is read without signing in, by whoever knows the address', async () => {
    const { address } = await newFeed(browsers.drafter, 'mine');
    expect(address).toMatch(/^http:\/\/kaijisho\.example\/calendar\/[\w-]{22}\.ics$/);
    const answer = await read(address);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(answer.headers['cache-control']).toContain('private');
    const [event, ...others] = eventsOf(answer.body);
    expect(others).toEqual([]);
    expect(event!.summary).toContain('ISMS認証');
    expect(event!.startDate.toString()).toBe('2030-01-31');
    expect(event!.description).toContain('http://kaijisho.example/certificates/');
  });

  it('is not sent again while nothing has changed', async () => {
    const { address } = await newFeed(browsers.drafter, 'mine');
    const first = await read(address);
    const again = await read(address, { 'if-none-match': first.headers['etag']! });
    expect([again.status, again.body]).toEqual([304, '']);
    const other = { ...certificate, name: 'プライバシーマーク', kind: 'privacyMark', validUntil: '2031-05-05' };
    const { certificateId } = (await browsers.drafter.post('/api/certificates', other)).body;
    await browsers.drafter.get(`/api/certificates/${certificateId}`);
    const changed = await read(address, { 'if-none-match': first.headers['etag']! });
    expect(changed.status).toBe(200);
    expect(changed.body).toContain('プライバシーマーク');
    await browsers.drafter.post(`/api/certificates/${certificateId}/withdrawal`, { reason: '登録の誤り' });
    await browsers.drafter.get(`/api/certificates/${certificateId}`);
    expect((await read(address)).body).not.toContain('プライバシーマーク');
  });

  it('holds for a person what the person is reminded of, and for the organisation everything', async () => {
    expect(eventsOf((await read((await newFeed(browsers.auditor, 'mine')).address)).body)).toEqual([]);
    const common = await newFeed(browsers.administrator, 'organisation');
    expect(eventsOf((await read(common.address)).body)).toHaveLength(1);
  });

  it('holds audits as well, for whoever is responsible for them', async () => {
    const audit = { kind: 'drill', name: '復旧訓練', recurrence: null, dueOn: '2030-03-11' };
    const { auditId } = (await browsers.drafter.post('/api/audits', { ...audit, responsible: { user: auditor.id } }))
      .body;
    await browsers.drafter.get(`/api/audits/${auditId}`);
    const [event, ...others] = eventsOf((await read((await newFeed(browsers.auditor, 'mine')).address)).body);
    expect(others).toEqual([]);
    expect(event!.summary).toBe('復旧訓練：実施期限');
    expect(event!.startDate.toString()).toBe('2030-03-11');
    expect(event!.description).toContain(`http://kaijisho.example/audits/${auditId}`);
  });

  it('goes as far as five years', async () => {
    for (const [name, validUntil] of [
      ['五年後', '2035-01-10'],
      ['その先', '2035-01-11'],
    ]) {
      const { certificateId } = (await browsers.drafter.post('/api/certificates', { ...certificate, name, validUntil }))
        .body;
      await browsers.drafter.get(`/api/certificates/${certificateId}`);
    }
    const { body } = await read((await newFeed(browsers.drafter, 'mine')).address);
    expect(body).toContain('五年後');
    expect(body).not.toContain('その先');
  });

  it('is made for the organisation, and revoked, by administrators only', async () => {
    expect((await browsers.drafter.post('/api/calendar-feeds', { scope: 'organisation' })).status).toBe(403);
    const { id, address } = await newFeed(browsers.administrator, 'organisation');
    expect((await revoke(browsers.drafter, id)).status).toBe(403);
    expect((await browsers.drafter.get('/api/calendar-feeds')).body.feeds).not.toContainEqual(
      expect.objectContaining({ id }),
    );
    expect((await revoke(browsers.administrator, id)).status).toBe(204);
    expect((await read(address)).status).toBe(404);
  });

  it('says nothing any more once its address is revoked, and only its owner can do that', async () => {
    const { id, address } = await newFeed(browsers.auditor, 'mine');
    expect((await revoke(browsers.administrator, id)).status).toBe(404);
    expect((await read(address)).status).toBe(200);
    expect((await revoke(browsers.auditor, id)).status).toBe(204);
    expect((await read(address)).status).toBe(404);
    expect((await browsers.auditor.get('/api/calendar-feeds')).body.feeds).not.toContainEqual(
      expect.objectContaining({ id }),
    );
    expect((await revoke(browsers.auditor, id)).status).toBe(404);
  });

  it('tells its owner when it was read last, and never the address again', async () => {
    const { id, address } = await newFeed(browsers.auditor, 'mine');
    const mine = async () =>
      (await browsers.auditor.get('/api/calendar-feeds')).body.feeds.find((feed: { id: string }) => feed.id === id);
    expect(await mine()).toEqual({
      ...{ id, scope: 'mine', createdAt: today.toISOString(), createdBy: '監査 次郎', lastReadAt: null },
    });
    await read(address);
    expect(await mine()).toMatchObject({ lastReadAt: today.toISOString() });
  });

  it('is not found under a wrong address, nor in what is stored', async () => {
    const { address } = await newFeed(browsers.auditor, 'mine');
    const secret = address.slice(-26, -4);
    for (const wrong of [address.replace('.ics', ''), address.replace(secret, `${secret.slice(1)}A`), `${address}x`])
      expect((await read(wrong)).status).toBe(404);
    const rows = await product.database.dataSource.query('select * from calendar_feed');
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(rows)).toContain(createHash('sha256').update(secret).digest('hex'));
  });

  it('falls silent with the account of its owner', async () => {
    const leaver = await product.register('leaver', '退職 一郎', ['drafter']);
    const { address } = await newFeed(await product.signIn(leaver), 'mine');
    expect((await read(address)).status).toBe(200);
    await browsers.administrator.post(`/api/users/${leaver.id}/disable`);
    await browsers.administrator.get('/api/users');
    expect((await read(address)).status).toBe(404);
  });
});
