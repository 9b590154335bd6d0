import { blobMigrations } from '@app/blob-store';
import { createDataSource, type Migration } from '@app/database';
import { disclosureMigrations } from '@app/disclosures';
import { eventStoreMigrations } from '@app/event-store-postgres';
import { identityMigrations } from '@app/identity';
import { mailMigrations } from '@app/mail';
import { projectionMigrations } from '@app/projections';
import { publishingMigrations } from '@app/publishing';
import { reminderMigrations } from '@app/reminders';
import { sealMigrations } from '@app/sealing';
import { followedLogMigrations } from './followed-log';

/** Every feature's migrations; TypeORM runs them in the order of their timestamps. */
export const migrations: readonly Migration[] = [
  ...eventStoreMigrations,
  ...projectionMigrations,
  ...mailMigrations,
  ...blobMigrations,
  ...identityMigrations,
  ...disclosureMigrations,
  ...publishingMigrations,
  ...reminderMigrations,
  ...sealMigrations,
  ...followedLogMigrations,
];

/** Brings a database up to date, one process at a time. Answers the names of the migrations that ran. */
export const migrate = async (databaseUrl: string): Promise<readonly string[]> => {
  const dataSource = await createDataSource(databaseUrl, migrations, 2).initialize();
  try {
    return await dataSource.transaction(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtext('kaijisho migrations'))`);
      return (await dataSource.runMigrations({ transaction: 'each' })).map(({ name }) => name);
    });
  } finally {
    await dataSource.destroy();
  }
};
