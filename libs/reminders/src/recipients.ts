import type { LocalDate } from '@app/calendar';
import type { DeadlineSubject } from '@app/calendar';
import type { EventStore } from '@app/event-sourcing';
import { accountsOf, accountsWithRole } from '@app/identity';
import { holdersOn, officerRoles, officersNow, type OfficerRole } from '@app/officers';
import type { Recipient } from '@app/reminding';
import type { DataSource } from 'typeorm';

/** The ids of those who are meant on a day and may get mail, each once. */
export type RecipientsOf = (
  to: readonly Recipient[],
  responsible: DeadlineSubject['responsible'],
) => Promise<readonly string[]>;

/**
 * Who they are as of that day: holders of an office from the log itself, and those whose account has a role; where that is nobody, the
 * administrators. Nobody is asked
 * twice for the same thing, so this is for one sweep or one question, not for longer.
 */
export const recipientsOn = (store: EventStore, dataSource: DataSource, today: LocalDate): RecipientsOf => {
  const register = once(() => officersNow(store));
  const holders = remembering(async (role) => {
    if (!officerRoles.some((each) => each === role)) return [];
    const ids = holdersOn(await register(), role as OfficerRole, today).map(({ userId }) => userId);
    return (await accountsOf(dataSource, ids)).filter(({ disabled }) => !disabled).map(({ id }) => id);
  });
  const withRole = remembering(async (role) =>
    (await accountsWithRole(dataSource, role as 'drafter')).map(({ id }) => id),
  );
  const active = remembering(async (id) =>
    (await accountsOf(dataSource, [id])).filter(({ disabled }) => !disabled).map((account) => account.id),
  );
  const ids = async (recipient: Recipient, responsible: DeadlineSubject['responsible']): Promise<readonly string[]> => {
    if ('officer' in recipient) return holders(recipient.officer);
    if ('role' in recipient) return withRole(recipient.role);
    if ('user' in recipient) return active(recipient.user);
    if (responsible === null) return [];
    return 'officer' in responsible ? holders(responsible.officer) : active(responsible.user);
  };
  return async (to, responsible) => {
    const meant = [...new Set((await Promise.all(to.map((each) => ids(each, responsible)))).flat())];
    return meant.length > 0 ? meant : withRole('administrator');
  };
};

const once = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let asked: Promise<T> | null = null;
  return () => (asked ??= ask());
};

const remembering = <T>(ask: (key: string) => Promise<T>): ((key: string) => Promise<T>) => {
  const answers = new Map<string, Promise<T>>();
  return (key) => {
    const answer = answers.get(key) ?? ask(key);
    answers.set(key, answer);
    return answer;
  };
};
