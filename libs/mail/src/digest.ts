import { inJapanese, isBusinessDay, localDateOf, localHourOf, TOKYO, type LocalDate } from '@app/calendar';
import type { Job, Schedule } from '@app/jobs';
import type { DataSource, EntityManager } from 'typeorm';
import type { Mail } from './mail';
import { enqueueMails, giveUpMail } from './outbox';
import { renderMail } from './render-mail';

/** A mail to somebody with an account, and what a digest needs to know of it. */
export type PersonalMail = {
  readonly userId: string;
  readonly mail: Mail;
  /** Where the mail leads to. */
  readonly url: string;
  /** The `DigestTopic` that knows whether it still concerns them. */
  readonly topic: string;
  /** What the topic has to know for that; plain JSON. */
  readonly about: unknown;
  /**
   * `preferred`: by itself or in the digest of the next business morning, as the person likes it. `atOnce`: by itself. `missed`: should have gone
   * out while the service was down; all such mails go to a person as one.
   */
  readonly manner: 'preferred' | 'atOnce' | 'missed';
};

/** A mail that was kept for a digest. */
export type KeptMail = {
  /** That of the mail which it stands for. */
  readonly id: string;
  readonly topic: string;
  readonly subject: string;
  readonly url: string;
  readonly about: unknown;
};

/** What concerns somebody still, and the ids of what was kept for them before of the same matter: it is the last word on it. */
export type StillConcerning = KeptMail & { readonly standsFor?: readonly string[] };

/** What a feature tells digests of its mails. */
export type DigestTopic = {
  readonly topic: string;
  /** 「回付」「期限」 */
  readonly name: string;
  /** Where one sees all of them. */
  readonly page: { readonly label: string; readonly path: string };
  /** Of what was kept for somebody, what concerns them still: of one matter the last word. */
  readonly stillConcern: (
    userId: string,
    kept: readonly KeptMail[],
    today: LocalDate,
  ) => Promise<readonly StillConcerning[]>;
  /** Hears what concerns them no more, and so goes into no mail. Called again when the digest had to be begun anew: it must be idempotent. */
  readonly unneeded?: (userId: string, kept: readonly KeptMail[], now: Date) => Promise<void>;
};

/** Those of the ids who want one mail a day. */
export type DailyReaders = (tx: EntityManager, userIds: readonly string[]) => Promise<ReadonlySet<string>>;

/**
 * Puts mails into the outbox, or keeps them for a digest, in the transaction of whatever causes them. A mail of an id that was queued
 * or kept before is left as it is.
 */
export const mailPeople = async (
  tx: EntityManager,
  mails: readonly PersonalMail[],
  dailyReaders: DailyReaders,
  now: Date,
): Promise<void> => {
  if (mails.length === 0) return;
  // Whoever changes their mind gets it once all the same.
  const ids = mails.map(({ mail }) => mail.id);
  const known = await tx.query<{ id: string }[]>(
    'select id from outgoing_mail where id = any($1) union all select id from digest_entry where id = any($1)',
    [ids],
  );
  const news = mails.filter(({ mail }) => !known.some(({ id }) => id === mail.id));
  const daily = await dailyReaders(tx, [...new Set(news.map(({ userId }) => userId))]);
  const isKept = ({ manner, userId }: PersonalMail) =>
    manner === 'missed' || (manner === 'preferred' && daily.has(userId));
  await enqueueMails(
    tx,
    news.filter((each) => !isKept(each)).map(({ mail, userId }) => ({ ...mail, userId })),
    now,
  );
  const kept = news.filter(isKept);
  if (kept.length === 0) return;
  await tx.query(
    `insert into digest_entry (id, kind, topic, user_id, subject, url, about, missed, mail, created_at)
     select id, kind, topic, user_id, subject, url, about::jsonb, mail is not null, mail::jsonb, $9
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
         as kept (id, kind, topic, user_id, subject, url, about, mail)
     on conflict (id) do nothing`,
    [
      kept.map(({ mail }) => mail.id),
      kept.map(({ mail }) => mail.kind),
      kept.map(({ topic }) => topic),
      kept.map(({ userId }) => userId),
      kept.map(({ mail }) => mail.subject),
      kept.map(({ url }) => url),
      kept.map(({ about }) => JSON.stringify(about)),
      kept.map(({ mail, manner }) => (manner === 'missed' ? JSON.stringify(mail) : null)),
      now,
    ],
  );
};

