import type { EventStore } from '@app/event-sourcing';
import type { DigestTopic, KeptMail } from '@app/mail';
import { isRungOf } from '@app/reminding';
import { deadlineKey } from './domain/reminder';
import { recordUnneeded } from './record-delivery';
import { REMINDER_TOPIC, type ReminderDigestAbout } from './reminder-mails';
import { deadlinesOf, isSubject, subjectNow } from './subjects';

/** Of reminders a digest leaves out those of a deadline that was renewed or met meanwhile; of one deadline the last stands for all. */
export const reminderTopic = (store: EventStore): DigestTopic => ({
  topic: REMINDER_TOPIC,
  name: '期限',
  page: { label: '期限の一覧を開く', path: '/certificates' },
  stillConcern: async (_userId, kept) => {
    const states = new Map<string, unknown>();
    const matters = new Map<string, KeptMail[]>();
    for (const each of kept) {
      const { subject, rungId } = each.about as ReminderDigestAbout;
      if (!isSubject(subject)) continue;
      if (!states.has(subject)) states.set(subject, await subjectNow(store, subject));
      const deadline = deadlinesOf(subject, states.get(subject)).find((stands) => isRungOf(stands, rungId));
      if (!deadline) continue;
      const matter = `${subject}:${deadlineKey(deadline)}`;
      matters.set(matter, [...(matters.get(matter) ?? []), each]);
    }
    return [...matters.values()].flatMap((all) => {
      const last = all.at(-1);
      return last ? { ...last, standsFor: all.slice(0, -1).map(({ id }) => id) } : [];
    });
  },
  unneeded: async (_userId, kept, now) => {
    for (const { id } of kept) await recordUnneeded(store, id, now);
  },
});
