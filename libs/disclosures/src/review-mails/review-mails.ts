import { localDateOf } from '@app/calendar';
import { assertNever, type EventStore, type StoredEvent } from '@app/event-sourcing';
import { oneLine, renderMail, type Mail } from '@app/mail';
import { officersNow, organisationOn } from '@app/officers';
import type { Projection } from '@app/projections';
import type { EntityManager } from 'typeorm';
import { livedThrough } from '../as-of/life';
import { textRead } from '../comparison/compare-disclosure';
import { disclosureEventOf } from '../disclosures/disclosure-projection';
import type { DisclosureEvent, Registered } from '../domain/disclosure';
import { askedStepOf, barrierOf, isInReview, mayActAs, waitingStep, type InReview } from '../domain/review';
import { actingsOf, everyActingOf, seatsOf, type Acting, type Organisation } from '../domain/seats';
import { mailByPreference, type ReviewMail } from '../nudges/mail-by-preference';
import { stateOf } from '../review-decisions';
import {
  approved,
  mentioned,
  postReviewRequest,
  recalled,
  rejected,
  replaced,
  returned,
  signRequest,
  withdrawn,
  type Composed,
} from './compose';

type Recipient = { readonly id: string; readonly name: string; readonly address: string };

export type ReviewMailDependencies = {
  readonly store: EventStore;
  /** Name and address of those accounts that may get mail; others are left out. */
  readonly accountsOf: (tx: EntityManager, ids: readonly string[]) => Promise<readonly Recipient[]>;
  /** Where the product is reached, without a slash at the end. */
  readonly publicUrl: string;
};

/**
 * Turns what happens in a review into mails, in the transaction in which the checkpoint moves: a mail is queued, or kept
 * for the digest of who prefers that, exactly when its event was taken in. A mail that asks for something which has been done meanwhile is not written.
 */
export const reviewMails = (deps: ReviewMailDependencies): Projection => ({
  name: 'review-mails.v1',
  apply: async (events, tx) => {
    for (const stored of events) {
      const event = disclosureEventOf(stored);
      if (!event || !concernsSomebody(event)) continue;
      const history = await deps.store.read(stored.stream);
      const today = localDateOf(stored.metadata.recordedAt);
      const organisation = organisationOn(await officersNow(deps.store), stored.stream.slice(PREFIX), today);
      for (const { to, mail, asks } of mailsFor(event, stored, history, organisation, today, deps.publicUrl)) {
        for (const recipient of await deps.accountsOf(tx, [to])) {
          const written = { userId: to, mail: mailOf(stored, recipient, mail), url: mail.action.url, asks };
          await mailByPreference(tx, written, new Date(stored.metadata.recordedAt));
        }
      }
    }
  },
});

const PREFIX = 'disclosure-'.length;

type Concerning = Extract<
  DisclosureEvent,
  {
    type:
      | 'SubmittedForReview'
      | 'StepCompleted'
      | 'ReturnedToStep'
      | 'SignatoryReassigned'
      | 'ReturnedForChanges'
      | 'RevisionApproved'
      | 'Recalled'
      | 'Rejected'
      | 'Withdrawn'
      | 'CommentAdded';
  }
>;

const concerning: readonly DisclosureEvent['type'][] = [
  'SubmittedForReview',
  'StepCompleted',
  'ReturnedToStep',
  'SignatoryReassigned',
  'ReturnedForChanges',
  'RevisionApproved',
  'Recalled',
  'Rejected',
  'Withdrawn',
  'CommentAdded',
];
const concernsSomebody = (event: DisclosureEvent): event is Concerning => concerning.includes(event.type);

/** What a step is asked for by. */
const asking: readonly string[] = ['SubmittedForReview', 'StepCompleted', 'ReturnedToStep'];

/** The event that the waiting step is asked for by: the request mails bear its place. */
export const askingOf = (history: readonly StoredEvent[]): StoredEvent | undefined =>
  history.findLast(({ type }) => asking.includes(type));

