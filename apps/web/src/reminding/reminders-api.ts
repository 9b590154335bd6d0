import type * as reminders from '@app/reminders/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../api/client';
import type { CommandAnswer } from '../api/types';

export type ReminderView = z.infer<typeof reminders.reminderView>;
export type Delivery = z.infer<typeof reminders.deliveryView>;
export type ReminderLedger = z.infer<typeof reminders.reminderLedger>;
export type LedgerQuery = z.input<typeof reminders.ledgerQuery>;
export type NextMails = z.infer<typeof reminders.nextMails>;
export type Snooze = z.infer<typeof reminders.snoozesView>['snoozes'][number];
export type NextMail = NextMails['mails'][number];

type Signal = { readonly signal?: AbortSignal };
const segment = encodeURIComponent;

/** The ledger as a file, with the same filters: an address to open, not a question to ask. */
export const ledgerCsvAddress = ({ page: _, size: __, ...filters }: LedgerQuery): string => {
  const search = new URLSearchParams(
    Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString();
  return `/api/reminders.csv${search === '' ? '' : `?${search}`}`;
};

export const remindersApi = {
  ledger: (query: LedgerQuery, { signal }: Signal = {}): Promise<ReminderLedger> =>
    request('/api/reminders', { query: query as Record<string, string>, signal }),
  next: (days: number, { signal }: Signal = {}): Promise<NextMails> =>
    request('/api/reminders/next', { query: { days }, signal }),
  /** @param until how long what is overdue is not mailed again; left out: fourteen days */
  acknowledge: (rungId: string, until?: string): Promise<CommandAnswer> =>
    request(`/api/reminders/${segment(rungId)}/acknowledge`, { method: 'POST', body: until ? { until } : {} }),
  snooze: (subject: string, until: string, reason?: string): Promise<CommandAnswer> =>
    request(`/api/subjects/${segment(subject)}/snooze`, { method: 'POST', body: { until, reason } }),
  resume: (subject: string): Promise<CommandAnswer> =>
    request(`/api/subjects/${segment(subject)}/snooze`, { method: 'DELETE' }),
  snoozes: (subject: string, { signal }: Signal = {}): Promise<{ readonly snoozes: readonly Snooze[] }> =>
    request(`/api/subjects/${segment(subject)}/snoozes`, { signal }),
};

export const remindersQueries = {
  snoozes: (subject: string) =>
    queryOptions({
      queryKey: ['reminders', 'snoozes', subject],
      queryFn: ({ signal }) => remindersApi.snoozes(subject, { signal }),
    }),
  ledger: (query: LedgerQuery) =>
    queryOptions({
      queryKey: ['reminders', query],
      queryFn: ({ signal }) => remindersApi.ledger(query, { signal }),
      placeholderData: keepPreviousData,
    }),
  next: (days: number) =>
    queryOptions({
      queryKey: ['reminders', 'next', days],
      queryFn: ({ signal }) => remindersApi.next(days, { signal }),
      placeholderData: keepPreviousData,
    }),
};
