import type { LogPosition, StoredEvent } from '@app/event-sourcing';
import type { EntityManager } from 'typeorm';

/** Something kept up to date from the log. `name` is its checkpoint: to change its shape, fill a new name and drop the old. */
export type Projection = {
  readonly name: string;
  /** Called once per event, in log order, in the transaction in which the checkpoint moves. */
  readonly apply: (event: StoredEvent, tx: EntityManager) => Promise<void>;
  /** Empties what `apply` fills, before a rebuild. */
  readonly clear: (tx: EntityManager) => Promise<void>;
  /** `apply` for several events in order, where that can be done in fewer statements. */
  readonly applyAll?: (events: readonly StoredEvent[], tx: EntityManager) => Promise<void>;
  /** One text that is equal exactly when all rows are. Without it a projection (a writer of mails, say) cannot be checked. */
  readonly digest?: (tx: EntityManager) => Promise<string>;
};

/** A read model as a pure function: last view and event to next view, or null for "gone". */
export type View<E, V> = {
  readonly name: string;
  /** undefined: not an event of this view's streams */
  readonly decode: (event: StoredEvent) => E | undefined;
  readonly keyOf: (event: StoredEvent) => string;
  readonly evolve: (view: V | null, event: E, stored: StoredEvent) => V | null;
};

/** Where a projection stands; null before its first event. */
export type Checkpoint = { readonly name: string; readonly position: LogPosition | null };
