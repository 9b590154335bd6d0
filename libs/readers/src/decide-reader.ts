import { currentState, handle, type Actor, type EventStore, type Handled } from '@app/event-sourcing';
import { v7 as newId } from 'uuid';
import type { Reader } from './domain/reader';
import { readerDecider, type ReaderCommand, type ReaderRejection } from './domain/reader.decider';
import { readerStream } from './reader-stream';
import { readerCodec } from './reader.codec';

/** The reader from the log itself: what is shown before a signed answer must not depend on a read model that lags. */
export const readerNow = (store: EventStore, readerId: string): Promise<Reader> =>
  currentState(store, readerDecider, readerCodec, readerStream(readerId));

/** @param cause what the command follows from: the id of a request or of a mail */
export const decideReader = (
  store: EventStore,
  readerId: string,
  command: ReaderCommand,
  cause: string,
): Promise<Handled<ReaderRejection>> =>
  handle(
    { store, decider: readerDecider, codec: readerCodec, newId },
    {
      stream: readerStream(readerId),
      command,
      metadata: { actor: command.by, recordedAt: command.at, correlationId: cause, causationId: cause },
    },
  );

/** A hospital acts under its reader's id. */
export const actorOf = ({ readerId, hospital }: { readonly readerId: string; readonly hospital: string }): Actor => ({
  id: readerStream(readerId),
  name: hospital,
});
