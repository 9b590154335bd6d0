import type { Projection } from '@app/projections';
import { reminderAgenda } from './agenda';
import { renewalLadder, type Ladder } from './domain/ladder';
import { reminderLedgerProjection } from './ledger';
import { reminderMails, type ReminderMailDependencies } from './reminder-mails';

/** What this feature keeps up to date from the log: the agenda of the sweep, the outgoing mails, the ledger. */
export const remindersProjections = (
  mails: ReminderMailDependencies,
  ladder: Ladder = renewalLadder,
): readonly Projection[] => [reminderAgenda(ladder), reminderMails(mails), reminderLedgerProjection];
