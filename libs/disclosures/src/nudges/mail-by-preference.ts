import type { Migration } from '@app/database';
import { mailPreferenceOf } from '@app/identity';
import { enqueueMail, type Mail } from '@app/mail';
import type { EntityManager, MigrationInterface, QueryRunner } from 'typeorm';

/** What is kept for the next digest of somebody. */
class ReviewDigest1767225600110 implements MigrationInterface {
  readonly name = 'ReviewDigest1767225600110';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`create table review_digest_entry (
      -- that of the mail which it stands for
      id text primary key,
      kind text not null,
      user_id text not null,
      subject text not null,
      url text not null,
      -- the revision that asks for a signature, or null for news that ask for nothing
      disclosure_id text,
      revision_id text,
      created_at timestamptz not null,
      -- when it went into a digest, or there was nothing left to do
      settled_at timestamptz
    )`);
    await db.query('create index review_digest_entry_open on review_digest_entry (user_id) where settled_at is null');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table review_digest_entry');
  }
}

export const digestMigrations: readonly Migration[] = [ReviewDigest1767225600110];

/** A mail about a review, and what a digest needs to know of it. */
export type ReviewMail = {
  readonly userId: string;
  readonly mail: Mail;
  /** Where the mail leads to. */
  readonly url: string;
  /** The revision that it asks to sign: a digest leaves it out once it is signed. Null: it asks for nothing of the kind. */
  readonly asks: { readonly disclosureId: string; readonly revisionId: string } | null;
};

/**
 * Puts a mail into the outbox, or keeps it for the digest of the next business morning, as its recipient prefers; in the
 * transaction of whatever causes it. A mail of that id which was queued or kept before is left as it is.
 */
export const mailByPreference = async (
  tx: EntityManager,
  { userId, mail, url, asks }: ReviewMail,
  now: Date,
): Promise<void> => {
  // Whoever changes their mind gets it once all the same.
  const [known] = await tx.query(
    'select from outgoing_mail where id = $1 union all select from review_digest_entry where id = $1',
    [mail.id],
  );
  if (known) return;
  if ((await mailPreferenceOf(tx, userId)) === 'each') return enqueueMail(tx, mail, now);
  await tx.query(
    `insert into review_digest_entry (id, kind, user_id, subject, url, disclosure_id, revision_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing`,
    [mail.id, mail.kind, userId, mail.subject, url, asks?.disclosureId ?? null, asks?.revisionId ?? null, now],
  );
};
