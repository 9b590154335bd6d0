import { EVENT_STORE, handle, type EventMetadata, type EventStore, type Handled } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { officerDecider, type OfficerCommand, type OfficerRejection } from './domain/register.decider';
import { officerCodec } from './officer.codec';
import { OFFICERS_STREAM } from './officers-now';
import { v7 as newId } from 'uuid';

/** The envelope in which every command about officers travels. */
export class DecideOfficers extends Command<Handled<OfficerRejection>> {
  constructor(
    readonly command: OfficerCommand,
    readonly metadata: EventMetadata,
  ) {
    super();
  }
}

@CommandHandler(DecideOfficers)
export class DecideOfficersHandler implements ICommandHandler<DecideOfficers> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ command, metadata }: DecideOfficers): Promise<Handled<OfficerRejection>> {
    return handle(
      { store: this.store, decider: officerDecider, codec: officerCodec, newId },
      { stream: OFFICERS_STREAM, command, metadata },
    );
  }
}
