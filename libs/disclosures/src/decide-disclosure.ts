import { EVENT_STORE, handle, type EventMetadata, type EventStore, type Handled } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as newId } from 'uuid';
import { disclosureCodec } from './disclosure.codec';
import { disclosureDecider, type DisclosureCommand, type DisclosureRejection } from './domain/disclosure.decider';

/** The envelope every disclosure command travels in: which disclosure, what is asked, and because of what. */
export class DecideDisclosure extends Command<Handled<DisclosureRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly command: DisclosureCommand,
    readonly metadata: EventMetadata,
  ) {
    super();
  }
}

@CommandHandler(DecideDisclosure)
export class DecideDisclosureHandler implements ICommandHandler<DecideDisclosure> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ disclosureId, command, metadata }: DecideDisclosure) {
    return handle(
      { store: this.store, decider: disclosureDecider, codec: disclosureCodec, newId },
      { stream: `disclosure-${disclosureId}`, command, metadata },
    );
  }
}
