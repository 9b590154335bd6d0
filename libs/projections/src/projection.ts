import type { LogPosition, StoredEvent } from '@app/event-sourcing';
import type { EntityManager } from 'typeorm';

/** Something kept up to date from the log. `name` is its checkpoint: to change its shape, fill a new name and drop the old. */
export type Projection = {
  readonly name: string;
  /**
   * Takes in events in log order, each exactly once, in the transaction in which the checkpoint moves. It gets few of them
   * while the product is in use and many at once when it catches up, so it costs a few statements, not some per event.
   * Its tables are named without a schema: a rebuild lends it others of the same names.
   */
  readonly apply: (events: readonly StoredEvent[], tx: EntityManager) => Promise<void>;
};

/** A projection that questions read, and that can be made anew from the log. What it caused outside (a mail, say) it is not. */
export type ReadModel = Projection & {
  /** All that `apply` writes, and nothing that anybody else does. */
  readonly rows: readonly [Rows, ...Rows[]];
};

/** The rows of a table, or those of them that the condition names. SQL, written by us. */
export type Rows = { readonly table: string; readonly where?: string };

/** A row per key as a pure function: last view and event to next view, or null for "gone". */
export type View<E, V> = {
  readonly name: string;
  /** undefined: not an event of this view's streams */
  readonly decode: (event: StoredEvent) => E | undefined;
  readonly keyOf: (event: StoredEvent) => string;
  readonly evolve: (view: V | null, event: E, stored: StoredEvent) => V | null;
};

/** Where a projection stands; null before its first event. */
export type Checkpoint = { readonly name: string; readonly position: LogPosition | null };