export type Addressed = { readonly to: string; readonly mail: Composed; readonly asks: ReviewMail['asks'] };

/** Whom an event asks for something or tells something, and in what words, as things stand now. */
const mailsFor = (
  event: Concerning,
  stored: StoredEvent,
  history: readonly StoredEvent[],
  organisation: Organisation,
  today: string,
  publicUrl: string,
): readonly Addressed[] => {
  const state = stateOf(history);
  if (state.status !== 'Registered') return [];
  const { revision } = state;
  const where = { publicUrl, version: history.at(-1)?.version ?? stored.version };
  const toEach = (ids: readonly string[], mail: Composed) => [...new Set(ids)].map((to) => ({ to, mail, asks: null }));
  const isOpen = revision.status !== 'none' && revision.id === event.data.revisionId;

  switch (event.type) {
    case 'SubmittedForReview':
      return isAskedAnew() ? [] : askedAt(0);
    case 'StepCompleted':
      return isAskedAnew() ? [] : askedAt(event.data.step + 1);
    case 'ReturnedToStep':
      return isAskedAnew() ? [] : askedAt(event.data.to);
    case 'SignatoryReassigned': {
      if (!isOpen) return [];
      const { step, from, to } = event.data;
      return [
        ...toEach([from.id], replaced(state, revision.editionNumber, event.data, where)),
        ...askedAt(step).filter((each) => each.to === to.id),
      ];
    }
    case 'ReturnedForChanges':
      return isOpen && revision.status === 'drafting'
        ? toEach(
            draftersOf(before()).filter((id) => id !== event.data.by.id),
            returned(state, revision.editionNumber, event.data, where),
          )
        : [];
    case 'RevisionApproved': {
      const then = stateOf(history.filter(({ version }) => version <= stored.version));
      if (then.status !== 'Registered' || then.revision.status !== 'approved') return [];
      const published = state.editions.find(({ review }) => review?.revisionId === event.data.revisionId);
      const waits = isOpen && revision.status === 'approved';
      if (!waits && !published) return [];
      const read = (published?.postReviews ?? []).flatMap(({ reader, onBehalfOf }) => [
        reader.id,
        ...(onBehalfOf === null ? [] : [onBehalfOf.person.id]),
      ]);
      const readers = postReviewersOf(then.revision, organisation, today).filter((id) => !read.includes(id));
      return [
        ...(waits ? toEach([revision.submittedBy.id], approved(state, revision, where)) : []),
        ...toEach(readers, postReviewRequest(then, then.revision.editionNumber, published !== undefined, where)),
      ];
    }
    case 'Recalled':
      // Submitted again meanwhile: then the new request says it all.
      return isOpen && revision.status === 'drafting'
        ? toEach(
            askedBefore().filter((id) => id !== event.data.by.id),
            recalled(state, revision.editionNumber, event.data, where),
          )
        : [];
    case 'Rejected':
      return toEach(
        [...askedBefore(), ...draftersOf(before())].filter((id) => id !== event.data.by.id),
        rejected(state, event.data, where),
      );
    case 'Withdrawn': {
      const ended = before();
      return ended === null || ended.revision.status === 'none'
        ? []
        : toEach(
            [...askedBefore(), ...draftersOf(ended)].filter((id) => id !== event.data.by.id),
            withdrawn(state, ended.revision.editionNumber, event.data, where),
          );
    }
    case 'CommentAdded':
      return isOpen
        ? toEach(
            event.data.mentions.filter((id) => id !== event.data.by.id),
            mentioned(state, revision.editionNumber, event.data, where),
          )
        : [];
    default:
      return assertNever(event);
  }

  /** What was true right before the event: by now a revision that it ended is forgotten. */
  function before(): Registered | null {
    const then = stateOf(history.filter(({ version }) => version < stored.version));
    return then.status === 'Registered' ? then : null;
  }

  /** Whether a later event asks for signatures: then its mail is the one that counts. */
  function isAskedAnew(): boolean {
    return history.some(({ version, type }) => version > stored.version && asking.includes(type));
  }

  /** Those who were asked for something until the event. */
  function askedBefore(): readonly string[] {
    const then = before();
    if (then === null) return [];
    if (isInReview(then)) return askedToSign(then, organisation, today).map(({ signer }) => signer.id);
    return then.revision.status === 'approved' ? postReviewersOf(then.revision, organisation, today) : [];
  }

  /** Those who may sign that step, while it is the one that waits. */
  function askedAt(step: number): readonly Addressed[] {
    if (state.status !== 'Registered' || !isInReview(state) || !isOpen || state.revision.step !== step) return [];
    return requestsOf(state, history, organisation, today, where);
  }
};

