import { compare, localDateOf, type LocalDate } from '@app/calendar';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import type { Caller } from '@app/http';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import type { deputationsView, deputationView } from './contract';
import { isHeldOn, type Deputation } from './domain/register';
import { officersNow } from './officers-now';

type DeputationView = z.infer<typeof deputationView>;

/** Every deputation, as the caller sees it. */
export class ListDeputations extends Query<z.infer<typeof deputationsView>> {
  constructor(readonly caller: Pick<Caller, 'by' | 'roles'>) {
    super();
  }
}

@QueryHandler(ListDeputations)
export class ListDeputationsHandler implements IQueryHandler<ListDeputations> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ caller: { by, roles } }: ListDeputations): Promise<z.infer<typeof deputationsView>> {
    const today = localDateOf(this.clock());
    const { deputations } = await officersNow(this.store);
    return {
      today,
      deputations: deputations
        .map((deputation): DeputationView => {
          const standing = standingOf(deputation, today);
          const entitled = roles.includes('administrator') || deputation.principal.id === by.id;
          return {
            ...deputation,
            roles: deputation.roles === 'all' ? 'all' : [...deputation.roles],
            disclosureIds: deputation.disclosureIds === 'all' ? 'all' : [...deputation.disclosureIds],
            standing,
            youMayEnd: standing !== 'past' && entitled,
          };
        })
        .sort((a, b) => Number(a.standing === 'past') - Number(b.standing === 'past') || compare(b.from, a.from)),
    };
  }
}

const standingOf = (deputation: Deputation, today: LocalDate): DeputationView['standing'] => {
  const { from, until } = deputation;
  if (isHeldOn(deputation, today)) return 'current';
  return from > today && until >= from ? 'future' : 'past';
};
