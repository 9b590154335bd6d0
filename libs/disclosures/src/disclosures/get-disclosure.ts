import { localDateOf } from '@app/calendar';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import { officersNow, organisationOn } from '@app/officers';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { anomalyViews, settledAnomalies } from '../anomalies/settle-anomaly';
import type { disclosureView, editionSummary, findingView } from '../contract';
import type { SettledAnomalies } from '../domain/anomaly';
import { changedItems, type Edition, type Registered } from '../domain/disclosure';
import { findingsIn, waiverOf } from '../domain/lint';
import { hasLeft } from '../review-decisions';
import { historyOf, rowOf, type DisclosureRow } from './disclosure-projection';
import { revisionViewOf } from './revision-view';

export type DisclosureView = z.infer<typeof disclosureView>;

/** One disclosure whole, as the asking person sees it; null when there is none. */
export class GetDisclosure extends Query<DisclosureView | null> {
  constructor(
    readonly disclosureId: string,
    readonly by: { readonly id: string },
  ) {
    super();
  }
}

@QueryHandler(GetDisclosure)
export class GetDisclosureHandler implements IQueryHandler<GetDisclosure> {
  constructor(
    private readonly db: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async execute({ disclosureId, by }: GetDisclosure): Promise<DisclosureView | null> {
    const row = await rowOf(this.db, disclosureId);
    if (!row) return null;
    const today = localDateOf(this.now().toISOString());
    const organisation = organisationOn(await officersNow(this.store), disclosureId, today);
    const { revision } = row.state;
    const submitterHasLeft = 'submittedBy' in revision && (await hasLeft(this.db, revision.submittedBy.id));
    const settled = await settledAnomalies(this.store, disclosureId);
    return viewOf(row, today, revisionViewOf(row.state, { by, today, organisation }), submitterHasLeft, settled);
  }
}

const viewOf = (
  { state, lastEdits, anomalies, version }: DisclosureRow,
  today: string,
  revision: DisclosureView['revision'],
  submitterHasLeft: boolean,
  settled: SettledAnomalies,
): DisclosureView => {
  const changed = new Set(changedItems(state).map(({ itemKey }) => itemKey));
  return {
    id: state.id,
    service: state.service,
    serviceName: state.serviceName,
    title: state.title,
    issuer: state.issuer,
    parts: state.parts.map((part) => ({
      ...part,
      items: part.items.map((item) => ({
        ...item,
        body: { type: 'doc', content: [...item.body.content] },
        changed: changed.has(item.itemKey),
        lastEdit: lastEdits[item.itemKey] ?? null,
      })),
    })),
    editions: state.editions.map((edition) => editionSummaryOf(edition, numberInForce(state.editions, today))),
    revisionHistory: [...historyOf(state)],
    revision,
    lastRejection: state.lastRejection ?? null,
    retired: state.retired ?? null,
    submitterHasLeft,
    version,
    findings: findingsWithWaivers(state),
    anomalies: anomalyViews(anomalies, settled, null),
  };
};

export const findingsWithWaivers = (state: Registered): z.infer<typeof findingView>[] =>
  findingsIn(state).map(({ formerId, ...finding }) => {
    const waiver = waiverOf({ ...finding, formerId }, state.waivers);
    return { ...finding, waived: waiver ? { reason: waiver.reason, by: waiver.by } : null };
  });

type Dated = { readonly number: number; readonly effectiveOn: string };

/** The newest edition that has taken effect by that day, of all there are, oldest first; undefined: none has yet. */
export const numberInForce = (editions: readonly Dated[], today: string): number | undefined =>
  editions.findLast(({ effectiveOn }) => effectiveOn <= today)?.number;

/** The edition in force on the first later day on which that changes; undefined: nothing that is published comes into force. */
export const numberComing = (editions: readonly Dated[], today: string): number | undefined => {
  const inForce = numberInForce(editions, today) ?? 0;
  const [day] = editions.flatMap(({ number, effectiveOn }) => (number > inForce ? [effectiveOn] : [])).sort();
  return day === undefined ? undefined : numberInForce(editions, day);
};

/** What the public address shows on that day: the edition in force; before any is, the oldest. */
export const numberShown = (editions: readonly Dated[], today: string): number | undefined =>
  numberInForce(editions, today) ?? editions[0]?.number;

export const editionSummaryOf = (
  { number, issuedOn, historyText, effectiveOn, origin, contentHash, causes, errata }: Edition,
  inForce: number | undefined,
): z.infer<typeof editionSummary> => ({
  number,
  issuedOn,
  historyText,
  effectiveOn,
  origin,
  contentHash,
  causes: [...causes],
  inForce: number === inForce,
  errata: [...(errata ?? [])],
});
