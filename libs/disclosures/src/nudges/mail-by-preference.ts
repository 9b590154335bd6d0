import { dailyReaders } from '@app/identity';
import { mailPeople, type Mail } from '@app/mail';
import type { EntityManager } from 'typeorm';
import { REVIEW_TOPIC } from './digest';

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
 * transaction of whatever causes it.
 */
export const mailByPreference = (
  tx: EntityManager,
  { userId, mail, url, asks }: ReviewMail,
  now: Date,
): Promise<void> =>
  mailPeople(tx, [{ userId, mail, url, topic: REVIEW_TOPIC, about: asks, manner: 'preferred' }], dailyReaders, now);
