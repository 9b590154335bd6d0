import { compare, localDateOf, type LocalDate } from '@app/calendar';
import { officerRoles } from './domain/officer-role';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import type { officersView } from './contract';
import { isHeldOn, type Office, type OfficerRegister } from './domain/register';
import { officersNow } from './officers-now';

export type OfficersView = z.infer<typeof officersView>;

export class ListOfficers extends Query<OfficersView> {}

@QueryHandler(ListOfficers)
export class ListOfficersHandler implements IQueryHandler<ListOfficers> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(): Promise<OfficersView> {
    return officersAsOf(await officersNow(this.store), localDateOf(this.clock()));
  }
}

/** The register by role as the page shows it. */
const officersAsOf = ({ offices }: OfficerRegister, today: LocalDate): OfficersView => ({
  today,
  roles: officerRoles.map((role) => ({
    role,
    offices: offices
      .filter((office) => office.role === role)
      .map((office) => ({ ...office, standing: standingOf(office, today) }))
      .sort((a, b) => compare(b.from, a.from)),
  })),
});

const standingOf = (office: Office, today: LocalDate): 'past' | 'current' | 'future' =>
  isHeldOn(office, today) ? 'current' : office.from > today ? 'future' : 'past';
