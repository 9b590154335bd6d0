export { reminderAgenda, reminderMigrations, subjectsToLookAt } from './agenda';
export * from './contract';
export { ListDeadlines, remindersPlan } from './deadlines';
export {
  nextRung,
  renewalLadder,
  rungsDue,
  rungsUntil,
  type Deadline,
  type Ladder,
  type Notice,
  type Rung,
} from './domain/ladder';
export type { About, Ledger, ReminderEvent } from './domain/reminder';
export { reminderDecider, type ReminderCommand, type ReminderRejection } from './domain/reminder.decider';
export { allReminders, ListReminders, recordedUntil, reminderLedgerView, type ReminderRow } from './ledger';
export { plan, type PlannedReminder } from './plan';
export { certificateRecipients, recipientRoles, type Recipients } from './recipients';
export { recordDelivery } from './record-delivery';
export { remindOf, reminderSchedules, reminderSweep, type RemindDependencies } from './remind';
export { reminderCodec } from './reminder.codec';
export { reminderMail, reminderMails, type ReminderMailDependencies } from './reminder-mails';
export { readReminderMailId, reminderMailId, reminderStream } from './reminder-stream';
export { RemindersApiModule } from './reminders.api.module';
export { remindersProjections } from './reminders-projections';
