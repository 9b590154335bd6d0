import { businessDaysAfter, isBusinessDay, localDateOf, nextBusinessDay, type LocalDate } from '@app/calendar';
import type { RouteStep } from '@app/routes/domain/route';
import { dueOn } from '../domain/due';

/** One reminder of a step that waits for signatures. */
export type Nudge = {
  /** Unique for a step since it was asked for: `half`, `due`, `overdue-2026-05-07` … */
  readonly rung: string;
  readonly kind: 'half' | 'due' | 'overdue';
  /** A business day. */
  readonly on: LocalDate;
  readonly due: LocalDate;
};

/**
 * The nudge that is due for a step, or null: the last one up to that day, so that what was missed while the service was
 * down becomes one. At half time (rounded down to whole business days), on the due day, then each business day. Nothing on
 * a day that is none, and nothing for a step without a due day. It goes to whoever may sign: with the day on which the
 * step escalates, those to whom it does are among them.
 *
 * @param askedAt when the step was asked for; UTC, ISO 8601
 * @param today where the company is
 */
export const nudgeDue = (step: RouteStep, askedAt: string, today: LocalDate): Nudge | null => {
  const due = dueOn(step, askedAt);
  if (due === null || step.dueInBusinessDays === null || !isBusinessDay(today)) return null;
  const dueDay = nextBusinessDay(due);
  if (today > dueDay) return { rung: `overdue-${today}`, kind: 'overdue', on: today, due };
  if (today === dueDay) return { rung: 'due', kind: 'due', on: today, due };
  const untilHalf = Math.floor(step.dueInBusinessDays / 2);
  const half = businessDaysAfter(localDateOf(askedAt), untilHalf);
  return untilHalf > 0 && today >= half ? { rung: 'half', kind: 'half', on: half, due } : null;
};
