import { auditsProjections } from '@app/audits';
import { certificatesProjections } from '@app/certificates';
import { disclosureProjections, publicationMails, reviewMails } from '@app/disclosures';
import type { EventStore } from '@app/event-sourcing';
import { accountsOf, dailyReaders, identityProjections, type Account } from '@app/identity';
import { deputationMails } from '@app/officers';
import type { Projection, ReadModel } from '@app/projections';
import { readerMails, readersProjections } from '@app/readers';
import { reminderMails, remindersProjections } from '@app/reminders';
import { searchedRecords, searchedTexts } from '@app/search';
import type { EntityManager } from 'typeorm';

/** What questions read. A question that waits for its own write waits for these. */
export const readModels: readonly ReadModel[] = [
  ...identityProjections,
  ...disclosureProjections,
  ...certificatesProjections,
  ...auditsProjections,
  ...remindersProjections,
  ...readersProjections,
  searchedTexts,
  searchedRecords,
];

/** Projections that write mails. They are no read models, so they cannot be made anew: what was mailed stays mailed. */
export const outboxProjections = ({
  store,
  publicUrl,
}: {
  readonly store: EventStore;
  readonly publicUrl: string;
}): readonly Projection[] => {
  const accountsOf = activeAccountsOf;
  return [
    reviewMails({ store, accountsOf, publicUrl }),
    publicationMails({ store, accountsOf, publicUrl }),
    reminderMails({ store, accountsOf, dailyReaders, publicUrl }),
    deputationMails({ accountsOf, publicUrl }),
    readerMails({ store, publicUrl }),
  ];
};

/** Those of `ids` that may get mail. */
export const activeAccountsOf = async (tx: EntityManager, ids: readonly string[]): Promise<readonly Account[]> =>
  (await accountsOf(tx, ids)).filter(({ disabled }) => !disabled);