export type DigestDependencies = {
  readonly dataSource: DataSource;
  readonly clock: () => Date;
  /** Where the product is reached, without a slash at the end. */
  readonly publicUrl: string;
  readonly topics: readonly DigestTopic[];
  /** In which hours of the day, 0 to 23, nothing leaves; absent: in none. */
  readonly quietHours?: () => Promise<(hour: number) => boolean>;
  /** Name and address of those who may get mail; others are left out. */
  readonly accountsOf: (
    tx: EntityManager,
    ids: readonly string[],
  ) => Promise<readonly { readonly id: string; readonly name: string; readonly address: string }[]>;
};

/** Digests have the news of before nine in the morning, where the company is, or of before the hour at which mails may leave … */
const MORNING = 9;
/** … and are sent a little later, so that what is said at that hour is in them. */
const MINUTES_LATER = 10;

const SWEEP = 'digests.sweep';

/**
 * Sends what was kept for digests: those of a day on business days soon after nine, and after an outage what was missed, once nothing more is added
 * to it. Safe to repeat, and to run twice at once.
 */
export const digestJobs = (
  deps: DigestDependencies,
): { readonly jobs: readonly Job[]; readonly schedules: readonly Schedule[] } => ({
  // The next sweep is the retry.
  jobs: [{ name: SWEEP, attempts: 1, backoffMs: 1_000, run: () => sweepDigests(deps) }],
  schedules: [{ name: 'digests', everyMs: 20_000, job: SWEEP }],
});

/** @throws Error that names those whose digest could not be put together; what was kept for them stays for the next time. */
export const sweepDigests = async (deps: DigestDependencies): Promise<void> => {
  const now = deps.clock();
  const today = localDateOf(now);
  const isQuiet = (await deps.quietHours?.()) ?? (() => false);
  if (isQuiet(localHourOf(now))) return;
  const opens =
    hours.find((hour) => hour >= MORNING && !isQuiet(hour)) ?? hours.find((hour) => !isQuiet(hour)) ?? MORNING;
  const before = new Date(now.getTime() - MINUTES_LATER * 60_000);
  const morning = isBusinessDay(today) && localDateOf(before) === today && localHourOf(before) >= opens;
  const waiting = [
    ...(await missedBy(deps.dataSource, now)).map((userId) => ({ userId, missed: true })),
    ...(morning ? await waitingFor(deps.dataSource, today, opens) : []).map((userId) => ({ userId, missed: false })),
  ];
  const failures: string[] = [];
  for (const { userId, missed } of waiting) {
    await deps.dataSource
      .transaction((tx) => sendDigest(deps, tx, { userId, missed, now, today }))
      .catch((error: Error) => failures.push(`digest of ${userId}: ${error.message}`));
  }
  if (failures.length > 0) throw new Error(`Not every digest could be sent. ${failures.join('; ')}`);
};

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** For whom something was kept before mails might leave this morning, or as soon as they might. */
const waitingFor = async (dataSource: DataSource, today: LocalDate, opens: number): Promise<readonly string[]> => {
  const rows = await dataSource.query<{ userId: string }[]>(
    `select distinct user_id as "userId" from digest_entry
      where settled_at is null and not missed
        and (kind = 'nudge' or created_at < ($1::date + make_interval(hours => $2, mins => $4)) at time zone $3)
      order by user_id`,
    [today, opens, TOKYO, MINUTES_LATER],
  );
  return rows.map(({ userId }) => userId);
};

/** Nothing has been added for a minute, or it has been long enough: then what was missed is complete. */
const missedBy = async (dataSource: DataSource, now: Date): Promise<readonly string[]> => {
  const rows = await dataSource.query<{ userId: string }[]>(
    `select user_id as "userId" from digest_entry where settled_at is null and missed
      group by user_id
     having max(created_at) <= $1::timestamptz - interval '1 minute' or min(created_at) <= $1::timestamptz - interval '15 minutes'
      order by user_id`,
    [now],
  );
  return rows.map(({ userId }) => userId);
};