/** Everybody who may sign the waiting step, once. */
export const askedToSign = (state: InReview, organisation: Organisation, today: string): readonly Acting[] => {
  const seats = seatsOf(waitingStep(state), organisation, today);
  const people = new Set(everyActingOf(seats, organisation).map(({ signer }) => signer.id));
  return [...people].flatMap((id) => mayActAs(state, id, organisation, today).slice(0, 1));
};

/** The requests to everybody who may sign the waiting step. */
export const requestsOf = (
  state: InReview,
  history: readonly StoredEvent[],
  organisation: Organisation,
  today: string,
  where: { readonly publicUrl: string; readonly version: number },
): readonly Addressed[] => {
  const life = livedThrough(history);
  return askedToSign(state, organisation, today).map((acting) => {
    const to = acting.signer.id;
    const last = textRead(life, to);
    // What was sent back to an earlier step comes again as it was: then there is nothing new to begin with.
    const isNews = last?.how !== 'returned' || last.text.contentHash !== state.revision.contentHash;
    const read = isNews ? last : null;
    const known = { parts: read?.text.parts ?? state.editions.at(-1)?.parts ?? [], how: read?.how ?? null };
    const asks = { disclosureId: state.id, revisionId: state.revision.id };
    return { to, mail: signRequest(state, acting, known, where), asks };
  });
};

/** Those whom the steps of 後閲 ask, and who may: in their own right, not as deputies. */
const postReviewersOf = (
  revision: Extract<Registered['revision'], { status: 'approved' }>,
  organisation: Organisation,
  today: string,
): readonly string[] =>
  revision.route.steps.flatMap((step, index) => {
    const asked = step.meaning === 'postReview' ? askedStepOf(revision, index) : undefined;
    if (!asked) return [];
    const seats = seatsOf(asked, organisation, today);
    return seats
      .flatMap(({ person }) => actingsOf(person.id, seats, organisation))
      .filter((acting) => barrierOf(acting, index, revision) === null)
      .map(({ signer }) => signer.id);
  });

/** Who wrote in the open revision, and who submitted it. */
const draftersOf = (state: Registered | null): readonly string[] => {
  if (state === null || state.revision.status === 'none') return [];
  const { revision } = state;
  return [...revision.authors, ...('submittedBy' in revision ? [revision.submittedBy] : [])].map(({ id }) => id);
};

/** Its id is that of the event and of whom it goes to: an event is told to nobody twice. */
export const mailOf = (
  stored: Pick<StoredEvent, 'stream' | 'version'>,
  to: Recipient,
  { subject, paragraphs, list, action }: Composed,
): Mail => ({
  id: `review:${stored.stream}:${stored.version}:${to.id}`,
  kind: 'review',
  to: { name: to.name, address: to.address },
  ...renderMail({
    subject: oneLine(subject),
    greeting: `${to.name} 様`,
    paragraphs,
    list,
    action,
    footer: 'このメールは Kaijisho が自動で送信しています。',
  }),
});
