import { randomBytes } from 'node:crypto';
import type { Queryable } from '@app/database';
import { forgetMails } from '@app/mail';
import type { EntityManager } from 'typeorm';
import { v7 as newId } from 'uuid';
import { rememberFormer } from './former-readers';

/** Where a hospital gets its mail about one service. Erased when it leaves. */
export type ReaderContact = {
  readonly readerId: string;
  readonly disclosureId: string;
  readonly service: string;
  readonly hospital: string;
  readonly address: string;
  /** Signs the links that were mailed there. */
  readonly secret: string;
  readonly invited: boolean;
  readonly confirmedAt: Date | null;
  /** The newest edition that its page showed when it confirmed; 0: none. null before it confirmed, or where that was not kept yet. */
  readonly shownEdition: number | null;
  /** When the newest erratum was recorded that its page showed then; null: none was, or that was not kept. */
  readonly shownErratumAt: Date | null;
};

const columns = `reader_id as "readerId", disclosure_id as "disclosureId", service, hospital, address, secret, invited,
  confirmed_at as "confirmedAt", shown_edition as "shownEdition", shown_erratum_at as "shownErratumAt"`;

/** What somebody typed into the form and nobody confirmed is kept as long as the link that was mailed is good. */
export const UNCONFIRMED_HOURS = 48;

/**
 * The contact of an address and a service, made when there is none. What was typed last is the name that is to be confirmed;
 * that of an invitation and of a reader stays.
 */
export const askToFollow = async (
  tx: EntityManager,
  asked: Pick<ReaderContact, 'disclosureId' | 'service' | 'hospital' | 'address' | 'invited'>,
  now: Date,
): Promise<ReaderContact> => {
  const [contact] = await tx.query<ReaderContact[]>(
    `insert into reader_contact as known (reader_id, disclosure_id, service, hospital, address, secret, invited, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (disclosure_id, lower(address)) do update set
       hospital = case when known.confirmed_at is null and not known.invited then excluded.hospital else known.hospital end,
       invited = known.invited or (known.confirmed_at is null and excluded.invited),
       created_at = case when known.confirmed_at is null then excluded.created_at else known.created_at end
     returning ${columns}`,
    [
      ...[newId(), asked.disclosureId, asked.service, asked.hospital, asked.address],
      ...[randomBytes(32).toString('hex'), asked.invited, now],
    ],
  );
  return contact as ReaderContact;
};

/** All ids of mails to a reader begin so. */
export const mailIdPrefix = (readerId: string): string => `reader:${readerId}:`;

export const contactOf = async (db: Queryable, readerId: string): Promise<ReaderContact | null> => {
  const [contact] = await db.query<ReaderContact[]>(`select ${columns} from reader_contact where reader_id = $1`, [
    readerId,
  ]);
  return contact ?? null;
};

export const allContacts = (db: Queryable): Promise<readonly ReaderContact[]> =>
  db.query<ReaderContact[]>(`select ${columns} from reader_contact`);

/** Whoever may follow a disclosure. Who does, the log says. */
export const contactsFor = (db: Queryable, disclosureId: string): Promise<readonly ReaderContact[]> =>
  db.query<ReaderContact[]>(`select ${columns} from reader_contact where disclosure_id = $1 order by reader_id`, [
    disclosureId,
  ]);

/**
 * @param shownEdition the newest edition that it was shown then; 0: none
 * @param shownErratumAt when the newest erratum was recorded that it was shown then
 */
export const confirmContact = async (
  db: Queryable,
  readerId: string,
  at: Date,
  shownEdition: number,
  shownErratumAt: string | null = null,
): Promise<void> => {
  await db.query(
    `update reader_contact set confirmed_at = $2, shown_edition = $3, shown_erratum_at = $4
      where reader_id = $1 and confirmed_at is null`,
    [readerId, at, shownEdition, shownErratumAt],
  );
};

/** Erases the address wherever it is kept: here, and in the mails that went or were to go there. What remains tells their links by. */
export const eraseContact = async (tx: EntityManager, readerId: string, at: Date): Promise<void> => {
  const contact = await contactOf(tx, readerId);
  if (contact !== null) await rememberFormer(tx, contact, at);
  await tx.query('delete from reader_contact where reader_id = $1', [readerId]);
  await forgetMails(tx, mailIdPrefix(readerId));
};
