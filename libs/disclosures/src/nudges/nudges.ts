import { isBusinessDay, localDateOf, localHourOf, type LocalDate } from '@app/calendar';
import type { Clock, EventStore } from '@app/event-sourcing';
import { accountsOf } from '@app/identity';
import type { Job, Schedule } from '@app/jobs';
import { officersNow, organisationOn } from '@app/officers';
import type { DataSource } from 'typeorm';
import { isInReview, waitingStep } from '../domain/review';
import { stateOf } from '../review-decisions';
import { askedToSign } from '../review-mails/review-mails';
import { askNewcomers } from './ask-newcomers';
import { completeWhereOthersLeft } from './complete-step';
import { mailByPreference } from './mail-by-preference';
import { nudgeDue } from './nudge';
import { nudgeMail } from './nudge-mail';
import { tellAdministrators } from './nobody-left';

export type NudgeDependencies = {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly clock: Clock;
  /** Where the product is reached, without a slash at the end. */
  readonly publicUrl: string;
};

/** Nudges are for the morning, at nine where the company is, and for whatever is late after it. */
const MORNING = 9;

const SWEEP = 'nudges.sweep';

/**
 * Reminds those who may sign and have not, asks those who came since the step waits, and tells the administrators when
 * nobody is left. What is due is decided from the streams; what
 * was sent already is known by the mails' ids. At any hour, a step in which nobody is missing any more is
 * completed. Safe to repeat, and to run twice at once.
 */
export const nudgeSweep = (deps: NudgeDependencies): Job => ({
  name: SWEEP,
  // The next sweep is the retry.
  attempts: 1,
  backoffMs: 1_000,
  run: async () => {
    const now = deps.clock();
    const today = localDateOf(now);
    const isMorning = isBusinessDay(today) && localHourOf(now) >= MORNING;

    const failures: string[] = [];
    for (const id of await disclosuresInReview(deps.dataSource)) {
      // One disclosure that cannot be looked at must not silence the others.
      await completeWhereOthersLeft(deps.store, id, now)
        .then(() => (isMorning ? lookAfter(deps, id, now, today) : undefined))
        .catch((error: Error) => failures.push(`${id}: ${error.message}`));
    }
    if (failures.length > 0) throw new Error(`Not every review could be looked after. ${failures.join('; ')}`);
  },
});

/** Often enough for a morning, and for who has left; mostly nothing is due, and it costs a look at each review. */
export const nudgeSchedules: readonly Schedule[] = [{ name: 'nudges', everyMs: 300_000, job: SWEEP }];

/** Only a hint: whether a step waits is decided from the stream. */
const disclosuresInReview = async (dataSource: DataSource): Promise<readonly string[]> => {
  const rows = await dataSource.query<{ id: string }[]>(
    `select id from disclosure_view where body->'state'->'revision'->>'status' = 'inReview' order by id`,
  );
  return rows.map(({ id }) => id);
};

const lookAfter = async (deps: NudgeDependencies, disclosureId: string, now: Date, today: LocalDate): Promise<void> => {
  const { store, dataSource, publicUrl } = deps;
  const history = await store.read(`disclosure-${disclosureId}`);
  const state = stateOf(history);
  if (state.status !== 'Registered' || !isInReview(state)) return;
  const organisation = organisationOn(await officersNow(store), disclosureId, today);
  const url = `${publicUrl}/disclosures/${disclosureId}/review?v=${history.at(-1)?.version ?? 0}`;

  const able = askedToSign(state, organisation, today);
  const accounts = await accountsOf(
    dataSource,
    able.map(({ signer }) => signer.id),
  );
  const recipients = accounts.filter(({ disabled }) => !disabled);
  if (recipients.length === 0) return tellAdministrators(dataSource, state, url, now);
  await askNewcomers(deps, state, history, organisation, now, today);

  const due = nudgeDue(waitingStep(state).step, state.revision.askedAt, today);
  if (!due) return;
  await dataSource.transaction(async (tx) => {
    for (const to of recipients) {
      const acting = able.find(({ signer }) => signer.id === to.id);
      if (!acting) continue;
      const mail = nudgeMail(state, due, acting, to, url, today);
      await mailByPreference(
        tx,
        { userId: to.id, mail, url, asks: { disclosureId, revisionId: state.revision.id } },
        now,
      );
    }
  });
};
