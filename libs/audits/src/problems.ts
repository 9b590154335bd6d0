import { inJapanese } from '@app/calendar';
import type { ProblemTexts } from '@app/http';
import type { AuditRejection } from './domain/audit.decider';

/** What to tell the user: every answer but "yes" of the register of audits. */
export const auditProblems: ProblemTexts<AuditRejection> = {
  UnknownAudit: {
    status: 404,
    ja: 'この監査・点検は登録されていません。一覧を読み込み直してください。',
    en: 'There is no such audit. Load the list of audits again.',
  },
  AlreadyPlanned: {
    status: 409,
    ja: 'この監査・点検はすでに登録されています。日程を改める場合は「期限の変更」を使ってください。',
    en: 'This audit is planned already. Reschedule it to change its day.',
  },
  AuditCancelled: {
    status: 409,
    ja: 'この監査・点検は中止されているため、変更できません。再開する場合は新しく登録してください。',
    en: 'This audit was cancelled and cannot be changed. Plan a new one to take it up again.',
  },
  NotARecurrence: {
    status: 422,
    ja: '繰返しの規則を読み取れません。「FREQ=MONTHLY;INTERVAL=6」のように、RFC 5545 の形で入力してください。',
    en: 'This is not a recurrence rule. Write it as RFC 5545 does, e.g. FREQ=MONTHLY;INTERVAL=6.',
  },
  UnsupportedRecurrence: {
    status: 422,
    ja: 'この繰返しの規則は使えません。日・週・月・年ごとの間隔と、月、日、曜日の指定だけを使ってください。',
    en: 'This recurrence rule is not supported. Use intervals of days, weeks, months or years, and months, days and weekdays.',
  },
  RecurrenceSkipsMonths: ({ day }) => ({
    status: 422,
    ja: `${day}日のない月は飛ばされてしまいます。月末にする場合は「BYMONTHDAY=-1」を指定するか、28日までの日にしてください。`,
    en: `Months without a day ${day} would be left out. Use BYMONTHDAY=-1 for the last day of the month, or a day up to the 28th.`,
  }),
  RecurrenceNotAPeriod: {
    status: 422,
    ja: '前回の実施や承認から数える場合は、間隔（FREQ と INTERVAL）だけを指定してください。',
    en: 'What is counted from the last time or the last approval has an interval only (FREQ and INTERVAL).',
  },
  WatchesOneDisclosure: {
    status: 422,
    ja: '承認から数える見直しには、対象の開示書を1件だけ指定してください。',
    en: 'A review that is counted from approvals is of exactly one disclosure. Name it.',
  },
  NothingDue: {
    status: 409,
    ja: '実施する予定がありません。もう一度行う場合は、新しく登録してください。',
    en: 'It does not come round again. Plan a new one if it is to be done once more.',
  },
  RescheduledIntoPast: ({ newDueOn, today }) => ({
    status: 422,
    ja: `新しい期限（${inJapanese(newDueOn)}）が本日（${inJapanese(today)}）より前になっています。本日以降の日を入力してください。`,
    en: `The new day (${newDueOn}) is before today (${today}). Enter today or a later day.`,
  }),
  DayInFuture: ({ on, today }) => ({
    status: 422,
    ja: `${inJapanese(on)}は本日（${inJapanese(today)}）より後です。実際に行った日を入力してください。`,
    en: `${on} is after today (${today}). Enter the day on which it was done.`,
  }),
  BeforeLastPerformed: ({ performedOn, last }) => ({
    status: 422,
    ja: `実施日（${inJapanese(performedOn)}）が前回の実施日（${inJapanese(last)}）より前になっています。日付を確かめてください。`,
    en: `The day (${performedOn}) is before that of the last time (${last}). Check the date.`,
  }),
  NoteMissing: {
    status: 422,
    ja: '指摘がある場合と不合格の場合は、所見を入力してください。',
    en: 'With findings or when it failed, say what was found.',
  },
  FollowUpBeforeAudit: ({ dueOn, performedOn }) => ({
    status: 422,
    ja: `対応の期限（${inJapanese(dueOn)}）は、実施日（${inJapanese(performedOn)}）以降の日にしてください。`,
    en: `A follow-up (${dueOn}) cannot be due before the audit (${performedOn}).`,
  }),
  UnknownFollowUp: {
    status: 404,
    ja: 'この対応事項はありません。画面を読み込み直してください。',
    en: 'There is no such follow-up. Load the page again.',
  },
  OpenFollowUps: ({ count }) => ({
    status: 409,
    ja: `完了していない対応事項が${count}件あるため、中止できません。先に完了を記録してください。`,
    en: `It has ${count} open follow-ups. Close them before it is cancelled.`,
  }),
  UnknownEvidence: {
    status: 404,
    ja: 'このファイルは添付されていません。画面を読み込み直し、先にファイルを添付してください。',
    en: 'There is no such file on this audit. Load the page again and attach it first.',
  },
  EvidenceReliedOn: {
    status: 409,
    ja: '実施結果の根拠として記録されているファイルは外せません。',
    en: 'A result is based on this file, so it cannot be removed.',
  },
  TooManyFiles: ({ most }) => ({
    status: 409,
    ja: `添付できるファイルは${most}個までです。不要なものを外してから添付してください。`,
    en: `At most ${most} files can be attached. Remove one that is not needed first.`,
  }),
};
