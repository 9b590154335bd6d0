import { localDateOf, type LocalDate } from '@app/calendar';
import type { StoredEvent } from '@app/event-sourcing';
import { accountsOf } from '@app/identity';
import { officersKnownAt, organisationOn } from '@app/officers';
import { disclosureCodec } from '../disclosure.codec';
import { waitingStep, type InReview } from '../domain/review';
import { everyActingOf, seatsOf, type Organisation } from '../domain/seats';
import { askingOf, mailOf, requestsOf } from '../review-mails/review-mails';
import { mailByPreference } from './mail-by-preference';
import type { NudgeDependencies } from './nudges';

/**
 * Asks those who came to the waiting step after it was asked for: they took an office since, or their deputation began. The
 * mail is the one that they would have had then, id included, so that it is queued once. Nobody who was there from the start
 * is asked again, whatever the outbox knows: after the import of a log it is empty. Whoever was put in somebody's place was
 * asked with that; to whom it escalated, the nudge of that day says so.
 */
export const askNewcomers = async (
  { store, dataSource, publicUrl }: NudgeDependencies,
  state: InReview,
  history: readonly StoredEvent[],
  organisation: Organisation,
  now: Date,
  today: LocalDate,
): Promise<void> => {
  const asking = askingOf(history);
  if (!asking) return;
  const asked = waitingStep(state);
  const seats = seatsOf(asked, organisation, today);
  const escalated = seats.filter(({ capacity }) => capacity === 'escalated').map(({ person }) => person.id);

  const { recordedAt } = asking.metadata;
  const then = organisationOn(await officersKnownAt(store, recordedAt), state.id, localDateOf(recordedAt));
  const here = { ...asked, reassignments: asked.reassignments.filter(({ at }) => at <= recordedAt) };
  const already = new Set([
    ...everyActingOf(seatsOf(here, then, localDateOf(recordedAt)), then).map(({ signer }) => signer.id),
    ...putInSince(history, asking.version, asked.index),
    ...escalated,
  ]);

  const where = { publicUrl, version: history.at(-1)?.version ?? asking.version };
  const requests = requestsOf(state, history, organisation, today, where).filter(({ to }) => !already.has(to));
  if (requests.length === 0) return;
  await dataSource.transaction(async (tx) => {
    for (const { to, mail, asks } of requests) {
      const [account] = await accountsOf(tx, [to]);
      if (!account || account.disabled) continue;
      const written = { userId: to, mail: mailOf(asking, account, mail), url: mail.action.url, asks };
      await mailByPreference(tx, written, now);
    }
  });
};

/** Those who were put in somebody's place in the step while it waits: that mail asked them. */
const putInSince = (history: readonly StoredEvent[], version: number, step: number): readonly string[] =>
  history
    .filter((stored) => stored.version > version && stored.type === 'SignatoryReassigned')
    .flatMap((stored) => {
      const event = disclosureCodec.decode(stored);
      return event.type === 'SignatoryReassigned' && event.data.step === step ? [event.data.to.id] : [];
    });
