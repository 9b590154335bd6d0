import { createHash } from 'node:crypto';
import type { Job, Schedule } from '@app/jobs';
import type { DataSource } from 'typeorm';
import { outgoingMailOf, type MailRow, type OutgoingMail } from './outbox';
import { LANES, type MailTransport } from './transport';

/**
 * Hears that a mail was taken by the mail server (`sent`) or was given up (`failed`), and writes that down where it
 * matters. Called again until it succeeds, so it may be called more than once for one mail: it must be idempotent.
 */
export type MailListener = (mail: OutgoingMail) => Promise<void>;

export type Delivery = {
  readonly dataSource: DataSource;
  /** A way to the mail server, for one sweep. */
  readonly openTransport: () => MailTransport;
  readonly clock: () => Date;
  /** The sender, e.g. `Kaijisho <kaijisho@example.jp>`. */
  readonly from: string;
  /** Where the product is; its host is the right-hand side of every Message-ID. */
  readonly publicUrl: string;
  /** Who wants to hear of mails of that kind. */
  readonly listeners: Readonly<Record<string, MailListener>>;
};

/** How long a claim holds. Longer than a delivery can take, so a claim older than this belonged to a worker that died. */
const LEASE_MINUTES = 5;

/** A mail server that is away over a long weekend must not cost a mail; after about four days it is given up. */
export const MOST_ATTEMPTS = 100;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 60 * 60_000;

/** So many mails one lane claims at a time; what it has not begun after so long it gives back, far from the end of its lease. */
const CLAIMED_AT_ONCE = 10;
const BEGUN_WITHIN_MS = 30_000;

/** Claims what is due, and delivers it, until nothing is left. */
export const mailJobs = (
  delivery: Delivery,
): { readonly jobs: readonly Job[]; readonly schedules: readonly Schedule[] } => {
  let running = false;
  return {
    jobs: [
      {
        name: 'mail.sweep',
        // The next sweep is the retry.
        attempts: 1,
        backoffMs: 1_000,
        run: async () => {
          // One that takes long must not have other jobs wait in this worker's way.
          if (running) return;
          running = true;
          await sweepMail(delivery).finally(() => (running = false));
        },
      },
    ],
    schedules: [{ name: 'mail.sweep', everyMs: 2_000, job: 'mail.sweep' }],
  };
};

const open = `reported_at is null and due_at <= $1::timestamptz
  and (claimed_at is null or claimed_at < $1::timestamptz - interval '${LEASE_MINUTES} minutes')`;

/**
 * Sends what is due, several at a time, and reports what became of it. Safe to run any number of times and at the same time: the claim in
 * PostgreSQL decides. What fails is put back with a later due time.
 *
 * Between the server's "250" and our record of it a crash repeats the mail, under the same Message-ID (ADR 0004).
 *
 * @throws Error when what became of some mails could not be told to those who keep ledgers; it will be told again
 */
