import { EVENT_STORE, handle, type EventMetadata, type EventStore, type Handled } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as newId } from 'uuid';
import { appearanceCodec } from './appearance.codec';
import { APPEARANCE_STREAM } from './appearances';
import { appearanceDecider, type AppearanceCommand, type AppearanceRejection } from './domain/appearance';

/** The envelope in which every command about how the company looks travels. */
export class DecideAppearance extends Command<Handled<AppearanceRejection>> {
  constructor(
    readonly command: AppearanceCommand,
    readonly metadata: EventMetadata,
  ) {
    super();
  }
}

@CommandHandler(DecideAppearance)
export class DecideAppearanceHandler implements ICommandHandler<DecideAppearance> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ command, metadata }: DecideAppearance): Promise<Handled<AppearanceRejection>> {
    return handle(
      { store: this.store, decider: appearanceDecider, codec: appearanceCodec, newId },
      { stream: APPEARANCE_STREAM, command, metadata },
    );
  }
}