const sendDigest = async (
  { publicUrl, topics, accountsOf }: DigestDependencies,
  tx: EntityManager,
  {
    userId,
    missed,
    now,
    today,
  }: {
    readonly userId: string;
    readonly missed: boolean;
    readonly now: Date;
    readonly today: LocalDate;
  },
): Promise<void> => {
  // One worker at a time: what is kept after the digest of the day waits for the next one.
  await tx.query(`select pg_advisory_xact_lock(hashtext('digest:' || $1))`, [userId]);
  const kept = await tx.query<(KeptMail & { readonly mail: Mail | null })[]>(
    `select id, topic, subject, url, about, mail from digest_entry
      where user_id = $1 and settled_at is null and missed = $2 and ($2 or not exists (select from outgoing_mail where id = $3))
      order by created_at, id`,
    [userId, missed, dailyId(today, userId)],
  );
  const [first] = kept;
  if (first === undefined) return;
  const concerned: (typeof kept)[number][] = [];
  const said = new Set<string>();
  for (const { topic, stillConcern, unneeded } of topics) {
    const ours = kept.filter((each) => each.topic === topic);
    const still = await stillConcern(userId, ours, today);
    concerned.push(...ours.filter(({ id }) => still.some((each) => each.id === id)));
    for (const { id, standsFor = [] } of still) [id, ...standsFor].forEach((each) => said.add(each));
    const rest = ours.filter(({ id }) => !said.has(id));
    if (rest.length > 0) await unneeded?.(userId, rest, now);
  }
  const [to] = await accountsOf(tx, [userId]);
  const [only] = concerned;
  const mail =
    to === undefined || only === undefined
      ? null
      : missed && said.size === 1 && only.mail
        ? { ...only.mail, userId }
        : digestMail({
            concerned,
            topics,
            to,
            publicUrl,
            ...(missed ? missedWords(first.id, to.id) : dailyWords(today, to.id)),
          });
  if (mail) await enqueueMails(tx, [mail], now);
  const unreachable = to === undefined && only !== undefined ? unreachableId(first.id, userId) : null;
  if (unreachable !== null) await giveUpMail(tx, { id: unreachable, kind: DIGEST }, now);
  await tx.query(
    `update digest_entry set settled_at = $3, mail = null, mail_id = case when id = any($2) then $4 end where id = any($1)`,
    [kept.map(({ id }) => id), [...said], now, mail?.id ?? unreachable],
  );
};

type Words = {
  readonly id: string;
  readonly opening: string;
  readonly heading: (names: string, count: number) => string;
};

const unreachableId = (firstId: string, userId: string): string => `unreachable:${firstId}:${userId}`;
const dailyId = (today: LocalDate, userId: string): string => `digest:${today}:${userId}`;
const dailyWords = (today: LocalDate, userId: string): Words => ({
  id: dailyId(today, userId),
  heading: (names, count) => `【${names}のまとめ】${inJapanese(today)}：${count}件`,
  opening: '前回のまとめの後に届いた、お知らせです。',
});
/** Each entry goes into one mail, so its id makes the mail's unique. */
const missedWords = (firstId: string, userId: string): Words => ({
  id: `missed:${firstId}:${userId}`,
  heading: (names, count) => `【${names}のお知らせ】お送りできていなかった${count}件`,
  opening: 'システムの停止などにより予定日にお送りできなかったお知らせを、このメール1通にまとめました。',
});

const digestMail = ({
  concerned,
  topics,
  to,
  publicUrl,
  id,
  opening,
  heading,
}: Words & {
  readonly concerned: readonly KeptMail[];
  readonly topics: readonly DigestTopic[];
  readonly to: { readonly id: string; readonly name: string; readonly address: string };
  readonly publicUrl: string;
}): Mail => {
  const named = topics.filter(({ topic }) => concerned.some((each) => each.topic === topic));
  const [page, ...more] = named.map((each) => each.page);
  const action = page && more.length === 0 ? page : { label: 'Kaijisho を開く', path: '/' };
  return {
    id,
    kind: DIGEST,
    to: { name: to.name, address: to.address },
    userId: to.id,
    ...renderMail({
      subject: heading(named.map(({ name }) => name).join('・'), concerned.length),
      greeting: `${to.name} 様`,
      paragraphs: [opening],
      list: concerned.map(({ subject, url }) => `${subject}\n${url}`),
      action: { label: action.label, url: `${publicUrl}${action.path}` },
      footer:
        'このメールは Kaijisho が自動で送信しています。まとめて受け取るか、1通ずつ受け取るかは、設定で変えられます。',
    }),
  };
};

/** The kind of a mail that stands for others. */
export const DIGEST = 'digest';

/** The ids of the mails of a topic for which a digest stands. */
export const mailsInDigest = async (
  dataSource: DataSource,
  digestId: string,
  topic: string,
): Promise<readonly string[]> => {
  const rows = await dataSource.query<{ id: string }[]>(
    'select id from digest_entry where mail_id = $1 and topic = $2 order by id',
    [digestId, topic],
  );
  return rows.map(({ id }) => id);
};
