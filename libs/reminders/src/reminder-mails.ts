import { addDays, addMonths, daysBetween, inJapanese, type LocalDate } from '@app/calendar';
import { currentState, type EventStore } from '@app/event-sourcing';
import {
  giveUpMail,
  mailPeople,
  oneLine,
  renderMail,
  type DailyReaders,
  type Mail,
  type PersonalMail,
} from '@app/mail';
import type { Projection } from '@app/projections';
import { mailableFrom, remindingNow } from '@app/reminding';
import type { EntityManager } from 'typeorm';
import type { EscalationCause, ReminderEvent } from './domain/reminder';
import { reminderCodec } from './reminder.codec';
import { isReminderStream, reminderMailId, reminderStream, reminderSubject } from './reminder-stream';

type Recipient = {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** Of a second mail: whom the reminder does not reach. */
  readonly of?: string | undefined;
};
type Due = Extract<ReminderEvent, { type: 'ReminderDue' }>['data'];
type Escalated = Extract<ReminderEvent, { type: 'ReminderEscalated' }>['data'];

export type ReminderMailDependencies = {
  readonly store: EventStore;
  /** Name and address of those who may get mail; others are left out, and what was for them is given up. */
  readonly accountsOf: (tx: EntityManager, ids: readonly string[]) => Promise<readonly Recipient[]>;
  readonly dailyReaders: DailyReaders;
  /** Where the product is reached, without a slash at the end. */
  readonly publicUrl: string;
};

export const REMINDER_TOPIC = 'reminder';

/** What a digest has to know of a reminder. */
export type ReminderDigestAbout = { readonly subject: string; readonly rungId: string };

/** Turns what is due into mails, in the transaction in which the checkpoint moves: none is lost, none is queued twice. */
export const reminderMails = ({
  store,
  accountsOf,
  dailyReaders,
  publicUrl,
}: ReminderMailDependencies): Projection => ({
  name: 'reminder-mails.v1',
  apply: async (events, tx) => {
    const ours = events.filter(({ stream }) => isReminderStream(stream));
    const told: {
      readonly due: Due;
      readonly escalated: Escalated | null;
      readonly reason?: string;
      readonly at: string;
    }[] = [];
    for (const stored of ours) {
      const event = reminderCodec.decode(stored);
      if (event.type === 'ReminderDue') told.push({ due: event.data, escalated: null, at: event.data.at });
      if (event.type === 'ReminderEscalated' && toldOf(event.data).length > 0) {
        const { due, reason } = await saidOf(store, reminderSubject(stored.stream), event.data.rungId, event.data.of);
        if (due) told.push({ due, escalated: event.data, reason, at: event.data.at });
      }
    }
    if (told.length === 0) return;
    const ids = told.flatMap(({ due, escalated }) => [
      ...toldOf(escalated ?? due).map(({ id }) => id),
      ...(escalated?.of ? [escalated.of] : []),
    ]);
    const reminding = told.some(({ escalated }) => escalated) ? await remindingNow(store) : null;
    const accounts = await accountsOf(tx, [...new Set(ids)]);
    const byInstant = new Map<string, PersonalMail[]>();
    const isReached = (id: string): boolean => accounts.some((account) => account.id === id);
    for (const { due, escalated, reason = '', at } of told) {
      const name = accounts.find(({ id }) => id === escalated?.of)?.name ?? null;
      // The sweep, which finds all others, rests in quiet hours itself.
      const notBefore = reminding && mailableFrom(reminding, new Date(at));
      const mails = toldOf(escalated ?? due)
        .flatMap(({ id, of }) => accounts.filter((account) => account.id === id).map((to) => ({ ...to, of })))
        .map((to) => personalMail(due, escalated, to, publicUrl, { name, reason }))
        .map(({ mail, ...rest }) => ({ ...rest, mail: { ...mail, ...(escalated && notBefore ? { notBefore } : {}) } }));
      byInstant.set(at, [...(byInstant.get(at) ?? []), ...mails]);
    }
    for (const { due, escalated, at } of told)
      for (const { id, of } of toldOf(escalated ?? due).filter((each) => !isReached(each.id)))
        await giveUpMail(tx, { id: reminderMailId(due.rungId, id, of), kind: 'reminder' }, new Date(at));
    for (const [at, mails] of byInstant) await mailPeople(tx, mails, dailyReaders, new Date(at));
  },
});

/** Who gets a mail; `of`: it is a second one. */
const toldOf = (told: Due | Escalated): readonly { readonly id: string; readonly of?: string | undefined }[] => [
  ...told.recipients.map((id) => ({ id })),
  ...('again' in told ? (told.again ?? []).map((id) => ({ id, of: told.of })) : []),
];

