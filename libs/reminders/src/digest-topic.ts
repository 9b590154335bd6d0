import type { EventStore } from '@app/event-sourcing';
import type { DigestTopic } from '@app/mail';
import { REMINDER_TOPIC, type ReminderDigestAbout } from './reminder-mails';
import { deadlinesOf, isSubject, subjectNow } from './subjects';

/** Of reminders a digest leaves out those of a due date that was renewed meanwhile; of one due date the last counts. */
export const reminderTopic = (store: EventStore): DigestTopic => ({
  topic: REMINDER_TOPIC,
  name: '期限',
  page: { label: '期限の一覧を開く', path: '/certificates' },
  stillConcern: async (_userId, kept) => {
    const states = new Map<string, unknown>();
    const matters = new Map<string, (typeof kept)[number]>();
    for (const each of kept) {
      const { subject, dueOn } = each.about as ReminderDigestAbout;
      if (!isSubject(subject)) continue;
      if (!states.has(subject)) states.set(subject, await subjectNow(store, subject));
      const stands = deadlinesOf(subject, states.get(subject)).some((deadline) => deadline.dueOn === dueOn);
      if (stands) matters.set(`${subject}:${dueOn}`, each);
    }
    return [...matters.values()];
  },
});
