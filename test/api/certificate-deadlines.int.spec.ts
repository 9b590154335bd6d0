import ICAL from 'ical.js';
import request from 'supertest';
import { startProduct, until, type Product } from '../setup/product';

type Browser = Awaited<ReturnType<Product['signIn']>>;

/* What a certificate's deadlines say, as it is read: in the mail that arrived, in the calendar, and on the screens' API. */
describe('what falls due of a certificate', () => {
  let product: Product;
  let now = new Date('2030-01-10T03:00:00.000Z');
  let drafter: Browser;
  let calendar: string;
  let drafters = 0;

  beforeAll(async () => void (product = await startProduct(() => now)));
  afterAll(() => product?.close());

  /** With somebody who signs in on that day: sessions end after a night. */
  const goOnTo = async (instant: string): Promise<void> => {
    now = new Date(instant);
    const person = await product.register(`drafter-${++drafters}`, '起草 花子', ['drafter']);
    drafter = await product.signIn(person);
    calendar = (await drafter.post('/api/calendar-feeds', { scope: 'mine' })).body.address;
  };
  const register = async (said: object): Promise<string> => {
    const { status, body } = await drafter.post('/api/certificates', {
      ...{ number: 'ZZ-0001', body: '審査機関株式会社', validFrom: '2027-01-22', validUntil: '2030-01-21' },
      ...said,
    });
    expect([status, body.title]).toEqual([201, undefined]);
    return body.certificateId;
  };
  const kept = async (id: string) => {
    const { status, body } = await drafter.get(`/api/certificates/${id}`);
    expect([status, body.title]).toEqual([200, undefined]);
    return body;
  };
  const entriesOf = async (id: string): Promise<readonly string[]> => {
    await kept(id); // waits until what was written here can be read
    const { text } = await request(product.address).get(new URL(calendar).pathname).buffer(true);
    return new ICAL.Component(ICAL.parse(text))
      .getAllSubcomponents('vevent')
      .map((each) => new ICAL.Event(each))
      .filter(({ description }) => description?.includes(id))
      .map(({ startDate, summary }) => `${startDate} ${summary}`)
      .sort();
  };
  const mailOf = (name: string, what: string) =>
    product.mail(({ subject }) => subject?.includes(name) === true && subject.includes(what));

  it('is, of ISMAP whose renewal is being decided, what came of it: the registration is valid beyond its term', async () => {
    await goOnTo('2030-01-10T03:00:00.000Z');
    const id = await register({ kind: 'ismap', name: 'ISMAP登録' });
    expect(await entriesOf(id)).toEqual(['2030-01-21 ISMAP登録：有効期限']);
    await drafter.post(`/api/certificates/${id}/renewal-application`, { filedOn: '2030-01-10' });
    expect(await entriesOf(id)).toEqual(['2030-01-21 ISMAP登録：更新申請の結果の確認']);

    await goOnTo('2030-01-22T03:00:00.000Z');
    expect(await kept(id)).toMatchObject({ status: 'renewalPending' });
    const { subject, text, html } = await mailOf('ISMAP登録', '結果の確認');
    expect(subject).toMatch(/^【結果の確認】ISMAP登録（.+）の更新申請$/);
    for (const words of [text, html]) {
      expect(words).toContain('2030年1月21日に満了しましたが');
      expect(words).toContain('審査の結果が出るまでは有効です');
      expect(words).not.toMatch(/期限切れ|過ぎています|更新しない場合/);
    }
    const [deadline] = (await drafter.get(`/api/deadlines?subject=certificate-${id}`)).body.deadlines;
    expect(deadline).toMatchObject({ matter: 'decision', overdue: false, daysLeft: -1 });
    expect(product.mails.filter((mail) => /【期限切れ】ISMAP/.test(mail.subject ?? ''))).toEqual([]);
  });

  it('is the renewal audit as well, by its own name', async () => {
    await goOnTo('2030-01-22T03:00:00.000Z');
    const id = await register({ kind: 'isms', name: 'ISMS認証', validUntil: '2032-01-21' });
    await drafter.put(`/api/certificates/${id}/surveillance`, { audit: 'renewal', dueOn: '2030-01-29' });
    expect(await entriesOf(id)).toEqual(['2030-01-29 ISMS認証：更新審査の期限', '2032-01-21 ISMS認証：有効期限']);
    const { text } = await mailOf('ISMS認証', '更新審査の期限');
    expect(text).toContain('「更新審査の結果を記録」');
    expect(text).toContain('登録番号 ZZ-0001、審査・登録機関 審査機関株式会社');
  });

  it('is the application again when it was recorded by mistake', async () => {
    await goOnTo('2030-01-22T03:00:00.000Z');
    const id = await register({ kind: 'privacyMark', name: 'プライバシーマーク', validUntil: '2030-06-01' });
    const application = `/api/certificates/${id}/renewal-application`;
    const both = ['2030-02-01 プライバシーマーク：更新申請の期限', '2030-06-01 プライバシーマーク：有効期限'];
    expect(await entriesOf(id)).toEqual(both);
    await mailOf('プライバシーマーク', '更新申請の期限');
    await drafter.post(application, { filedOn: '2030-01-20' });
    expect(await entriesOf(id)).toEqual(both.slice(1));
    await drafter.post(`${application}/removal`, { reason: '別の証明書の申請' });
    expect(await entriesOf(id)).toEqual(both);
    // What was said before is not said again: the next is the rung of seven days.
    let nextOn: string | undefined;
    await until(
      async () => {
        const [agenda] = await product.database.dataSource.query<{ nextOn: string }[]>(
          'select next_on::text as "nextOn" from reminder_agenda where subject = $1',
          [`certificate-${id}`],
        );
        nextOn = agenda?.nextOn;
        return nextOn === '2030-01-25';
      },
      () => `looked at next on ${nextOn}`,
    );
  });
});