/** What a reminder said, from its ledger; null: there is none of that id. */
export const dueOf = async (store: EventStore, subject: string, rungId: string): Promise<Due | null> =>
  (await saidOf(store, subject, rungId)).due;

/** With the reason for which it did not reach somebody; empty where it did. */
const saidOf = (
  store: EventStore,
  subject: string,
  rungId: string,
  of?: string,
): Promise<{ readonly due: Due | null; readonly reason: string }> =>
  currentState(
    store,
    {
      initialState: { due: null as Due | null, reason: '' },
      evolve: (said, event: ReminderEvent) => {
        if (event.type === 'ReminderDue' && event.data.rungId === rungId) return { ...said, due: event.data };
        return event.type === 'ReminderFailed' && event.data.rungId === rungId && event.data.recipient === of
          ? { ...said, reason: event.data.reason }
          : said;
      },
    },
    reminderCodec,
    reminderStream(subject),
  );

const personalMail = (
  due: Due,
  escalated: Escalated | null,
  to: Recipient,
  publicUrl: string,
  undelivered: Undelivered,
): PersonalMail => ({
  userId: to.id,
  mail: reminderMail(due, to, publicUrl, escalated, undelivered),
  url: `${publicUrl}${due.about.path}`,
  topic: REMINDER_TOPIC,
  about: { subject: due.subject, rungId: due.rungId } satisfies ReminderDigestAbout,
  manner: escalated ? 'atOnce' : due.missed ? 'missed' : isUrgent(due) ? 'atOnce' : 'preferred',
});

/** What is due today or tomorrow, or is overdue for the first time, does not wait for a daily mail. */
const isUrgent = ({ on, dueOn, rung, matter }: Due): boolean => {
  if (matter === 'decision') return false;
  const left = daysBetween(on, dueOn);
  return left >= 0 ? left <= 1 : rung.endsWith('overdue');
};

/** What is due, who cites it, what to do, one link. Of an escalation also why it comes to this person. */
export const reminderMail = (
  due: Due,
  to: Recipient,
  publicUrl: string,
  escalated: Escalated | null = null,
  undelivered: Undelivered = { name: null, reason: '' },
): Mail => {
  const { rungId, about } = due;
  const on = escalated?.on ?? due.on;
  return {
    id: reminderMailId(rungId, to.id, to.of),
    kind: 'reminder',
    to: { name: to.name, address: to.address },
    ...renderMail({
      subject: oneLine(
        `${escalated ? '【要確認】' : ''}【${urgency(due, on)}】${about.title}${inShort(about)}の${whatOf(due)}`,
      ),
      greeting: `${to.name} 様`,
      paragraphs: [
        ...(escalated ? [whyYou(escalated.cause, undelivered)] : []),
        whatIsDue(due, on),
        ...standsFor(due),
        whatToDo(due, on),
        about.citedBy.length === 0
          ? 'これを記載している開示書の項目は、登録されていません。'
          : '開示書の次の項目に記載されています。',
      ],
      list: about.citedBy.map(({ label }) => label),
      action: { label: `${about.title}を開く`, url: `${publicUrl}${about.path}` },
      footer: 'このメールは Kaijisho が自動で送信しています。',
    }),
  };
};

/** Of the details the first, which is the number of a certificate. */
const inShort = ({ detail }: Due['about']): string => (detail === '' ? '' : `（${detail.split('、')[0]}）`);

/** Whom it did not reach, and what the mail server said; null: there is no such account any more. */
type Undelivered = { readonly name: string | null; readonly reason: string };

const whyYou = (cause: EscalationCause, { name, reason }: Undelivered): string =>
  cause === 'unacknowledged'
    ? '担当者に送った次の通知に対応の記録がないため、あなたにもお知らせします。'
    : `次の通知を${name === null ? 'アカウントが使えなくなった担当者' : `${name}さん`}に届けられなかったため、あなたにもお知らせします。` +
      `${reason === '' ? '' : `届かなかった理由：${oneLine(reason)}　`}メールアドレスとアカウントの状態を確かめてください。`;

const whatOf = ({ subject, matter, part }: Due): string => {
  switch (matter) {
    case 'application':
      return '更新申請の期限';
    case 'decision':
      return '更新申請';
    case 'surveillance':
      return '維持審査の期限';
    case 'renewalAudit':
      return '更新審査の期限';
    case 'followUp':
      return `対応事項「${part?.text ?? ''}」の期限`;
    case 'audit':
    case 'renewal':
    case undefined:
      return isOfCertificate(subject) ? '有効期限' : '実施期限';
  }
};

