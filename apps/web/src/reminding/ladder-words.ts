import { useLanguage, useMessages } from '../messages/language';
import { listed } from '../review/format';
import { remindingMessages } from './messages';
import { useRecipients } from './recipients';
import type { Escalation, Ladder, Recipient, Step } from './reminding-api';

/** How many days a notice is, about: to put the earliest first. */
export const aboutDays = (notice: Step): number => ('months' in notice ? notice.months * 30.5 : notice.days);

/** A ladder in sentences, in the order in which it happens. */
export const useLadderWords = () => {
  const m = useMessages(remindingMessages);
  const language = useLanguage();
  const { nameOf } = useRecipients();
  const names = (to: readonly Recipient[]): string => listed(to.map(nameOf), language);
  const noticeOf = (notice: Step): string =>
    'months' in notice ? m.monthsBefore(notice.months) : m.daysBefore(notice.days);
  const escalated = ({ afterBusinessDays, to }: Escalation): string => m.escalated(afterBusinessDays, names(to));
  const sentencesOf = (ladder: Ladder): readonly string[] => {
    const steps = ladder.before.toSorted((a, b) => aboutDays(b) - aboutDays(a));
    return [
      steps.length === 0 ? m.nothingBefore : m.before(listed(steps.map(noticeOf), language)),
      ladder.overdueEveryDays === null ? m.overdueOnce : m.overdueEvery(ladder.overdueEveryDays),
      m.businessDaysSentence[ladder.businessDays],
      m.sentTo(names(ladder.to)),
      ...steps.flatMap((step) => [
        ...(step.to ? [m.stepSentTo(noticeOf(step), names(step.to))] : []),
        ...(step.escalate ? [m.stepEscalated(noticeOf(step), escalated(step.escalate))] : []),
      ]),
      ...(ladder.escalateOverdue ? [m.overdueEscalated(escalated(ladder.escalateOverdue))] : []),
    ];
  };
  return { sentencesOf, noticeOf, names };
};
