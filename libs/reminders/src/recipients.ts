import type { LocalDate } from '@app/calendar';
import type { EventStore } from '@app/event-sourcing';
import { accountsOf, accountsWithRole } from '@app/identity';
import { holdersOn, officersNow } from '@app/officers';
import type { DataSource } from 'typeorm';

/** Whom a reminder about a certificate goes to. */
export const recipientRoles = ['managementOfficer', 'drafter'] as const;

/** The ids of those to remind on a day. */
export type Recipients = (today: LocalDate) => Promise<readonly string[]>;

/** 管理責任者 as of that day, from the log itself, and everybody who drafts; not those whose account is disabled. */
export const certificateRecipients =
  (store: EventStore, dataSource: DataSource): Recipients =>
  async (today) => {
    const holders = holdersOn(await officersNow(store), 'managementOfficer', today).map(({ userId }) => userId);
    const officers = (await accountsOf(dataSource, holders)).filter(({ disabled }) => !disabled);
    const drafters = await accountsWithRole(dataSource, 'drafter');
    return [...new Set([...officers, ...drafters].map(({ id }) => id))];
  };
