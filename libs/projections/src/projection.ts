import type { LogPosition, StoredEvent } from '@app/event-sourcing';
import type { EntityManager } from 'typeorm';

/** Something kept up to date from the log. `name` is its checkpoint: to change its shape, fill a new name and drop the old. */
export type Projection = {
  readonly name: string;
  /** Called once per event, in log order, in the transaction in which the checkpoint moves. */
  readonly apply: (event: StoredEvent, tx: EntityManager) => Promise<void>;
  /** Empties what `apply` fills, before a rebuild. */
  readonly clear: (tx: EntityManager) => Promise<void>;
};

/** A read model as a pure function: last view and event to next view, or null for "gone". */
export type View<E, V> = {
  readonly name: string;
  /** undefined: not an event of this view's streams */
  readonly decode: (event: StoredEvent) => E | undefined;
  readonly keyOf: (event: StoredEvent) => string;
  readonly evolve: (view: V | null, event: E, stored: StoredEvent) => V | null;
};

/** Where a projection stands. */
export type Checkpoint = { readonly name: string; readonly position: LogPosition | null };
