import { EVENT_STORE, handle, type EventMetadata, type EventStore, type Handled } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as newId } from 'uuid';
import { remindingDecider, type RemindingCommand, type RemindingRejection } from './domain/reminding.decider';
import { remindingCodec } from './reminding.codec';
import { REMINDING_STREAM } from './reminding-now';

/** The envelope in which every command about how this company reminds travels. */
export class DecideReminding extends Command<Handled<RemindingRejection>> {
  constructor(
    readonly command: RemindingCommand,
    readonly metadata: EventMetadata,
  ) {
    super();
  }
}

@CommandHandler(DecideReminding)
export class DecideRemindingHandler implements ICommandHandler<DecideReminding> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ command, metadata }: DecideReminding): Promise<Handled<RemindingRejection>> {
    return handle(
      { store: this.store, decider: remindingDecider, codec: remindingCodec, newId },
      { stream: REMINDING_STREAM, command, metadata },
    );
  }
}
