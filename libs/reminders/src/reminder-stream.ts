import type { StreamName } from '@app/event-sourcing';

const PREFIX = 'reminder-';

/** The ledger of what has a deadline, e.g. `reminder-certificate-0190…`. */
export const reminderStream = (subject: string): StreamName => `${PREFIX}${subject}`;

export const isReminderStream = (stream: string): boolean => stream.startsWith(PREFIX);

/** What has the deadline, when it is such a ledger. */
export const reminderSubject = (stream: string): string => stream.slice(PREFIX.length);

const UNDELIVERABLE = ':undeliverable:';

/** One mail per rung and recipient, whatever happens in between; and one for each person `of` whom it does not reach. */
export const reminderMailId = (rungId: string, userId: string, of?: string): string =>
  `reminder:${rungId}:${userId}${of === undefined ? '' : `${UNDELIVERABLE}${of}`}`;

/** What a mail id was made of; null when it is none of ours. */
export const readReminderMailId = (
  mailId: string,
): { readonly subject: string; readonly rungId: string; readonly userId: string; readonly of?: string } | null => {
  const [kind, subject, dueOn, rung, ...user] = mailId.split(':');
  const [userId = '', of] = user.join(':').split(UNDELIVERABLE);
  if (kind !== 'reminder' || !subject || !dueOn || !rung || userId === '') return null;
  return { subject, rungId: `${subject}:${dueOn}:${rung}`, userId, ...(of === undefined ? {} : { of }) };
};
