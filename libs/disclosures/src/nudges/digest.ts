import { inJapanese, TOKYO, type LocalDate } from '@app/calendar';
import type { EventStore } from '@app/event-sourcing';
import { accountsOf } from '@app/identity';
import { enqueueMail, renderMail, type Mail } from '@app/mail';
import { officersNow, organisationOn } from '@app/officers';
import type { DataSource, EntityManager } from 'typeorm';
import { isInReview, mayActAs } from '../domain/review';
import { stateOf } from '../review-decisions';

type DigestDependencies = {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly publicUrl: string;
};

type Entry = {
  readonly id: string;
  readonly subject: string;
  readonly url: string;
  readonly disclosure_id: string | null;
  readonly revision_id: string | null;
};

/**
 * One mail to everybody for whom something was kept before this morning, or a nudge of today; at most once a day. What has
 * been signed meanwhile is left out, and where nothing is left there is no mail. Answers what went wrong, by user; what was
 * kept for them stays for the next time.
 *
 * @param morning the hour from which on news are for the next digest
 */
export const sendDigests = async (
  deps: DigestDependencies,
  now: Date,
  today: LocalDate,
  morning: number,
): Promise<readonly string[]> => {
  const waiting = await deps.dataSource.query<{ userId: string }[]>(
    `select distinct user_id as "userId" from review_digest_entry
      where settled_at is null
        and (kind = 'nudge' or created_at < ($1::date + make_interval(hours => $2)) at time zone $3)
      order by user_id`,
    [today, morning, TOKYO],
  );
  const failures: string[] = [];
  for (const { userId } of waiting) {
    await deps.dataSource
      .transaction((tx) => sendDigest(deps, tx, userId, now, today))
      .catch((error: Error) => failures.push(`digest of ${userId}: ${error.message}`));
  }
  return failures;
};

const sendDigest = async (
  { store, publicUrl }: DigestDependencies,
  tx: EntityManager,
  userId: string,
  now: Date,
  today: LocalDate,
): Promise<void> => {
  // One worker at a time: what is kept after the digest of the day waits for the next one.
  await tx.query(`select pg_advisory_xact_lock(hashtext('digest:' || $1))`, [userId]);
  const entries = await tx.query<Entry[]>(
    `select id, subject, url, disclosure_id, revision_id from review_digest_entry
      where user_id = $1 and settled_at is null and not exists (select from outgoing_mail where id = $2)
      order by created_at, id`,
    [userId, digestId(today, userId)],
  );
  if (entries.length === 0) return;
  const stillAsked = await whatIsAskedOf(store, userId, entries, today);
  const [to] = (await accountsOf(tx, [userId])).filter(({ disabled }) => !disabled);
  // A request and its nudges are one matter: the last word of each counts.
  const matters = new Map(
    entries
      .filter(({ disclosure_id: id, revision_id: revisionId }) => id === null || stillAsked.get(id) === revisionId)
      .map((entry) => [entry.disclosure_id ?? entry.id, entry]),
  );
  if (to && matters.size > 0) {
    await enqueueMail(tx, digestMail([...matters.values()], to, publicUrl, today), now);
  }
  await tx.query('update review_digest_entry set settled_at = $2 where id = any($1)', [
    entries.map(({ id }) => id),
    now,
  ]);
};

/** By disclosure: the revision whose waiting step the person may sign now. */
const whatIsAskedOf = async (
  store: EventStore,
  userId: string,
  entries: readonly Entry[],
  today: LocalDate,
): Promise<ReadonlyMap<string, string>> => {
  const asked = new Map<string, string>();
  const ids = new Set(entries.flatMap(({ disclosure_id: id }) => (id === null ? [] : [id])));
  const register = await officersNow(store);
  for (const id of ids) {
    const state = stateOf(await store.read(`disclosure-${id}`));
    if (state.status !== 'Registered' || !isInReview(state)) continue;
    const mayAct = mayActAs(state, userId, organisationOn(register, id, today), today).length > 0;
    if (mayAct) asked.set(id, state.revision.id);
  }
  return asked;
};

const digestId = (today: LocalDate, userId: string): string => `digest:${today}:${userId}`;

const digestMail = (
  entries: readonly Entry[],
  to: { readonly id: string; readonly name: string; readonly address: string },
  publicUrl: string,
  today: LocalDate,
): Mail => ({
  id: digestId(today, to.id),
  kind: 'digest',
  to: { name: to.name, address: to.address },
  subject: `【回付のまとめ】${inJapanese(today)}：${entries.length}件`,
  ...renderMail({
    greeting: `${to.name} 様`,
    paragraphs: ['前回のまとめの後に届いた、回付についてのお知らせです。'],
    list: entries.map(({ subject, url }) => `${subject}\n${url}`),
    action: { label: '回付の一覧を開く', url: `${publicUrl}/reviews` },
    footer:
      'このメールは Kaijisho が自動で送信しています。まとめて受け取るか、1通ずつ受け取るかは、設定で変えられます。',
  }),
});
