import { EVENT_STORE, handle, type EventMetadata, type EventStore, type Handled } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as newId } from 'uuid';
import { userDecider, type UserCommand, type UserRejection } from './domain/user.decider';
import { Sessions } from './sessions';
import { userCodec } from './user.codec';

/** The envelope of what is asked about a user who is registered. */
export class DecideUser extends Command<Handled<UserRejection>> {
  constructor(
    readonly userId: string,
    readonly command: Exclude<UserCommand, { type: 'RegisterUser' }>,
    readonly metadata: EventMetadata,
  ) {
    super();
  }
}

@CommandHandler(DecideUser)
export class DecideUserHandler implements ICommandHandler<DecideUser> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly sessions: Sessions,
  ) {}

  async execute({ userId, command, metadata }: DecideUser): Promise<Handled<UserRejection>> {
    const deps = { store: this.store, decider: userDecider, codec: userCodec, newId };
    const handled = await handle(deps, { stream: `user-${userId}`, command, metadata });
    // The guard refuses a disabled user anyway; this keeps the old sessions from coming back with the user.
    if (command.type === 'DisableUser' && handled.outcome === 'accepted') await this.sessions.endAllOf(userId);
    return handled;
  }
}
