import type { LedgerQuery } from './reminders-api';

export const ledgerStates = ['waiting', 'sent', 'failed', 'unneeded', 'acknowledged', 'unacknowledged'] as const;

/** What of the address filters the ledger; what is not like that is left out. */
export const readLedgerQuery = (search: Record<string, unknown>): LedgerQuery => {
  const text = (name: string, form: RegExp): string | undefined => {
    const value = search[name];
    return typeof value === 'string' && form.test(value) ? value : undefined;
  };
  const day = /^\d{4}-\d{2}-\d{2}$/;
  const page = Number(search['page']);
  const found = {
    state: ledgerStates.find((state) => state === search['state']),
    subject: text('subject', /^.{1,200}$/),
    person: text('person', /^.{1,100}$/),
    from: text('from', day),
    to: text('to', day),
    page: Number.isInteger(page) && page > 1 ? page : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
};

export const ranges = [30, 90, 180, 365];
export const DEFAULT_DAYS = 90;

/** What of the address says which mails to show. */
export type NextSearch = { readonly days?: number; readonly rung?: string; readonly subject?: string };
export const readNextSearch = ({ days, rung, subject }: Record<string, unknown>): NextSearch => ({
  ...(ranges.includes(Number(days)) && { days: Number(days) }),
  ...(typeof rung === 'string' && { rung }),
  ...(typeof subject === 'string' && { subject }),
});
