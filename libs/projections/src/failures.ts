import type { LogPosition, StoredEvent } from '@app/event-sourcing';
import type { DataSource } from 'typeorm';

/** Why a projection stands still. */
export type ProjectionFailure = {
  readonly name: string;
  /** The event that fails; null when it fails outside of any. */
  readonly position: LogPosition | null;
  readonly eventType: string | null;
  readonly error: string;
  readonly attempts: number;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
};

/** The projections that stand still, by name. */
export const projectionFailures = (dataSource: DataSource): Promise<readonly ProjectionFailure[]> =>
  dataSource.query<ProjectionFailure[]>(
    `select name, position, event_type as "eventType", error, attempts,
            first_failed_at as "firstFailedAt", last_failed_at as "lastFailedAt"
       from projection_failure order by name`,
  );

export const park = (
  dataSource: DataSource,
  name: string,
  event: StoredEvent | null,
  error: unknown,
): Promise<unknown> =>
  dataSource.query(
    `insert into projection_failure as failure (name, position, event_type, error, attempts) values ($1, $2, $3, $4, 1)
     on conflict (name) do update set position = excluded.position, event_type = excluded.event_type,
       error = excluded.error, attempts = failure.attempts + 1, last_failed_at = now()`,
    [
      name,
      event?.position ?? null,
      event?.type ?? null,
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    ],
  );

export const unpark = (dataSource: DataSource, name: string): Promise<unknown> =>
  dataSource.query('delete from projection_failure where name = $1', [name]);