export const sweepMail = async (delivery: Delivery): Promise<void> => {
  if ((await anyDue(delivery)) === false) return;
  const transport = delivery.openTransport();
  const failures: string[] = [];
  try {
    const lane = async (): Promise<void> => {
      for (;;) {
        const claim = delivery.clock();
        const claimed = await claimMails(delivery, claim);
        if (claimed.length === 0) return;
        await deliverClaimed(delivery, transport, claimed, claim, failures);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  } finally {
    transport.close();
  }
  if (failures.length > 0) throw new Error(failures.slice(0, 10).join('; '));
};

const deliverClaimed = async (
  delivery: Delivery,
  transport: MailTransport,
  claimed: readonly MailRow[],
  claim: Date,
  failures: string[],
): Promise<void> => {
  const begun = performance.now();
  for (const [index, mail] of claimed.entries()) {
    if (performance.now() - begun > BEGUN_WITHIN_MS) return giveBack(delivery, claimed.slice(index), claim);
    const settled = mail.status === 'sending' ? await send(delivery, transport, mail, claim) : mail;
    if (settled !== null && settled.reported_at === null)
      await report(delivery, settled, claim).catch((error: Error) => failures.push(`${mail.id}: ${error.message}`));
  }
};

const anyDue = async ({ dataSource, clock }: Delivery): Promise<boolean> => {
  const [row] = await dataSource.query<{ due: boolean }[]>(
    `select exists (select from outgoing_mail where ${open}) as due`,
    [clock()],
  );
  return row?.due ?? false;
};

/**
 * One statement, so two workers cannot both win. The instant of the claim is also its token: only the worker that
 * holds it can write the outcome. A mail that is sent but not yet reported is claimed as it is.
 */
const claimMails = ({ dataSource }: Delivery, claim: Date): Promise<readonly MailRow[]> =>
  updated(
    dataSource,
    `update outgoing_mail set claimed_at = $1,
       attempts = attempts + case when status in ('waiting', 'sending') then 1 else 0 end,
       status = case when status = 'waiting' then 'sending' else status end
     where id in (select id from outgoing_mail where ${open} order by due_at limit ${CLAIMED_AT_ONCE} for update skip locked)
     returning *`,
    [claim],
  );

/** Not begun: as if they had not been claimed. */
const giveBack = async ({ dataSource }: Delivery, mails: readonly MailRow[], claim: Date): Promise<void> => {
  await dataSource.query(
    `update outgoing_mail set claimed_at = null,
       attempts = attempts - case when status = 'sending' then 1 else 0 end,
       status = case when status = 'sending' then 'waiting' else status end
     where id = any($1) and claimed_at = $2`,
    [mails.map(({ id }) => id), claim],
  );
};

const send = async (
  { dataSource, clock, from, publicUrl, listeners }: Delivery,
  transport: MailTransport,
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
      headers: {
        ...{ 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        // Prepared: they were checked when they were queued, and are written as they are.
        ...Object.fromEntries(
          Object.entries(mail.headers ?? {}).map(([name, value]) => [name, { prepared: true, value }]),
        ),
      },
    });
    answer = response ?? null;
  } catch (error) {
    if (isRefusal(error) || mail.attempts >= MOST_ATTEMPTS) {
      const [failed] = await updated(
        dataSource,
        `update outgoing_mail set status = 'failed', last_error = $3, message_id = $4
         where id = $1 and claimed_at = $2 returning *`,
        [mail.id, claim, messageOf(error), messageId],
      );
      return failed ?? null;
    }
    await dataSource.query(
      `update outgoing_mail set status = 'waiting', claimed_at = null, last_error = $3, message_id = $4, due_at = $5
       where id = $1 and claimed_at = $2`,
      [mail.id, claim, messageOf(error), messageId, new Date(clock().getTime() + waitAfter(mail.attempts))],
    );
    return null;
  }
  // Outside of the try: a mail that the server took must not be given back because it could not be recorded. What nobody wants
  // to hear of is done with at once.
  const [sent] = await updated(
    dataSource,
    `update outgoing_mail set status = 'sent', sent_at = $3, smtp_answer = $4, message_id = $5, last_error = null,
       reported_at = case when $6 then $3::timestamptz end, claimed_at = case when $6 then null else claimed_at end
     where id = $1 and claimed_at = $2 returning *`,
    [mail.id, claim, clock(), answer, messageId, !Object.hasOwn(listeners, mail.kind)],
  );
  return sent ?? null;
};

const report = async ({ dataSource, clock, listeners }: Delivery, mail: MailRow, claim: Date): Promise<void> => {
  try {
    await listeners[mail.kind]?.(outgoingMailOf(mail));
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

const updated = async (
  dataSource: DataSource,
  sql: string,
  values: readonly unknown[],
): Promise<readonly MailRow[]> => {
  // TypeORM answers an UPDATE … RETURNING with the rows and their number.
  const [rows]: [MailRow[], number] = await dataSource.query(sql, [...values]);
  return rows;
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
