import { daysBetween, inJapanese } from '@app/calendar';
import { enqueueMail, oneLine, renderMail, type Mail } from '@app/mail';
import type { Projection } from '@app/projections';
import type { EntityManager } from 'typeorm';
import type { ReminderEvent } from './domain/reminder';
import { reminderCodec } from './reminder.codec';
import { isReminderStream, reminderMailId } from './reminder-stream';

type Recipient = { readonly id: string; readonly name: string; readonly address: string };
type Due = Extract<ReminderEvent, { type: 'ReminderDue' }>['data'];

export type ReminderMailDependencies = {
  /** Name and address of those who may get mail; others are left out. */
  readonly accountsOf: (tx: EntityManager, ids: readonly string[]) => Promise<readonly Recipient[]>;
  /** Where the product is reached, without a slash at the end. */
  readonly publicUrl: string;
};

/** Turns what is due into mails, in the transaction in which the checkpoint moves: none is lost, none is queued twice. */
export const reminderMails = ({ accountsOf, publicUrl }: ReminderMailDependencies): Projection => ({
  name: 'reminder-mails.v1',
  apply: async (events, tx) => {
    for (const { type, data } of events.filter(({ stream }) => isReminderStream(stream)).map(reminderCodec.decode)) {
      if (type !== 'ReminderDue') continue;
      for (const to of await accountsOf(tx, data.recipients)) {
        await enqueueMail(tx, reminderMail(data, to, publicUrl), new Date(data.at));
      }
    }
  },
});

/** What is due, who cites it, what to do, one link. */
export const reminderMail = (due: Due, to: Recipient, publicUrl: string): Mail => {
  const { rungId, about } = due;
  return {
    id: reminderMailId(rungId, to.id),
    kind: 'reminder',
    to: { name: to.name, address: to.address },
    subject: oneLine(`【${urgency(due)}】${about.name}（登録証番号 ${about.number}）の有効期限`),
    ...renderMail({
      greeting: `${to.name} 様`,
      paragraphs: [
        whatIsDue(due),
        ...(due.collapsed.length === 0
          ? []
          : [
              `これより前の通知（${due.collapsed.map(({ label }) => label).join('、')}）は、予定日を過ぎていたため、このメール1通にまとめました。`,
            ]),
        whatToDo(due),
        about.citedBy.length === 0
          ? 'この証明書を記載している開示書の項目は、登録されていません。'
          : 'この証明書は、開示書の次の項目に記載されています。',
      ],
      list: about.citedBy.map(({ label }) => label),
      action: { label: '証明書を開く', url: `${publicUrl}/certificates/${about.certificateId}` },
      footer: 'このメールは Kaijisho が自動で送信しています。',
    }),
  };
};

/** A rung that is late must not claim days that are over: then the days that are left are said. */
const urgency = ({ on, dueOn, sendOn, label }: Due): string => {
  const left = daysBetween(on, dueOn);
  if (left < 0) return '期限切れ';
  return on === sendOn || left <= 1
    ? `期限${left === 0 ? '当日' : left === 1 ? '前日' : label}`
    : `期限まであと${left}日`;
};

const whatIsDue = ({ about, on, dueOn }: Due): string => {
  const what = `${about.name}（登録証番号 ${about.number}、審査登録機関 ${about.body}）の有効期限`;
  const left = daysBetween(on, dueOn);
  if (left < 0)
    return `${what}（${inJapanese(dueOn)}）が切れています。${inJapanese(on)}の時点で${-left}日過ぎています。`;
  return left === 0
    ? `${what}は、本日（${inJapanese(dueOn)}）です。`
    : `${what}は、${inJapanese(dueOn)}です。${inJapanese(on)}の時点で、あと${left}日です。`;
};

const whatToDo = ({ on, dueOn }: Due): string =>
  on > dueOn
    ? '更新が済んでいる場合は、新しい登録証の内容を「更新」に記録してください。更新しない場合は「取下げ」を記録し、開示書の記載を改めてください。どちらかを記録すると、通知は止まります。'
    : '更新手続の状況を確かめ、新しい登録証が届いたら「更新」に記録してください。記録すると、この期限についての通知は止まります。';
