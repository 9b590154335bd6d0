import { readyMadeLadders, rungsDue, type Ladder } from '@app/reminding';
import type { About } from './domain/reminder';
import { reminderMail } from './reminder-mails';
import { readReminderMailId, reminderMailId } from './reminder-stream';

const subject = 'certificate-c1';
const to = { id: 'mio', name: '管理 美緒', address: 'mio@example.jp' };
const about: About = {
  title: 'ISMS認証',
  detail: '登録番号 ZZ-0001、審査・登録機関 審査機関株式会社',
  path: '/certificates/c1',
  citedBy: [{ disclosureId: 'd1', itemKey: 'I-7', label: 'クラウドカルテ　I-7 認証の取得状況' }],
};

const dueOn = '2030-06-30';
const isms = readyMadeLadders['isms']?.ladder as Ladder;

const mailOn = (
  on: string,
  changes: Partial<Parameters<typeof reminderMail>[0]> = {},
  escalated: Parameters<typeof reminderMail>[3] = null,
  ladder = isms,
  undelivered: Parameters<typeof reminderMail>[4] = undefined,
) => {
  const due = rungsDue({ subject, matter: 'renewal', ladder: 'isms', dueOn, knownOn: '2029-01-01' }, ladder, on);
  if (!due) throw new Error(`nothing is due on ${on}`);
  const details = { subject, about, dueOn, on, collapsed: [], recipients: ['mio'], at: `${on}T00:00:00.000Z` };
  return reminderMail(
    { ...due.latest, ...details, ...changes },
    to,
    'https://kaijisho.example.jp',
    escalated,
    undelivered,
  );
};

