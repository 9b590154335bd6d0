import { CLOCK, EVENT_STORE, type Clock as Now, type EventStore } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { historyOf } from '../disclosures/disclosure-projection';
import { asOf, type AsOf, type When } from './as-of';
import { clocks, type Clock } from './clocks';
import { lifeOf, stateAfter, type Life } from './life';
import { momentsOf } from './moments';
import type { WhenRejection } from './problems';
import { readInstant } from './read-when';
import type { asOfView, momentsView } from './time-machine.contract';

export type AsOfView = z.infer<typeof asOfView>;

/** A time and a clock as they are written in an address or at the command line. */
export type Asked = {
  readonly at?: string | undefined;
  readonly version?: string | undefined;
  readonly position?: string | undefined;
  readonly clock?: string | undefined;
};

export type Shown =
  | { readonly outcome: 'shown'; readonly view: AsOfView }
  | { readonly outcome: 'rejected'; readonly rejection: WhenRejection };

/** A disclosure as it stood at a time, on one of the clocks. Without a time: now; without a clock: as recorded. */
export class ShowAsOf extends Query<Shown> {
  constructor(
    readonly disclosureId: string,
    readonly asked: Asked,
  ) {
    super();
  }
}

@QueryHandler(ShowAsOf)
export class ShowAsOfHandler implements IQueryHandler<ShowAsOf> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly now: Now,
  ) {}

  async execute({ disclosureId, asked }: ShowAsOf): Promise<Shown> {
    return shownOf(await lifeOf(this.store, disclosureId), asked, this.now().toISOString());
  }
}

export const shownOf = (life: Life, asked: Asked, now: string): Shown => {
  const { clock = 'recorded' } = asked;
  if (!isClock(clock)) return { outcome: 'rejected', rejection: { type: 'ClockUnknown', written: clock } };
  const when = whenOf(asked, now);
  if ('type' in when) return { outcome: 'rejected', rejection: when };
  const answer = asOf(life, when, clock, now);
  return answer.outcome === 'rejected' ? answer : { outcome: 'shown', view: viewOf(life, answer.found) };
};

const isClock = (written: string): written is Clock => (clocks as readonly string[]).includes(written);

const whenOf = ({ at, version, position }: Asked, now: string): When | WhenRejection => {
  if ([at, version, position].filter((each) => each !== undefined).length > 1) return { type: 'TimeGivenTwice' };
  if (version !== undefined) return { version: /^\d{1,9}$/.test(version) ? Number(version) : 0 };
  if (position !== undefined) return { position };
  if (at === undefined) return { at: now };
  const instant = readInstant(at, now);
  return typeof instant === 'string' ? { at: instant } : instant;
};

const viewOf = (life: Life, { clock, at, version, state, text, listed }: AsOf): AsOfView => {
  const { id, service, serviceName, title, issuer, revision } = state;
  return {
    ...{ disclosureId: id, clock, at, version, service, serviceName, title, issuer },
    position: life.recorded[version - 1]?.position ?? null,
    revision: {
      status: revision.status,
      editionNumber: revision.status === 'none' ? null : revision.editionNumber,
    },
    text: {
      ...text,
      causes: [...text.causes],
      signatures: [...text.signatures],
      parts: text.parts.map((part) => ({
        ...part,
        items: part.items.map((item) => ({ ...item, body: { type: 'doc', content: [...item.body.content] } })),
      })),
    },
    listed: [...listed],
    revisionHistory: [...historyOf(state)],
  };
};

/** The marks of the slider; null when there is no such disclosure. */
export class ListMoments extends Query<z.infer<typeof momentsView> | null> {
  constructor(readonly disclosureId: string) {
    super();
  }
}

@QueryHandler(ListMoments)
export class ListMomentsHandler implements IQueryHandler<ListMoments> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly now: Now,
  ) {}

  async execute({ disclosureId }: ListMoments): Promise<z.infer<typeof momentsView> | null> {
    const life = await lifeOf(this.store, disclosureId);
    const state = stateAfter(life, life.length);
    if (state.status !== 'Registered') return null;
    const { serviceName, title } = state;
    const moments = momentsOf(life, this.now().toISOString());
    return {
      ...{ serviceName, title, version: life.length },
      moments: moments.map((moment) => ({ ...moment, itemKeys: [...moment.itemKeys] })),
    };
  }
}
