import type { Handled } from '@app/event-sourcing';
import { refuseUnprintable, UNPRINTABLE_IN, type Caller, type UnprintableIn } from '@app/http';
import { accountsOf } from '@app/identity';
import { Inject } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { appointBody } from './contract';
import { DecideOfficers } from './decide-officers';
import type { OfficerRejection } from './domain/register.decider';

export type AppointmentRejection = OfficerRejection | { readonly type: 'UnknownUser'; readonly userId: string };

/** Has a handler of its own because the name has to be looked up: it is copied into the appointment. */
export class AppointOfficer extends Command<Handled<AppointmentRejection>> {
  constructor(
    readonly appointment: z.infer<typeof appointBody>,
    readonly caller: Pick<Caller, 'by' | 'at' | 'metadata'>,
  ) {
    super();
  }
}

@CommandHandler(AppointOfficer)
export class AppointOfficerHandler implements ICommandHandler<AppointOfficer> {
  constructor(
    private readonly commands: CommandBus,
    private readonly dataSource: DataSource,
    @Inject(UNPRINTABLE_IN) private readonly unprintableIn: UnprintableIn,
  ) {}

  async execute({ appointment, caller }: AppointOfficer): Promise<Handled<AppointmentRejection>> {
    const { role, userId, department, title, from, alongside = false } = appointment;
    const [account] = await accountsOf(this.dataSource.manager, [userId]);
    if (!account) return { outcome: 'rejected', rejection: { type: 'UnknownUser', userId } };
    // Beside every signature of this office, for good.
    refuseUnprintable(this.unprintableIn, `${account.name}${department}${title}`);
    const { by, at, metadata } = caller;
    const named = { role, userId, name: account.name, department, title, from, alongside };
    return this.commands.execute(new DecideOfficers({ type: 'AppointOfficer', ...named, by, at }, metadata));
  }
}
