import { addDays, addMonths, nextBusinessDay, type LocalDate } from '@app/calendar';

/** プライバシーマーク: the days on which the renewal may be applied for, both included. */
export type ApplicationWindow = { readonly from: LocalDate; readonly until: LocalDate };

/**
 * From eight months before the day after the term ends, to four months before its last day; a window that would end on a
 * closed day ends on the next business day. Source: JIPDEC's periods of application, of which the spec has real ones.
 */
export const applicationWindow = (validUntil: LocalDate): ApplicationWindow => ({
  from: addMonths(addDays(validUntil, 1), -8),
  until: nextBusinessDay(addMonths(validUntil, -4)),
});
