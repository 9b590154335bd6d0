import { localDateOf } from '@app/calendar';
import { EVENT_STORE, type EventStore, type Handled } from '@app/event-sourcing';
import type { Caller } from '@app/http';
import { accountsOf } from '@app/identity';
import { Inject } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import type { z } from 'zod';
import type { grantDeputationBody } from './contract';
import { DecideOfficers } from './decide-officers';
import type { OfficerRejection } from './domain/register.decider';

export type GrantRejection =
  | OfficerRejection
  | { readonly type: 'UnknownUser'; readonly userId: string }
  | { readonly type: 'UnknownDisclosure'; readonly disclosureId: string };

/** Has a handler of its own because names are looked up: they are copied into the deputation. */
export class GrantDeputation extends Command<Handled<GrantRejection>> {
  constructor(
    readonly deputation: z.infer<typeof grantDeputationBody>,
    readonly caller: Pick<Caller, 'by' | 'at' | 'roles' | 'metadata'>,
  ) {
    super();
  }
}

@CommandHandler(GrantDeputation)
export class GrantDeputationHandler implements ICommandHandler<GrantDeputation> {
  constructor(
    private readonly commands: CommandBus,
    private readonly dataSource: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ deputation, caller }: GrantDeputation): Promise<Handled<GrantRejection>> {
    const { principalId, deputyId, ...period } = deputation;
    const { by, at, roles: callerRoles, metadata } = caller;
    const accounts = await accountsOf(this.dataSource.manager, [principalId, deputyId]);
    const personOf = (userId: string) => {
      const account = accounts.find(({ id, disabled }) => id === userId && !disabled);
      return account && { id: account.id, name: account.name };
    };
    const principal = personOf(principalId);
    const deputy = personOf(deputyId);
    if (!principal) return { outcome: 'rejected', rejection: { type: 'UnknownUser', userId: principalId } };
    if (!deputy) return { outcome: 'rejected', rejection: { type: 'UnknownUser', userId: deputyId } };

    for (const disclosureId of period.disclosureIds === 'all' ? [] : period.disclosureIds) {
      const exists = (await this.store.read(`disclosure-${disclosureId}`)).length > 0;
      if (!exists) return { outcome: 'rejected', rejection: { type: 'UnknownDisclosure', disclosureId } };
    }
    return this.commands.execute(
      new DecideOfficers(
        {
          type: 'GrantDeputation',
          deputationId: newId(),
          ...{ ...period, principal, deputy },
          asAdministrator: callerRoles.includes('administrator'),
          today: localDateOf(at),
          by,
          at,
        },
        metadata,
      ),
    );
  }
}
