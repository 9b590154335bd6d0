import type { EventStore } from '@app/event-sourcing';
import type { DigestTopic } from '@app/mail';
import { isRungOf } from '@app/reminding';
import { deadlineKey } from './domain/reminder';
import { REMINDER_TOPIC, type ReminderDigestAbout } from './reminder-mails';
import { deadlinesOf, isSubject, subjectNow } from './subjects';

/** Of reminders a digest leaves out those of a deadline that was renewed or met meanwhile; of one deadline the last counts. */
export const reminderTopic = (store: EventStore): DigestTopic => ({
  topic: REMINDER_TOPIC,
  name: '期限',
  page: { label: '期限の一覧を開く', path: '/certificates' },
  stillConcern: async (_userId, kept) => {
    const states = new Map<string, unknown>();
    const matters = new Map<string, (typeof kept)[number]>();
    for (const each of kept) {
      const { subject, rungId } = each.about as ReminderDigestAbout;
      if (!isSubject(subject)) continue;
      if (!states.has(subject)) states.set(subject, await subjectNow(store, subject));
      const deadline = deadlinesOf(subject, states.get(subject)).find((stands) => isRungOf(stands, rungId));
      if (deadline) matters.set(`${subject}:${deadlineKey(deadline)}`, each);
    }
    return [...matters.values()];
  },
});
