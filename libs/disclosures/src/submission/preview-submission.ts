import { localDateOf } from '@app/calendar';
import { CLOCK, currentState, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import { problemTextOf } from '@app/http';
import { routeFor, routesNow } from '@app/routes';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import type { submissionPreview } from '../contract';
import { disclosureCodec } from '../disclosure.codec';
import { unresolved } from '../domain/comment.decider';
import { changedItems, contentHashOf, reassignmentsIn, type Registered } from '../domain/disclosure';
import { disclosureDecider } from '../domain/disclosure.decider';
import { carriedOverTo, stepsInTheWay } from '../domain/review';
import { waiversIn } from '../domain/review.decider';
import { findingsWithWaivers } from '../disclosures/get-disclosure';
import { routingOf, stepViewOf } from '../disclosures/revision-view';
import { disclosureProblems } from '../problems';
import { organisationNow } from '../review-decisions';

/** What submitting the text as it stands would lead to; null when there is no such disclosure. */
export class PreviewSubmission extends Query<z.infer<typeof submissionPreview> | null> {
  constructor(readonly disclosureId: string) {
    super();
  }
}

@QueryHandler(PreviewSubmission)
export class PreviewSubmissionHandler implements IQueryHandler<PreviewSubmission> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** From the streams, like the submission itself: what it says is what would be decided. */
  async execute({ disclosureId }: PreviewSubmission): Promise<z.infer<typeof submissionPreview> | null> {
    const at = this.now().toISOString();
    const [state, register, organisation] = await Promise.all([
      currentState(this.store, disclosureDecider, disclosureCodec, `disclosure-${disclosureId}`),
      routesNow(this.store),
      organisationNow(this.store, disclosureId, at),
    ]);
    if (state.status !== 'Registered') return null;
    const { authors, comments, replaced } =
      state.revision.status === 'none' ? { authors: [], comments: [], replaced: [] } : state.revision;
    const route = routeFor(
      register,
      disclosureId,
      changedItems(state).map(({ itemKey }) => itemKey),
    );
    const carriedOver = carriedOverTo(state, route, hashOf(state), waiversIn(state));
    const reassignments = reassignmentsIn({ replaced, authors }, route);
    const parties = { route, authors, signatures: carriedOver, reassignments };
    const today = localDateOf(at);
    const steps = stepsInTheWay(parties, organisation, today);
    const text = problemTextOf({ type: 'NobodyMaySign', steps }, disclosureProblems);
    return {
      routing: routingOf(route),
      route: route.steps.map((step, index) =>
        stepViewOf({ step, index, askedAt: null, reassignments }, 'ahead', parties, { organisation, today }),
      ),
      problem:
        steps.length === 0
          ? null
          : {
              type: 'NobodyMaySign',
              detail: text.en,
              detailJa: text.ja,
              steps: steps.map((each) => ({
                ...each,
                signatories: each.signatories.map((who) =>
                  who.kind === 'role' ? who : { ...who, people: [...who.people] },
                ),
                candidates: [...each.candidates],
              })),
            },
      carriedOver: [...carriedOver],
      unresolvedComments: unresolved(comments).map((comment) => ({ ...comment, mentions: [...comment.mentions] })),
      findings: findingsWithWaivers(state),
    };
  }
}

const hashOf = (state: Registered): string => {
  const { revision } = state;
  return revision.status === 'none'
    ? ''
    : contentHashOf(state, revision.editionNumber, revision.historyText, revision.causes, waiversIn(state));
};
