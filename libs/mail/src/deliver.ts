import { createHash } from 'node:crypto';
import type { Job, Schedule } from '@app/jobs';
import type { DataSource } from 'typeorm';
import { NO_ACCOUNT, oneAddress, outgoingMailOf, type MailRow, type OutgoingMail } from './outbox';
import { LANES, type MailTransport } from './transport';

/**
 * Hears that mails were taken by the mail server (`sent`), were refused or came back and will be tried again (`refused`), or were
 * given up (`failed`), and writes that down where it matters. Called again until it succeeds, so it may be called more than once for
 * one outcome: it must be idempotent.
 */
export type MailListener = (mails: readonly OutgoingMail[]) => Promise<void>;

type AddressesOf = (
  userIds: readonly string[],
) => Promise<readonly { readonly id: string; readonly address: string }[]>;

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
  /** The mail addresses that accounts have now; those that may get no mail are left out. Absent: as when the mails were queued. */
  readonly addressesOf?: AddressesOf;
};

/** How long a claim holds. Longer than a delivery can take, so a claim older than this belonged to a worker that died. */
const LEASE_MINUTES = 5;

/** A mail server that is away over a long weekend must not cost a mail; after about four days it is given up. */
export const MOST_ATTEMPTS = 100;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 60 * 60_000;

/**
 * A refusal may be of a full mailbox, of a server that says "never" where "later" is meant, or of an address that somebody corrects
 * meanwhile: after each it is tried again so much later, about a day in all, and then given up.
 */
export const HOURS_AFTER_REFUSAL = [0.5, 2, 6, 15];

/** The outcome of a refusal or a bounce, as SQL. */
export const afterRefusal = `refusals = refusals + 1,
  status = case when refusals < ${HOURS_AFTER_REFUSAL.length} then 'refused' else 'failed' end`;

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

// What was to leave at once and was never tried is due, also when the clock was set back since it was queued.
const open = `reported_at is null
  and (due_at <= $1::timestamptz or (attempts = 0 and status = 'waiting' and due_at = created_at))
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
  const settled: MailRow[] = [];
  const addressNow = await addressesNow(delivery, claimed);
  for (const [index, mail] of claimed.entries()) {
    if (performance.now() - begun > BEGUN_WITHIN_MS) {
      await giveBack(delivery, claimed.slice(index), claim);
      break;
    }
    const outcome = mail.status === 'sending' ? await send(delivery, transport, mail, addressNow(mail), claim) : mail;
    if (outcome !== null && outcome.reported_at === null) settled.push(outcome);
  }
  if (settled.length > 0) failures.push(...(await report(delivery, settled, claim)));
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
  delivery: Delivery,
  transport: MailTransport,
  mail: MailRow,
  address: string | null,
  claim: Date,
): Promise<MailRow | null> => {
  const { dataSource, clock, from, publicUrl, listeners } = delivery;
  if (address === null) {
    const [givenUp] = await updated(
      dataSource,
      `update outgoing_mail set status = 'failed', last_error = $3 where id = $1 and claimed_at = $2 returning *`,
      [mail.id, claim, NO_ACCOUNT],
    );
    return givenUp ?? null;
  }
  const messageId = messageIdOf(mail.id, publicUrl);
  let answer: string | null;
  try {
    const { response } = await transport.sendMail({
      from,
      to: { name: mail.recipient_name, address },
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
    const refused = isRefusal(error);
    if (refused || mail.attempts >= MOST_ATTEMPTS) {
      const [settled] = await updated(
        dataSource,
        `update outgoing_mail set ${refused ? afterRefusal : `status = 'failed'`},
           last_error = $3, message_id = $4, recipient_address = $5
         where id = $1 and claimed_at = $2 returning *`,
        [mail.id, claim, messageOf(error), messageId, address],
      );
      return settled ?? null;
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
       reported_at = case when $6 then $3::timestamptz end, claimed_at = case when $6 then null else claimed_at end,
       recipient_address = $7
     where id = $1 and claimed_at = $2 returning *`,
    [mail.id, claim, clock(), answer, messageId, !Object.hasOwn(listeners, mail.kind), address],
  );
  return sent ?? null;
};

/**
 * To where each of some mails goes: to the address that its account has by now, because somebody may have corrected it since; null:
 * nowhere, because the account may get no mail any more.
 */
const addressesNow = async (
  { addressesOf }: Delivery,
  mails: readonly MailRow[],
): Promise<(mail: MailRow) => string | null> => {
  const ids = [...new Set(mails.flatMap(({ user_id: userId }) => userId ?? []))];
  const accounts = ids.length > 0 ? await addressesOf?.(ids) : [];
  return ({ user_id: userId, recipient_address: known }) => {
    if (userId === null || accounts === undefined) return known;
    const account = accounts.find(({ id }) => id === userId);
    if (account === undefined) return null;
    return oneAddress.test(account.address) ? account.address : known;
  };
};

/** Tells what became of mails, all of one kind at once. Answers what could not be told; it will be told again. */
const report = async (
  { dataSource, clock, listeners }: Delivery,
  mails: readonly MailRow[],
  claim: Date,
): Promise<readonly string[]> => {
  const failures: string[] = [];
  const told: string[] = [];
  const untold: string[] = [];
  const tell = async (some: readonly MailRow[]): Promise<void> => {
    try {
      await listeners[some[0]?.kind ?? '']?.(some.map(outgoingMailOf));
      told.push(...some.map(({ id }) => id));
    } catch (error) {
      // One that cannot be told must not keep the others from it.
      if (some.length > 1) return inTurn(some.map((mail) => () => tell([mail])));
      untold.push(...some.map(({ id }) => id));
      failures.push(...some.map(({ id }) => `${id}: ${messageOf(error)}`)); // into the log of the queue
    }
  };
  const kinds = [...new Set(mails.map(({ kind }) => kind))];
  await inTurn(kinds.map((kind) => () => tell(mails.filter((mail) => mail.kind === kind))));
  if (told.length > 0)
    await dataSource.query(
      `update outgoing_mail set claimed_at = null,
         reported_at = case when status <> 'refused' then $3::timestamptz end,
         due_at = case when status = 'refused' then $3::timestamptz + ($4::float8[])[refusals] * interval '1 hour' else due_at end,
         status = case when status = 'refused' then 'waiting' else status end
       where id = any($1) and claimed_at = $2`,
      [told, claim, clock(), HOURS_AFTER_REFUSAL],
    );
  if (untold.length > 0)
    await dataSource.query(
      `update outgoing_mail set claimed_at = null, due_at = $3 where id = any($1) and claimed_at = $2`,
      [untold, claim, new Date(clock().getTime() + FIRST_WAIT_MS)],
    );
  return failures;
};

const inTurn = async (steps: readonly (() => Promise<void>)[]): Promise<void> => {
  for (const step of steps) await step();
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
