import { createDataSource, createPool } from '@app/database';
import { SYSTEM, type EventMetadata, type EventStore } from '@app/event-sourcing';
import { migrations, openEventStore, readSettings, type OpenEventStore, type Settings } from '@app/runtime';
import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';

/** What went wrong, said to the operator; no stack. */
export class CommandFailed extends Error {}

export type Installation = { readonly store: EventStore; readonly dataSource: DataSource; readonly settings: Settings };

/** Lends a command the installation that the environment names, and closes it afterwards. */
export const withInstallation = async <T>(work: (installation: Installation) => Promise<T>): Promise<T> => {
  const settings = settingsOrFail();
  const pool = createPool(settings.databaseUrl, 4);
  const dataSource = createDataSource(settings.databaseUrl, migrations, 4);
  let log: OpenEventStore | undefined;
  try {
    await dataSource.initialize().catch((cause: Error) => {
      throw cannotConnect(cause);
    });
    log = await openEventStore(settings, pool).catch((cause: Error) => {
      throw new CommandFailed(cause.message, { cause });
    });
    return await work({ store: log.store, dataSource, settings });
  } finally {
    await log?.close();
    if (dataSource.isInitialized) await dataSource.destroy();
    await pool.end();
  }
};

const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', '28P01', '28000', '3D000'];
const NO_RIGHTS = '42501';

/** What PostgreSQL refuses, said to the operator; what nobody foresaw keeps its stack. */
export const explained = (error: unknown): unknown => {
  const { code = '', message = '' } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  if (UNREACHABLE.includes(code)) return cannotConnect(error as Error);
  return code === NO_RIGHTS
    ? new CommandFailed(
        `データベースの権限が足りません：${message}　表を作る役割の接続先を MIGRATION_DATABASE_URL に指定してください（docs/operations.md）。\n` +
          `The database refuses this: ${message}. Name the role that owns the tables in MIGRATION_DATABASE_URL (docs/operations.md).`,
        { cause: error },
      )
    : error;
};

const cannotConnect = (cause: Error): CommandFailed =>
  new CommandFailed(
    `PostgreSQL に接続できません：${reasonOf(cause)}　動いているか、DATABASE_URL（migrate では MIGRATION_DATABASE_URL も）が正しいかを確かめてください。\n` +
      `PostgreSQL cannot be reached: ${reasonOf(cause)}. Check that it runs, and that DATABASE_URL (for migrate also MIGRATION_DATABASE_URL) is right.`,
    { cause },
  );

/** Where a name has several addresses, the refusal of each is inside. */
const reasonOf = (error: Error): string =>
  'errors' in error ? (error as AggregateError).errors.map(({ message }: Error) => message).join(', ') : error.message;

export const settingsOrFail = (): Settings => {
  try {
    return readSettings(process.env);
  } catch (error) {
    throw new CommandFailed((error as Error).message);
  }
};

/** Who acts at the command line. */
export const operator = { id: SYSTEM.id, name: 'コマンドライン' };

/** What surrounds the facts that a command at the command line leads to. */
export const operatorMetadata = (at: string): EventMetadata => {
  const correlationId = newId();
  return { actor: operator, recordedAt: at, correlationId, causationId: correlationId };
};

export const print = (value: unknown): void => {
  process.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}\n`);
};
