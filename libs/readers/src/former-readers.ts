import type { Queryable } from '@app/database';
import type { ReaderContact } from './reader-contacts';
import { recipientHash } from './refusals';

/**
 * What is kept of a contact when its address is erased: by whom, for whichever reason. The mails that went there still have their links,
 * and who presses the one to leave with, however late, has to be taken at their word; a receipt remains theirs.
 */
export type FormerReader = Pick<ReaderContact, 'readerId' | 'disclosureId' | 'service' | 'secret'> & {
  /** Stands for the address, which is not kept. */
  readonly recipientHash: string;
};

/** Longer than any other link is good. */
const KEPT_DAYS = 365;

export const rememberFormer = async (db: Queryable, contact: ReaderContact, at: Date): Promise<void> => {
  await db.query(
    `insert into reader_former (reader_id, disclosure_id, service, secret, recipient_hash, erased_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (reader_id) do nothing`,
    [contact.readerId, contact.disclosureId, contact.service, contact.secret, recipientHash(contact), at],
  );
};

export const formerOf = async (db: Queryable, readerId: string): Promise<FormerReader | null> => {
  const [former] = await db.query<FormerReader[]>(
    `select reader_id as "readerId", disclosure_id as "disclosureId", service, secret, recipient_hash as "recipientHash"
       from reader_former where reader_id = $1`,
    [readerId],
  );
  return former ?? null;
};

/** After a year the links of the mails that went there are none any more. */
export const forgetFormer = async (db: Queryable, now: Date): Promise<void> => {
  await db.query('delete from reader_former where erased_at < $1::timestamptz - make_interval(days => $2)', [
    now,
    KEPT_DAYS,
  ]);
};
