import type { ReadModel } from '@app/projections';
import { reminderAgenda } from './agenda';
import { reminderLedgerProjection } from './ledger';

/** The read models of this feature. The outbox of its mails is apart: it needs to be told where mail goes. */
export const remindersProjections: readonly ReadModel[] = [reminderAgenda, reminderLedgerProjection];
