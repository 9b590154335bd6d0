import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Email } from 'postal-mime';
import request from 'supertest';
import { logShowsAll } from '../../../test/setup/log';
import { startProduct, until, type Person, type Product } from '../../../test/setup/product';
import { readerMails } from './reader-mails';

const sample = readFileSync(join(__dirname, '..', '..', 'demo', 'disclosure-edition-1.md'));
const DAY = 24 * 3_600_000;

type Browser = Awaited<ReturnType<Product['signIn']>>;

describe('what readers are told besides new editions', () => {
  let now = new Date('2030-01-20T03:00:00.000Z');
  let product: Product;
  let officer: Person;
  let management: Browser;
  let disclosure: string;
  let edition: number;
  let item: { readonly itemKey: string; readonly number: number; readonly title: string };

  beforeAll(async () => {
    product = await startProduct(() => now);
    const drafter = await product.signIn(await product.register('drafter', '起草 花子', ['drafter']));
    officer = await product.register('management', '管理 三郎', ['signatory']);
    await product.appoint(officer, 'managementOfficer', '本部長');
    const imported = await drafter.upload('/api/imports?fileName=sample.md&service=minato', sample);
    disclosure = `/api/disclosures/${imported.body.disclosureId}`;
    const { editions, parts } = (await drafter.get(disclosure)).body;
    edition = editions.at(-1).number;
    [, item] = parts[0].items;
    await until(
      async () => (await request(product.address).get('/d/minato/follow')).status === 200,
      () => 'the service is not on the portal',
    );
  });
  afterAll(() => product?.close());

  /** Each test is a day of its own, of which a session does not last until the next. */
  beforeEach(async () => {
    now = new Date(now.getTime() + DAY);
    management = await product.signIn(officer);
  });

  const mailsTo = (address: string): readonly Email[] =>
    product.mails.filter(({ to }) => to?.some((each) => each.address === address));
  const mailTo = (address: string, about: string): Promise<Email> =>
    product.mail(
      ({ to, subject }) => (to?.some((each) => each.address === address) ?? false) && !!subject?.includes(about),
    );
  const linkIn = ({ text = '' }: Email, purpose: string): string =>
    new RegExp(`/reader/${purpose}\\.[^\\s>]+`).exec(text)![0];
  const headerOf = (mail: Email, key: string) => mail.headers.find((header) => header.key === key)?.value;
  const ask = (hospital: string, mail: string) =>
    request(product.address).post('/d/minato/follow').type('form').send({ hospital, mail });
  const following = async (hospital: string, address: string): Promise<void> => {
    await ask(hospital, address);
    const { status } = await request(product.address).post(linkIn(await mailTo(address, '登録の確認'), 'c'));
    expect(status).toBe(200);
  };
  const annotate = async (itemKey: string | null, text: string): Promise<void> => {
    now = new Date(now.getTime() + 60_000);
    const answer = await management.post(`${disclosure}/editions/${edition}/errata`, {
      ...{ itemKey, text, reason: `${text}の理由` },
    });
    expect([answer.status, answer.body.title]).toEqual([200, undefined]);
  };
  /** As when the worker that wrote the mails died before its checkpoint was kept. */
  const readAgain = async (): Promise<void> => {
    const { dataSource } = product.database;
    await logShowsAll(dataSource);
    const events = await product.store.readAll(null, 10_000);
    const mails = readerMails({ store: product.store, publicUrl: 'http://kaijisho.example' });
    await dataSource.transaction((tx) => mails.apply(events, tx));
  };
  const outgoing = (about: string) =>
    product.database.dataSource.query<{ address: string; id: string }[]>(
      `select recipient_address as address, id from outgoing_mail where subject like $1 order by 1, 2`,
      [`%${about}%`],
    );

  it('is an erratum: where, what, why and by whom, once, to who follows and has not left', async () => {
    await following('継続病院', 'stays@hospital.example');
    await following('退会病院', 'left@hospital.example');
    await ask('未確認病院', 'silent@hospital.example');
    await annotate(item.itemKey, '「第三者」は「認証機関」の誤りです。');
    const mail = await mailTo('stays@hospital.example', '正誤');
    expect(mail.subject).toContain(`第${edition}版`);
    for (const said of [
      ...['継続病院 御中', `I-${item.number} ${item.title}`, '「第三者」は「認証機関」の誤りです。', '2030年1月21日'],
      ...[
        '「第三者」は「認証機関」の誤りです。の理由',
        '管理責任者 管理 三郎',
        '受領を改めて記録していただく必要はありません',
      ],
      ...[`http://kaijisho.example/d/minato/editions/${edition}#I-${item.number}`],
    ])
      expect(mail.text).toContain(said);
    expect(headerOf(mail, 'list-unsubscribe')).toBe(`<http://kaijisho.example${linkIn(mail, 'u')}>`);
    expect(headerOf(mail, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');

    await request(product.address).post(linkIn(await mailTo('left@hospital.example', '正誤'), 'u'));
    await annotate(null, '表紙の年号の誤りです。');
    await until(
      () => mailsTo('stays@hospital.example').filter(({ subject }) => subject?.includes('正誤')).length === 2,
      () => 'the second erratum was not mailed',
    );
    expect(mailsTo('stays@hospital.example').at(-1)!.text).toContain(`第${edition}版全体`);
    await readAgain();
    const mailed = await outgoing('正誤');
    expect(mailed.map(({ address }) => address)).toEqual(['stays@hospital.example', 'stays@hospital.example']);
    expect(mailsTo('left@hospital.example').filter(({ subject }) => subject?.includes('正誤'))).toHaveLength(1);
  });

  it('is no erratum that stood on the page when they came', async () => {
    await until(
      async () =>
        (await request(product.address).get(`/d/minato/editions/${edition}`)).text.includes('表紙の年号の誤りです。'),
      () => 'the erratum is not on the page',
    );
    await following('後着病院', 'later@hospital.example');
    await readAgain();
    expect((await outgoing('正誤')).filter(({ address }) => address === 'later@hospital.example')).toEqual([]);
    await annotate(null, '後からの正誤です。');
    expect((await mailTo('later@hospital.example', '正誤')).text).toContain('後からの正誤です。');
  });

  it('is an erratum that its page did not show when it confirmed, however long that lagged behind', async () => {
    now = new Date(now.getTime() + 2 * 3_600_000);
    await following('行き違い病院', 'behind@hospital.example');
    now = new Date(now.getTime() - 2 * 3_600_000);
    await annotate(null, '行き違いの正誤です。');
    expect((await mailTo('behind@hospital.example', '正誤')).text).toContain('行き違いの正誤です。');
  });

  it('is the end of the service, once', async () => {
    const ended = await management.post(`${disclosure}/retirement`, { reason: '後継へ移ります。', on: '2030-03-31' });
    expect([ended.status, ended.body.title]).toEqual([200, undefined]);
    const mail = await mailTo('stays@hospital.example', '提供終了');
    for (const said of ['2030年3月31日をもって終了します', '後継へ移ります。', 'http://kaijisho.example/d/minato'])
      expect(mail.text).toContain(said);
    expect(headerOf(mail, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    await mailTo('later@hospital.example', '提供終了');
    await mailTo('behind@hospital.example', '提供終了');
    await readAgain();
    expect((await outgoing('提供終了')).map(({ address }) => address)).toEqual([
      'behind@hospital.example',
      'later@hospital.example',
      'stays@hospital.example',
    ]);
    expect(await outgoing('正誤')).toHaveLength(7);
  });

  it('is where to read on, when a link has expired and nobody can follow any more', async () => {
    const page = async () => {
      const { status, text } = await request(product.address).get(acknowledge);
      return [status, text] as const;
    };
    const acknowledge = linkIn(await mailTo('stays@hospital.example', '登録の確認'), 'c');
    now = new Date(now.getTime() + 100 * DAY);
    const [status, text] = await page();
    expect(status).toBe(410);
    expect(text).toContain('href="/d/minato"');
    expect(text).not.toContain('/follow');
  });
});
