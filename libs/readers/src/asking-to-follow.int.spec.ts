import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Email } from 'postal-mime';
import request from 'supertest';
import { startProduct, until, type Person, type Product } from '../../../test/setup/product';
import { forgetUnconfirmed } from './forget-unconfirmed';

const DAY = 24 * 3_600_000;
const sample = readFileSync(join(__dirname, '..', '..', 'demo', 'disclosure-edition-1.md'));

describe('asking to follow in the form', () => {
  let now = new Date('2030-01-20T03:00:00.000Z');
  let product: Product;
  let person: Person;
  let disclosureId: string;

  beforeAll(async () => {
    product = await startProduct(() => now);
    person = await product.register('drafter', '起草 花子', ['drafter']);
    const drafter = await product.signIn(person);
    const imported = await drafter.upload('/api/imports?fileName=sample.md&service=minato', sample);
    expect(imported.status).toBe(201);
    ({ disclosureId } = imported.body);
    await until(
      async () => (await request(product.address).get('/d/minato/follow')).status === 200,
      () => 'the service is not on the portal',
    );
  });
  afterAll(() => product?.close());

  const follow = async (hospital: string, mail: string): Promise<void> => {
    const answer = await request(product.address).post('/d/minato/follow').type('form').send({ hospital, mail });
    expect(answer.status).toBe(200);
  };
  const sweep = async (later = 0): Promise<void> => {
    const clock = () => new Date(now.getTime() + later);
    const [job] = forgetUnconfirmed({ store: product.store, dataSource: product.database.dataSource, clock }).jobs;
    await job!.run('', async () => {});
  };
  const attempts = () => product.database.dataSource.query<{ key: string }[]>('select key from sign_in_attempt');

  it('is counted without keeping the address, and the count is erased when its time is over', async () => {
    await follow('病院', 'Somebody@hospital.example');
    const counted = await attempts();
    expect(counted.map(({ key }) => key)).toContainEqual(expect.stringMatching(/^follow:/));
    expect(JSON.stringify(counted).toLowerCase()).not.toContain('somebody');
    await sweep(3_600_000);
    expect(await attempts()).toEqual([]);
  });

  it('puts no word of a stranger into the mail that asks the owner of the address', async () => {
    await follow('当選おめでとうございます https://evil.example/', 'owner@hospital.example');
    const mail = await product.mail(({ to }) => to?.some((each) => each.address === 'owner@hospital.example') ?? false);
    const { subject, text, html, to } = mail;
    expect(text).toContain('/reader/c.');
    expect(JSON.stringify({ subject, text, html, to })).not.toMatch(/当選|evil/);
  });

  it('is turned down in one click, and only the owner of the address can change that', async () => {
    const address = 'declines@hospital.example';
    const rows = (what: string) =>
      product.database.dataSource.query<unknown[]>(
        what === 'mails'
          ? 'select from outgoing_mail where recipient_address = $1'
          : 'select from reader_contact where address = $1',
        [address],
      );
    const arrived = async (count: number): Promise<Email> => {
      const mails = () => product.mails.filter(({ to }) => to?.some((each) => each.address === address));
      await until(
        () => mails().length >= count,
        () => `not ${count} mails to ${address}`,
      );
      return mails().at(-1)!;
    };
    const linkIn = ({ text = '' }: Email, purpose: string) => new RegExp(`/reader/${purpose}\\.\\S+`).exec(text)![0];
    const drafter = await product.signIn(person);
    const invitation = { disclosureId, hospital: '辞退病院', address };
    const { readerId } = (await drafter.post('/api/readers', invitation)).body;
    const mail = await arrived(1);
    const decline = linkIn(mail, 'u');
    const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
    expect(headers['list-unsubscribe']).toBe(`<http://kaijisho.example${decline}>`);
    expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');

    expect((await request(product.address).get(decline)).text).toContain('今後この案内を受け取らない</button>');
    expect(await rows('contacts')).toHaveLength(1);
    for (let i = 0; i < 2; i++) {
      const left = await request(product.address).post(decline).type('form').send({ 'List-Unsubscribe': 'One-Click' });
      expect([left.status, left.text]).toEqual([200, expect.stringContaining('停止しました')]);
    }
    expect([...(await rows('contacts')), ...(await rows('mails'))]).toEqual([]);
    const listed = async () => (await drafter.get('/api/readers')).body.readers as { id: string; status: string }[];
    await until(
      async () => (await listed()).some(({ id, status }) => id === readerId && status === 'declined'),
      () => 'the list does not say that it was turned down',
    );

    expect((await drafter.post('/api/readers', invitation)).body.title).toBe('HasRefused');
    await follow('辞退病院', address);
    await arrived(2);
    now = new Date(now.getTime() + 29 * DAY);
    // The worker sweeps as well, at a time that nobody knows: from here on it makes no difference.
    await sweep();
    await follow('辞退病院', address);
    expect(await rows('mails')).toEqual([]);
    now = new Date(now.getTime() + DAY);
    await follow('辞退病院', address);
    const confirmed = await request(product.address).post(linkIn(await arrived(3), 'c'));
    expect(confirmed.text).toContain('登録が完了しました');
    const again = await (await product.signIn(person)).post('/api/readers', invitation);
    expect(again.body.title).toBe('AlreadyFollowing');
  });

  it('is turned down by whom nobody invited: what a stranger typed is mailed there no more', async () => {
    const address = 'stranger@hospital.example';
    await follow('他人', address);
    const asked = await product.mail(({ to }) => to?.some((each) => each.address === address) ?? false);
    const link = /\/reader\/u\.\S+/.exec(asked.text ?? '')![0];
    for (let i = 0; i < 2; i++) expect((await request(product.address).post(link)).status).toBe(200);
    now = new Date(now.getTime() + 3_600_000);
    for (let i = 0; i < 2; i++) await follow('他人', address);
    const waiting = await product.database.dataSource.query<unknown[]>(
      'select from outgoing_mail where recipient_address = $1',
      [address],
    );
    expect(waiting).toHaveLength(1);
  });

  describe('is turned down by the link of a mail from before', () => {
    const invite = async (address: string) =>
      (await product.signIn(person)).post('/api/readers', { disclosureId, hospital: '後日病院', address });
    const leaveIn = async (address: string): Promise<string> => {
      const mail = await product.mail(({ to }) => to?.some((each) => each.address === address) ?? false);
      return /\/reader\/u\.\S+/.exec(mail.text ?? '')![0];
    };
    const contacts = (address: string) =>
      product.database.dataSource.query<unknown[]>('select from reader_contact where address = $1', [address]);
    const press = async (link: string): Promise<void> => {
      for (let i = 0; i < 2; i++) {
        const left = await request(product.address).post(link).type('form').send({ 'List-Unsubscribe': 'One-Click' });
        expect([left.status, left.text]).toEqual([200, expect.stringContaining('停止しました')]);
      }
    };
    const isKept = async (address: string): Promise<void> => {
      expect((await invite(address)).body.title).toBe('HasRefused');
      expect(await contacts(address)).toEqual([]);
    };

    it('when the sweep has forgotten an invitation, and what was typed into the form', async () => {
      const [invited, typed] = ['late@hospital.example', 'late-typed@hospital.example'];
      expect((await invite(invited)).status).toBe(201);
      await follow('後日病院', typed);
      const links = [await leaveIn(invited), await leaveIn(typed)];
      now = new Date(now.getTime() + 31 * DAY);
      await sweep();
      for (const address of [invited, typed]) expect(await contacts(address)).toEqual([]);
      for (const link of links) {
        const asked = await request(product.address).get(link);
        expect([asked.status, asked.text]).toEqual([
          200,
          expect.stringContaining('今後この案内を受け取らない</button>'),
        ]);
        await press(link);
        expect((await request(product.address).get(link)).text).toContain('停止しました');
      }
      for (const address of [invited, typed]) await isKept(address);
    });

    it('when the vendor has removed it, and invited it again', async () => {
      const address = 'removed@hospital.example';
      const { readerId } = (await invite(address)).body;
      const link = await leaveIn(address);
      expect((await (await product.signIn(person)).delete(`/api/readers/${readerId}`)).status).toBe(200);
      expect((await invite(address)).status).toBe(201);
      await press(link);
      await isKept(address);
    });

    it('but not for ever, and by no link that was forged: it is promised nothing', async () => {
      const address = 'forged@hospital.example';
      const { readerId } = (await invite(address)).body;
      const link = await leaveIn(address);
      expect((await (await product.signIn(person)).delete(`/api/readers/${readerId}`)).status).toBe(200);
      const isNone = async (forged: string): Promise<void> => {
        for (const answer of [await request(product.address).get(forged), await request(product.address).post(forged)])
          expect([forged, answer.status, answer.text]).toEqual([
            forged,
            404,
            expect.stringContaining('このリンクは使えません'),
          ]);
      };
      await isNone(`${link.slice(0, -3)}AAA`);
      await isNone(link.replace(readerId, '01940000-0000-7000-8000-000000000009'));
      now = new Date(now.getTime() + 366 * DAY);
      await sweep();
      await isNone(link);
      expect((await invite(address)).status).toBe(201);
    });
  });
});
