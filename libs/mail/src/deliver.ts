import { createHash } from 'node:crypto';
import type { Enqueue, Job, Schedule } from '@app/jobs';
import type { Transporter } from 'nodemailer';
import type { DataSource } from 'typeorm';
import { outgoingMailOf, type MailRow, type OutgoingMail } from './outbox';

/**
 * Hears that a mail was taken by the mail server (`sent`) or was given up (`failed`), and writes that down where it
 * matters. Called again until it succeeds, so it may be called more than once for one mail: it must be idempotent.
 */
export type MailListener = (mail: OutgoingMail) => Promise<void>;

export type Delivery = {
  readonly dataSource: DataSource;
  readonly transport: Pick<Transporter, 'sendMail'>;
  readonly clock: () => Date;
  /** The sender, e.g. `Kaijisho <kaijisho@example.jp>`. */
  readonly from: string;
  /** Where the product is; its host is the right-hand side of every Message-ID. */
  readonly publicUrl: string;
  /** The mail server has taken the mail. */
  readonly onDelivered: readonly MailListener[];
  /** The mail was refused for good, or tried in vain for days. */
  readonly onFailed?: readonly MailListener[];
};

/** How long a claim holds. Longer than a delivery can take, so a claim older than this belonged to a worker that died. */
const LEASE_MINUTES = 5;

/** A mail server that is away over a long weekend must not cost a mail; after about four days it is given up. */
export const MOST_ATTEMPTS = 100;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 60 * 60_000;

/** The sweep looks for what is due and enqueues it; delivering one mail is a job of its own. */
export const mailJobs = (
  delivery: Delivery,
): { readonly jobs: readonly Job[]; readonly schedules: readonly Schedule[] } => ({
  jobs: [
    { name: 'mail.sweep', attempts: 1, backoffMs: 1_000, run: (_, enqueue) => sweepMail(delivery, enqueue) },
    { name: 'mail.deliver', attempts: 3, backoffMs: 2_000, run: (id) => deliverMail(delivery, id) },
  ],
  schedules: [{ name: 'mail.sweep', everyMs: 2_000, job: 'mail.sweep' }],
});

const open = `reported_at is null and due_at <= $1::timestamptz
  and (claimed_at is null or claimed_at < $1::timestamptz - interval '${LEASE_MINUTES} minutes')`;

export const sweepMail = async ({ dataSource, clock }: Delivery, enqueue: Enqueue): Promise<void> => {
  const due: { id: string }[] = await dataSource.query(
    `select id from outgoing_mail where ${open} order by due_at limit 200`,
    [clock()],
  );
  for (const { id } of due) await enqueue('mail.deliver', id);
};

/**
 * Sends one mail, if it is still to be sent, and reports what became of it. Safe to run any number of times and at the
 * same time for the same id: the claim in PostgreSQL decides. What fails is put back with a later due time, not thrown.
 *
 * Between the server's "250" and our record of it a crash repeats the mail, under the same Message-ID (ADR 0004).
 */
export const deliverMail = async (delivery: Delivery, id: string): Promise<void> => {
  const claim = delivery.clock();
  const mail = await claimMail(delivery, id, claim);
  if (mail === null) return;
  const settled = mail.status === 'sending' ? await send(delivery, mail, claim) : mail;
  if (settled !== null) await report(delivery, settled, claim);
};

/**
 * One statement, so two workers cannot both win. The instant of the claim is also its token: only the worker that
 * holds it can write the outcome. A mail that is sent but not yet reported is claimed as it is.
 */
const claimMail = async ({ dataSource }: Delivery, id: string, claim: Date): Promise<MailRow | null> =>
  updated(
    dataSource,
    `update outgoing_mail set claimed_at = $1,
       attempts = attempts + case when status in ('waiting', 'sending') then 1 else 0 end,
       status = case when status = 'waiting' then 'sending' else status end
     where id = $2 and ${open} returning *`,
    [claim, id],
  );

const send = async (
  { dataSource, transport, clock, from, publicUrl }: Delivery,
  mail: MailRow,
  claim: Date,
): Promise<MailRow | null> => {
  const messageId = messageIdOf(mail.id, publicUrl);
  let answer: string | null;
  try {
    const { response } = await transport.sendMail({
      from,
      to: { name: mail.recipient_name, address: mail.recipient_address },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId,
      // The time of writing, not of this attempt: a repeated delivery says the same.
      date: mail.created_at,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
    answer = response ?? null;
  } catch (error) {
    if (isRefusal(error) || mail.attempts >= MOST_ATTEMPTS) {
      return updated(
        dataSource,
        `update outgoing_mail set status = 'failed', last_error = $3, message_id = $4
         where id = $1 and claimed_at = $2 returning *`,
        [mail.id, claim, messageOf(error), messageId],
      );
    }
    await dataSource.query(
      `update outgoing_mail set status = 'waiting', claimed_at = null, last_error = $3, message_id = $4, due_at = $5
       where id = $1 and claimed_at = $2`,
      [mail.id, claim, messageOf(error), messageId, new Date(clock().getTime() + waitAfter(mail.attempts))],
    );
    return null;
  }
  // Outside of the try: a mail that the server took must not be given back because it could not be recorded.
  return updated(
    dataSource,
    `update outgoing_mail set status = 'sent', sent_at = $3, smtp_answer = $4, message_id = $5, last_error = null
     where id = $1 and claimed_at = $2 returning *`,
    [mail.id, claim, clock(), answer, messageId],
  );
};

const report = async (
  { dataSource, clock, onDelivered, onFailed = [] }: Delivery,
  mail: MailRow,
  claim: Date,
): Promise<void> => {
  try {
    for (const listener of mail.status === 'sent' ? onDelivered : onFailed) await listener(outgoingMailOf(mail));
    await dataSource.query(
      `update outgoing_mail set reported_at = $3, claimed_at = null where id = $1 and claimed_at = $2`,
      [mail.id, claim, clock()],
    );
  } catch (error) {
    await dataSource.query(
      `update outgoing_mail set claimed_at = null, due_at = $3 where id = $1 and claimed_at = $2`,
      [mail.id, claim, new Date(clock().getTime() + FIRST_WAIT_MS)],
    );
    throw error; // into the log of the queue
  }
};

const updated = async (dataSource: DataSource, sql: string, values: readonly unknown[]): Promise<MailRow | null> => {
  // TypeORM answers an UPDATE … RETURNING with the rows and their number.
  const [rows]: [MailRow[], number] = await dataSource.query(sql, [...values]);
  return rows[0] ?? null;
};

/** Half a minute, then twice as long each time, up to an hour. */
const waitAfter = (attempts: number): number => Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);

/** A 5xx about this mail or its recipient. A failed sign-in is ours to repair, so the mail waits for that. */
const isRefusal = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number };
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode >= 500 && responseCode < 600;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 1_000);

/** The same for every delivery of a mail, so that whoever receives it twice can tell. */
export const messageIdOf = (id: string, publicUrl: string): string =>
  `<${createHash('sha256').update(id).digest('hex')}@${new URL(publicUrl).hostname}>`;
