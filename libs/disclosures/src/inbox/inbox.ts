import { localDateOf } from '@app/calendar';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import type { UserRole } from '@app/http';
import { officersNow, organisationOn } from '@app/officers';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { inboxView } from '../contract';
import { rowsOf, type DisclosureRow } from '../disclosures/disclosure-projection';
import { revisionViewOf, waitingForOf, type AskedBy } from '../disclosures/revision-view';
import type { Registered } from '../domain/disclosure';
import { obstacleTo } from '../domain/review';
import { actingsOf, seatsOf } from '../domain/seats';

type InboxView = z.infer<typeof inboxView>;
type Entry = InboxView['forMe'][number];

/** 自分の番, ほかの方の番, 済み: what waits for whom, as one person sees it. */
export class Inbox extends Query<InboxView> {
  constructor(
    readonly by: { readonly id: string },
    readonly roles: readonly UserRole[],
  ) {
    super();
  }
}

const DECIDED_LIMIT = 50;

@QueryHandler(Inbox)
export class InboxHandler implements IQueryHandler<Inbox> {
  constructor(
    private readonly db: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async execute({ by, roles }: Inbox): Promise<InboxView> {
    const today = localDateOf(this.now().toISOString());
    const [rows, register, decided] = await Promise.all([
      rowsOf(this.db),
      officersNow(this.store),
      this.decidedBy(by.id),
    ]);
    const entries = rows.flatMap((row) =>
      entriesOf(row, { by, today, organisation: organisationOn(register, row.state.id, today) }, roles),
    );
    return {
      forMe: entries.filter(({ kind }) => kind !== 'waiting').sort(mostUrgentFirst),
      forOthers: entries.filter(({ kind }) => kind === 'waiting').sort(mostUrgentFirst),
      decided: decided.map(({ at, ...entry }) => ({
        ...entry,
        at: at.toISOString(),
        editionNumber: editionNumberOf(rows, entry.disclosureId, by.id, at.toISOString()),
      })),
    };
  }

  private decidedBy(
    id: string,
  ): Promise<(Omit<InboxView['decided'][number], 'at' | 'editionNumber'> & { at: Date })[]> {
    return this.db.query(
      `select activity.disclosure_id as "disclosureId", coalesce(disclosure.body->'state'->>'serviceName', '') as "serviceName",
              case activity.type when 'StepSigned' then 'signed' when 'Rejected' then 'rejected'
                                 when 'PostReviewed' then 'postReviewed' else 'returned' end as kind,
              activity.at, activity.sentence
         from activity_view activity left join disclosure_view disclosure on disclosure.id = activity.disclosure_id
        where activity.actor->>'id' = $1
          and activity.type in ('StepSigned', 'ReturnedForChanges', 'ReturnedToStep', 'Rejected', 'PostReviewed')
        order by activity.position desc limit $2`,
      [id, DECIDED_LIMIT],
    );
  }
}

/** What a disclosure asks of somebody or of others: its open revision, and the 後閲 of its editions. */
export const entriesOf = (
  { state, since }: Pick<DisclosureRow, 'state' | 'since'>,
  asked: AskedBy,
  roles: readonly UserRole[],
): readonly Entry[] => {
  const { id: disclosureId, serviceName, title } = state;
  const about = { disclosureId, serviceName, title };
  const view = revisionViewOf(state, asked);
  const postReviews = postReviewsOf(state, asked).map((each): Entry => ({
    ...about,
    ...each,
    ...{ kind: 'postReview', meaning: 'postReview', submittedBy: null },
    ...{ due: null, overdue: false, waitingFor: [], note: '' },
  }));
  if (view.status === 'none') return postReviews;

  const step = view.status === 'inReview' ? view.route[view.step] : undefined;
  const due = step?.due ?? null;
  const entry = {
    ...about,
    editionNumber: view.editionNumber,
    status: view.status,
    step: step ? view.step : null,
    meaning: step?.meaning ?? null,
    onBehalfOf: view.capacities.map(({ onBehalfOf }) => onBehalfOf),
    submittedBy: view.submittedBy,
    since,
    due,
    overdue: due !== null && due < asked.today,
    waitingFor: waitingForOf(view),
    note: view.returned ? `${view.returned.by.name}さん：${view.returned.reason}` : '',
  };
  const isDrafter = roles.includes('drafter');
  const kind =
    view.capacities.length > 0
      ? 'sign'
      : view.status === 'inReview'
        ? 'waiting'
        : !isDrafter
          ? null
          : view.status === 'approved'
            ? view.schedule
              ? null
              : 'publish'
            : view.returned
              ? 'returned'
              : null;
  return kind === null ? postReviews : [{ ...entry, kind }, ...postReviews];
};

/** The steps of 後閲 that somebody is asked for and has not worked, of the approved revision and of editions. */
const postReviewsOf = ({ revision, editions }: Registered, { by, organisation, today }: AskedBy) => {
  const approvals = [
    ...editions.flatMap(({ number, review, signatures, postReviews }) =>
      review === null
        ? []
        : [{ ...review, signatures, postReviews, editionNumber: number, status: 'published' as const }],
    ),
    ...(revision.status === 'approved' ? [revision] : []),
  ];
  return approvals.flatMap((approval) =>
    approval.route.steps.flatMap((step, index) => {
      if (step.meaning !== 'postReview') return [];
      const { reassignments, approvedAt: askedAt, editionNumber, status, postReviews } = approval;
      const here = postReviews
        .filter((each) => each.step === index)
        .map(({ reader, onBehalfOf }) => ({ signer: reader, onBehalfOf }));
      const seats = seatsOf({ step, index, askedAt, reassignments }, organisation, today);
      const onBehalfOf = actingsOf(by.id, seats, organisation)
        .filter((acting) => obstacleTo(acting, index, approval, here) === null)
        .map((acting) => acting.onBehalfOf?.person ?? null);
      return onBehalfOf.length === 0 ? [] : [{ editionNumber, status, step: index, onBehalfOf, since: askedAt }];
    }),
  );
};

/** Overdue and due soon first, then the longest waiting. */
const mostUrgentFirst = (one: Entry, other: Entry): number =>
  (one.due ?? '9999').localeCompare(other.due ?? '9999') || one.since.localeCompare(other.since);

/** Of which edition a decision was: the one that carries a signature of that person of that moment. */
const editionNumberOf = (
  rows: readonly DisclosureRow[],
  disclosureId: string,
  by: string,
  at: string,
): number | null => {
  const state = rows.find((row) => row.state.id === disclosureId)?.state;
  if (!state) return null;
  const own = ({ signer, at: signedAt }: { readonly signer: { readonly id: string }; readonly at: string }) =>
    signer.id === by && signedAt === at;
  const { revision, editions } = state;
  if (revision.status !== 'none' && revision.lastSigned[by]?.at === at) return revision.editionNumber;
  return editions.find(({ signatures }) => signatures.some(own))?.number ?? null;
};
