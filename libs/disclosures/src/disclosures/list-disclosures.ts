import { localDateOf } from '@app/calendar';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import { officersNow, organisationOn } from '@app/officers';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { disclosureList } from '../contract';
import { rowsOf } from './disclosure-projection';
import { numberComing, numberInForce } from './get-disclosure';
import { revisionViewOf, waitingForOf } from './revision-view';

const nobody = { id: '' };

/** Every disclosure with its edition in force and where its revision stands, most recently changed first. */
export class ListDisclosures extends Query<z.infer<typeof disclosureList>> {}

@QueryHandler(ListDisclosures)
export class ListDisclosuresHandler implements IQueryHandler<ListDisclosures> {
  constructor(
    private readonly db: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async execute(): Promise<z.infer<typeof disclosureList>> {
    const today = localDateOf(this.now().toISOString());
    const [rows, register] = await Promise.all([rowsOf(this.db), officersNow(this.store)]);
    return {
      disclosures: rows.map(({ state, changedAt }) => {
        const { revision } = state;
        const organisation = organisationOn(register, state.id, today);
        const open = revisionViewOf(state, { by: nobody, today, organisation });
        const inForce = state.editions.find(({ number }) => number === numberInForce(state.editions, today));
        const coming = state.editions.find(({ number }) => number === numberComing(state.editions, today));
        return {
          id: state.id,
          service: state.service,
          serviceName: state.serviceName,
          title: state.title,
          editionInForce: inForce ? { number: inForce.number, issuedOn: inForce.issuedOn } : null,
          editionComing: coming ? { number: coming.number, effectiveOn: coming.effectiveOn } : null,
          revision: {
            status: revision.status,
            editionNumber: revision.status === 'none' ? null : revision.editionNumber,
            waitingFor: waitingForOf(open),
            publishAt: open.status === 'none' ? null : (open.schedule?.publishAt ?? null),
          },
          changedAt,
        };
      }),
    };
  }
}