describe('the mail of a reminder', () => {
  it.each([
    ['2029-09-30', '【期限9か月前】'],
    ['2030-05-31', '【期限30日前】'],
    ['2030-06-29', '【期限前日】'],
    ['2030-06-30', '【期限当日】'],
    ['2030-07-01', '【期限切れ】'],
  ])('begins on %s with %s', (on, beginning) =>
    expect(mailOn(on).subject).toBe(`${beginning}ISMS認証（登録番号 ZZ-0001）の有効期限`),
  );

  it('does not claim more days than are left when it is late', () => {
    expect(mailOn('2030-05-16').subject).toMatch(/^【期限まであと45日】/);
    expect(mailOn('2030-05-16').text).toContain('あと45日です');
  });

  it.each([
    ['previous', '2030-06-28', '【期限まであと2日】', '当日 moved from a Sunday to the Friday'],
    ['next', '2030-06-03', '【期限まであと27日】', '28日前 moved from a Sunday to the Monday'],
    ['previous', '2029-09-28', '【期限まであと275日】', '9か月前 moved from a Sunday to the Friday'],
    ['next', '2030-05-31', '【期限30日前】', '30日前 on a Friday'],
  ] as const)(
    'does not claim days that are not left when it is moved (%s, %s: %s)',
    (businessDays, on, beginning, _why) => {
      const before = [{ months: 9 }, { days: 30 }, { days: 28 }, { days: 0 }];
      expect(mailOn(on, {}, null, { ...isms, before, businessDays }).subject.slice(0, beginning.length)).toBe(
        beginning,
      );
    },
  );

  it('says what is due, who cites it, what to do, and has one link', () => {
    const { text, html } = mailOn('2030-05-01');
    for (const part of [
      '管理 美緒 様',
      '2030年6月30日',
      'クラウドカルテ　I-7 認証の取得状況',
      '「更新を記録」',
      '審査機関株式会社',
    ]) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    expect(text.match(/https:\/\/\S+/g)).toEqual(['https://kaijisho.example.jp/certificates/c1']);
  });

  it('says how long ago a certificate lapsed, and names the buttons that end that', () => {
    const { text } = mailOn('2030-07-10');
    expect(text).toContain('10日過ぎています（2030年7月10日の時点）');
    expect(text).toContain('「更新を記録」に新しい証明書の内容');
    expect(text).toContain('「取下げ」を選んで');
  });

  it('says of a certificate whose renewal is decided that it is valid, on whatever day', () => {
    for (const on of ['2030-05-31', '2030-06-30', '2030-07-01', '2030-08-30']) {
      const { subject: line, text, html } = mailOn(on, { matter: 'decision' });
      expect(line).toBe('【結果の確認】ISMS認証（登録番号 ZZ-0001）の更新申請');
      for (const words of [text, html]) {
        expect(words).toContain('審査の結果が出るまでは有効です');
        expect(words).not.toMatch(/期限切れ|過ぎています|更新しない場合/);
      }
    }
  });

  it('says which earlier reminders it stands for', () => {
    const missed = { rungId: `${subject}:2030-06-30:2m`, rung: '2m', label: '2か月前', sendOn: '2030-04-30' };
    expect(mailOn('2030-05-01', { collapsed: [missed] }).text).toContain('（2か月前）');
    expect(mailOn('2030-05-01').text).not.toContain('まとめました');
  });

  it('says so when no item cites the certificate', () =>
    expect(mailOn('2030-05-01', { about: { ...about, citedBy: [] } }).text).toContain('登録されていません'));

  it('keeps a name with a line break out of its headers', () =>
    expect(mailOn('2030-05-31', { about: { ...about, title: 'ISMS\r\nBcc: eve@example.com' } }).subject).toBe(
      '【期限30日前】ISMS Bcc: eve@example.com（登録番号 ZZ-0001）の有効期限',
    ));

  it('has the id of its rung and recipient', () => {
    expect(mailOn('2030-05-31').id).toBe('reminder:certificate-c1:2030-06-30:30d:mio');
    expect(readReminderMailId(mailOn('2030-05-31').id)).toEqual({
      subject,
      rungId: 'certificate-c1:2030-06-30:30d',
      userId: 'mio',
    });
    const second = reminderMailId('certificate-c1:2030-06-30:30d', 'mio', 'ken');
    expect(readReminderMailId(second)).toMatchObject({ userId: 'mio', of: 'ken' });
    expect(readReminderMailId('review:disclosure-1:3:mio')).toBeNull();
  });

  it.each([
    [{ matter: 'application' }, 'の更新申請の期限', '「更新申請を記録」'],
    [{ matter: 'surveillance' }, 'の維持審査の期限', '「維持審査の結果を記録」'],
    [{ matter: 'renewalAudit' }, 'の更新審査の期限', '「更新審査の結果を記録」'],
    [{ matter: 'followUp', part: { id: 'f1', text: '鍵の管理' } }, '対応事項「鍵の管理」の期限', '「対応済みにする」'],
    [{ subject: 'audit-a1' }, 'の実施期限', '「実施を記録」に結果を入力'],
  ] as const)('says of %j what falls due and what to do', (what, subjectPart, toDo) => {
    const mail = mailOn('2030-05-31', what);
    expect(mail.subject).toContain(subjectPart);
    expect(mail.text).toContain(toDo);
  });

  it('says in an escalation why it comes to this person', () => {
    const escalated = { rungId: 'r', cause: 'unacknowledged', recipients: [], on: '2030-06-05', at: '' } as const;
    const mail = mailOn('2030-05-31', {}, escalated);
    expect(mail.subject).toMatch(/^【要確認】【期限まであと25日】/);
    expect(mail.text).toContain('対応の記録がないため');
  });

  it('says in an escalation whom it did not reach, and what the mail server said', () => {
    const escalated = {
      rungId: 'r',
      cause: 'undeliverable',
      of: 'ken',
      recipients: [],
      on: '2030-05-31',
      at: '',
    } as const;
    const textFor = (name: string | null, reason: string) =>
      mailOn('2030-05-31', {}, escalated, isms, { name, reason }).text;
    expect(textFor('監査 健', '550 no such user')).toContain('次の通知を監査 健さんに届けられなかったため');
    expect(textFor('監査 健', '550 no such user')).toContain('届かなかった理由：550 no such user');
    expect(textFor(null, '')).toContain('アカウントが使えなくなった担当者に届けられなかったため');
    expect(textFor(null, '')).not.toContain('理由');
  });

  it('does not name all the days of something that has long been overdue', () => {
    const collapsed = Array.from({ length: 40 }, (_, day) => ({
      ...{ rungId: `r${day}`, rung: `overdue+${day}d`, label: `期限切れ（${day + 1}日目）`, sendOn: '2030-07-01' },
    }));
    expect(mailOn('2030-08-20', { collapsed }).text).toContain('期限切れ（6日目）、ほか34回');
  });
});
