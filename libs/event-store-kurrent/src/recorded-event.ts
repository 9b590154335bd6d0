import type { EventMetadata, NewEvent, StoredEvent, StreamName } from '@app/event-sourcing';
import type { AllStreamRecordedEvent } from '@kurrent/kurrentdb-client';
import { toPosition } from './log-position';

/**
 * What stands beside an event's data on the server, in its custom metadata. All values are text, as appends to several
 * streams demand. What is under the hash stands there whole, as one JSON; the first two are repeated under the
 * names by which KurrentDB's own tools follow a request.
 */
export type Surroundings = {
  readonly $correlationId: string;
  readonly $causationId: string;
  /** `EventMetadata`, as JSON. */
  readonly metadata: string;
  readonly schemaVersion: string;
  readonly hash: string;
};

/** On the server streams bear the installation's name in front: servers are shared. */
export const recordedName = (prefix: string, stream: StreamName): string => `${prefix}.${stream}`;

export const surroundingsOf = ({ metadata, schemaVersion }: NewEvent, hash: string): Surroundings => ({
  $correlationId: metadata.correlationId,
  $causationId: metadata.causationId,
  metadata: JSON.stringify(metadata),
  schemaVersion: String(schemaVersion),
  hash,
});

/** @throws Error when something else has written under this prefix */
export const toStoredEvent = (prefix: string, recorded: AllStreamRecordedEvent): StoredEvent => {
  const { metadata, schemaVersion, hash } = (recorded.metadata ?? {}) as Partial<Surroundings>;
  if (metadata === undefined || schemaVersion === undefined || hash === undefined)
    throw new Error(`${recorded.streamId}: event ${recorded.revision} was not written by Kaijisho`);
  return {
    id: recorded.id,
    type: recorded.type,
    schemaVersion: Number(schemaVersion),
    data: recorded.data,
    metadata: JSON.parse(metadata) as EventMetadata,
    stream: recorded.streamId.slice(prefix.length + 1) as StreamName,
    version: Number(recorded.revision) + 1,
    position: toPosition(recorded.position),
    hash,
  };
};
