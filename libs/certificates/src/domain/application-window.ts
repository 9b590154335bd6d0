import { addDays, addMonths, nextBusinessDay, type LocalDate } from '@app/calendar';

/** プライバシーマーク: the days on which the renewal may be applied for, both included. */
export type ApplicationWindow = { readonly from: LocalDate; readonly until: LocalDate };

/**
 * From eight to four months before the term ends; a window that would end on a closed day ends on the next business day.
 * Source: JIPDEC, プライバシーマーク付与の更新申請 (「有効期間の終了する日の8か月前の日から4か月前の日まで」), where the eight
 * months are counted from the day after the last one.
 */
export const applicationWindow = (validUntil: LocalDate): ApplicationWindow => ({
  from: addMonths(addDays(validUntil, 1), -8),
  until: nextBusinessDay(addMonths(validUntil, -4)),
});
