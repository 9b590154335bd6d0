import { businessDaysAfter, localDateOf } from '@app/calendar';
import type { RouteStep } from '@app/routes/domain/route';
import type { Instant, LocalDate } from './signature';

/** The last day on which a step that was asked for at `askedAt` is signed in time; null where the route sets none. */
export const dueOn = ({ dueInBusinessDays }: RouteStep, askedAt: Instant): LocalDate | null =>
  dueInBusinessDays === null ? null : businessDaysAfter(localDateOf(askedAt), dueInBusinessDays);

/** The first day on which those whom a step escalates to may sign it as well; null where it does not. */
export const escalatesOn = (step: RouteStep, askedAt: Instant): LocalDate | null => {
  const due = dueOn(step, askedAt);
  return due === null || step.escalation === null ? null : businessDaysAfter(due, step.escalation.afterBusinessDays);
};