const inWhole = (due: Due): string => {
  const { title, detail } = due.about;
  return `${title}${detail === '' ? '' : `（${detail}）`}の${whatOf(due)}`;
};

/** A rung that is late, or was moved to a business day, must not claim days that are not left. */
const urgency = ({ matter, dueOn, rung, label }: Due, on: LocalDate): string => {
  if (matter === 'decision') return '結果の確認';
  const left = daysBetween(on, dueOn);
  if (left < 0) return '期限切れ';
  if (left <= 1) return left === 0 ? '期限当日' : '期限前日';
  return dayOf(rung, dueOn) === on ? `期限${label}` : `期限まであと${left}日`;
};

/** The day that the name of a rung before the due date says, whatever day it goes out on; null: it says none. */
const dayOf = (rung: string, dueOn: LocalDate): LocalDate | null => {
  const [, amount, unit] = /(?:^|-)(\d+)([md])$/.exec(rung) ?? [];
  if (amount === undefined) return null;
  return unit === 'm' ? addMonths(dueOn, -Number(amount)) : addDays(dueOn, -Number(amount));
};

const whatIsDue = (due: Due, on: LocalDate): string => {
  const left = daysBetween(on, due.dueOn);
  if (due.matter === 'decision') return whatIsDecided(due, left, on);
  if (left < 0)
    return `${inWhole(due)}（${inJapanese(due.dueOn)}）を${-left}日過ぎています（${inJapanese(on)}の時点）。`;
  return left === 0
    ? `${inWhole(due)}は、本日（${inJapanese(due.dueOn)}）です。`
    : `${inWhole(due)}は、${inJapanese(due.dueOn)}です。${inJapanese(on)}の時点で、あと${left}日です。`;
};

/** Nothing is overdue: it is valid beyond its term until the decision. */
const whatIsDecided = ({ about: { title, detail }, dueOn }: Due, left: number, on: LocalDate): string => {
  const term = `${inJapanese(dueOn)}${left < 0 ? 'に満了しましたが' : 'までですが'}`;
  return `${title}${detail === '' ? '' : `（${detail}）`}の有効期間は${term}、更新を申請しているため、審査の結果が出るまでは有効です（${inJapanese(on)}の時点）。`;
};

/** Daily reminders of something overdue can be many. */
const NAMED = 6;

const standsFor = ({ collapsed, missed }: Due): readonly string[] => {
  if (collapsed.length === 0) return [];
  const labels = collapsed.slice(0, NAMED).map(({ label }) => label);
  const more = collapsed.length > NAMED ? `、ほか${collapsed.length - NAMED}回` : '';
  const why = missed ? '予定日に送れなかったため' : '予定日を過ぎていたため';
  return [`これより前の通知（${labels.join('、')}${more}）は、${why}、このメール1通にまとめました。`];
};

const whatToDo = ({ subject, matter, dueOn }: Due, on: LocalDate): string => {
  if (matter === 'application')
    return '更新申請が済んでいる場合は、「更新申請を記録」に申請日を入力してください。記録すると、この期限についての通知は止まります。';
  if (matter === 'decision')
    return '審査の結果が出ていないか、確かめてください。更新された場合は「更新を記録」に新しい証明書の内容を入力してください。更新されなかった場合は「取下げ」を選んで理由を入力し、開示書の記載を改めてください。どちらかを記録すると、通知は止まります。';
  if (matter === 'surveillance' || matter === 'renewalAudit')
    return `審査の日程と準備の状況を確かめ、結果が出たら「${matter === 'surveillance' ? '維持審査' : '更新審査'}の結果を記録」に入力してください。記録すると、この期限についての通知は止まります。`;
  if (matter === 'followUp')
    return '対応が済んだら「対応済みにする」を押してください。記録すると、この期限についての通知は止まります。';
  if (!isOfCertificate(subject))
    return '実施したら「実施を記録」に結果を入力してください。予定を変える場合は「期限を変更」、行わない場合は「今回は行わない」を選んでください。記録すると、この期限についての通知は止まります。';
  return on > dueOn
    ? '更新が済んでいる場合は、「更新を記録」に新しい証明書の内容を入力してください。更新しない場合は「取下げ」を選んで理由を入力し、開示書の記載を改めてください。どちらかを記録すると、通知は止まります。'
    : '更新手続の状況を確かめ、新しい証明書が届いたら「更新を記録」に内容を入力してください。記録すると、この期限についての通知は止まります。';
};

const isOfCertificate = (subject: string): boolean => subject.startsWith('certificate-');
