import { createHash } from 'node:crypto';
import type { Queryable } from '@app/database';
import type { ReaderContact } from './reader-contacts';

/** An address and what it would be told of. */
export type Recipient = Pick<ReaderContact, 'disclosureId' | 'address'>;

/** By which it is known again without being kept: it would stand outside of what is erased. */
export const recipientHash = ({ disclosureId, address }: Recipient): string =>
  createHash('sha256').update(`${disclosureId}:${address.toLowerCase()}`).digest('hex');

/** Whoever owns the address of that hash wants no more mail about the disclosure: said by leaving, or by turning an invitation down. */
export const refuse = async (db: Queryable, recipient: string, at: Date): Promise<void> => {
  await db.query(
    'insert into reader_refusal (recipient_hash, refused_at) values ($1, $2) on conflict (recipient_hash) do nothing',
    [recipient, at],
  );
};

export const hasRefused = async (db: Queryable, recipient: string): Promise<boolean> => {
  const rows = await db.query<unknown[]>('select from reader_refusal where recipient_hash = $1', [recipient]);
  return rows.length > 0;
};

/**
 * Whether a mail to confirm with may go there because somebody typed the address into the form. It is the way back for who refused,
 * and nobody else's way to write to them: one mail in thirty days.
 */
export const mayBeAsked = async (db: Queryable, recipient: string, now: Date): Promise<boolean> => {
  const [row] = await db.query<[{ refused: boolean; asked: boolean }]>(
    `with asked as (
       update reader_refusal set asked_at = $2
        where recipient_hash = $1 and (asked_at is null or asked_at <= $2::timestamptz - interval '30 days')
       returning 1)
     select exists (select from reader_refusal where recipient_hash = $1) as refused, exists (select from asked) as asked`,
    [recipient, now],
  );
  return !row.refused || row.asked;
};

/** It follows again, of its own will. */
export const forgetRefusal = async (db: Queryable, recipient: string): Promise<void> => {
  await db.query('delete from reader_refusal where recipient_hash = $1', [recipient]);
};
