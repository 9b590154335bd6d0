import type { Queryable } from '@app/database';
import type { DataSource, EntityManager } from 'typeorm';
import type { Mail } from './mail';

/** A mail that must not be written into a header, because it would end the header and begin another. */
export class UnsafeMail extends Error {
  constructor(
    readonly field: 'id' | 'name' | 'address' | 'subject' | 'headers',
    reason: string,
  ) {
    super(`The ${field} of a mail ${reason}`);
    this.name = 'UnsafeMail';
  }
}

/**
 * Puts a mail into the outbox, in the transaction of whatever causes it; the worker delivers it soon after the commit.
 * An id that is there already is left as it is, whatever the rest says.
 *
 * @throws {UnsafeMail} when a line break or another control character stands where a header will be, or the address is
 * not exactly one address.
 */
export const enqueueMail = (tx: EntityManager, mail: Mail, now: Date): Promise<void> => enqueueMails(tx, [mail], now);

/** Several, in one statement. */
export const enqueueMails = async (tx: EntityManager, mails: readonly Mail[], now: Date): Promise<void> => {
  mails.forEach(refuseUnsafe);
  if (mails.length === 0) return;
  await tx.query(
    `insert into outgoing_mail (id, kind, recipient_name, recipient_address, user_id, subject, text, html, headers, due_at, created_at)
     select id, kind, name, address, user_id, subject, text, html, headers::jsonb, coalesce(not_before, $10), $10
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $11::timestamptz[])
         as mail (id, kind, name, address, user_id, subject, text, html, headers, not_before)
     on conflict (id) do nothing`,
    [
      mails.map(({ id }) => id),
      mails.map(({ kind }) => kind),
      mails.map(({ to }) => to.name),
      mails.map(({ to }) => to.address),
      mails.map(({ userId }) => userId),
      mails.map(({ subject }) => subject),
      mails.map(({ text }) => text),
      mails.map(({ html }) => html),
      mails.map(({ headers }) => headers && JSON.stringify(headers)),
      now,
      mails.map(({ notBefore }) => notBefore),
    ],
  );
};

/** Why a mail was given up before any mail server was asked. */
export const NO_ACCOUNT = 'メールを受け取れるアカウントがありませんでした';

/** A mail that never leaves, because nobody's account takes it: so those who listen hear that what was in it reached nobody. */
export const giveUpMail = async (
  tx: EntityManager,
  { id, kind }: Pick<Mail, 'id' | 'kind'>,
  now: Date,
): Promise<void> => {
  await tx.query(
    `insert into outgoing_mail (id, kind, recipient_name, recipient_address, subject, text, html, status, last_error, due_at, created_at)
     values ($1, $2, '', '', '', '', '', 'failed', $4, $3, $3) on conflict (id) do nothing`,
    [id, kind, now, NO_ACCOUNT],
  );
};

/**
 * Erases all mails whose id begins so, with their recipient: those that wait are not sent, those that are under way leave no trace.
 */
export const forgetMails = async (tx: EntityManager, idPrefix: string): Promise<void> => {
  await tx.query('delete from outgoing_mail where starts_with(id, $1)', [idPrefix]);
};

const controlCharacter = /[\p{Cc}\u2028\u2029]/u;

/** For names and titles that users gave and that end up in a header: no header may end early because of one. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

/** Exactly one, and nothing that ends the header it will stand in. */
export const oneAddress = /^[^\s@<>()[\]",;:\\]+@[^\s@<>()[\]",;:\\]+$/u;

/** What may stand in a header as it is: visible ASCII and spaces, on a line that a mail server takes. */
const headerLine = /^[\x20-\x7e]{1,900}$/;

const refuseUnsafe = ({ id, to, subject, headers = {} }: Mail): void => {
  for (const [field, value] of Object.entries({ id, name: to.name, address: to.address, subject } as const)) {
    if (controlCharacter.test(value))
      throw new UnsafeMail(field as UnsafeMail['field'], 'has a control character in it');
  }
  if (Object.entries(headers).some(([name, value]) => !/^[A-Za-z-]+$/.test(name) || !headerLine.test(value)))
    throw new UnsafeMail('headers', 'are not each one line of ASCII');
  if (id === '') throw new UnsafeMail('id', 'is empty');
  if (!oneAddress.test(to.address)) throw new UnsafeMail('address', 'is not one mail address');
};

/** How many mails have not left yet. */
export const mailsWaiting = async (database: Queryable): Promise<number> => {
  const [row] = await database.query<{ waiting: number }[]>(
    `select count(*)::int as waiting from outgoing_mail where reported_at is null and status in ('waiting', 'sending', 'refused')`,
  );
  return row?.waiting ?? 0;
};

/** `refused`: will be tried again, once those who keep ledgers have heard of it. */
export type MailStatus = 'waiting' | 'sending' | 'sent' | 'refused' | 'failed';

/** A mail as the outbox knows it, without its body. Instants are UTC, ISO 8601. */
export type OutgoingMail = {
  readonly id: string;
  readonly kind: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly status: MailStatus;
  /** How often delivery was begun. */
  readonly attempts: number;
  /** How often it was refused or came back. */
  readonly refusals: number;
  readonly createdAt: string;
  readonly sentAt: string | null;
  /** With angle brackets, as in the header. Known once delivery was begun. */
  readonly messageId: string | null;
  /** What the mail server said when it took the mail, e.g. `250 2.0.0 Ok: queued as 4F2A`. */
  readonly smtpAnswer: string | null;
  readonly lastError: string | null;
};

/** The newest mails first, for the screen that shows what was sent. */
export const mailLog = async (
  dataSource: DataSource,
  { kind, limit }: { readonly kind?: string; readonly limit: number },
): Promise<readonly OutgoingMail[]> => {
  const rows: MailRow[] = await dataSource.query(
    `select * from outgoing_mail where $1::text is null or kind = $1 order by created_at desc, id limit $2`,
    [kind ?? null, limit],
  );
  return rows.map(outgoingMailOf);
};

/** A row of `outgoing_mail`. */
export type MailRow = {
  readonly id: string;
  readonly kind: string;
  readonly recipient_name: string;
  readonly recipient_address: string;
  readonly user_id: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: { readonly [name: string]: string } | null;
  readonly status: MailStatus;
  readonly claimed_at: Date | null;
  readonly attempts: number;
  readonly refusals: number;
  readonly last_error: string | null;
  readonly smtp_answer: string | null;
  readonly message_id: string | null;
  readonly created_at: Date;
  readonly due_at: Date;
  readonly sent_at: Date | null;
  readonly reported_at: Date | null;
};

export const outgoingMailOf = (row: MailRow): OutgoingMail => ({
  id: row.id,
  kind: row.kind,
  to: { name: row.recipient_name, address: row.recipient_address },
  subject: row.subject,
  status: row.status,
  attempts: row.attempts,
  refusals: row.refusals,
  createdAt: row.created_at.toISOString(),
  sentAt: row.sent_at?.toISOString() ?? null,
  messageId: row.message_id,
  smtpAnswer: row.smtp_answer,
  lastError: row.last_error,
});
