import { auditMigrations } from '@app/audits';
import { blobMigrations } from '@app/blob-store';
import { calendarFeedMigrations } from '@app/calendar-feed';
import { certificateMigrations } from '@app/certificates';
import { createDataSource, ensureRole, grantToApplication, type Migration } from '@app/database';
import { disclosureMigrations } from '@app/disclosures';
import { eventStoreMigrations } from '@app/event-store-postgres';
import { identityMigrations } from '@app/identity';
import { prepareQueue, QUEUE_SCHEMA } from '@app/jobs';
import { mailMigrations } from '@app/mail';
import { presenceMigrations } from '@app/presence';
import { projectionMigrations } from '@app/projections';
import { publishingMigrations } from '@app/publishing';
import { readerMigrations } from '@app/readers';
import { reminderMigrations } from '@app/reminders';
import { sealMigrations } from '@app/sealing';
import { searchMigrations } from '@app/search';
import { followedLogMigrations } from './followed-log';
import type { Settings } from './settings';

/** Every feature's migrations; TypeORM runs them in the order of their timestamps. */
export const migrations: readonly Migration[] = [
  ...eventStoreMigrations,
  ...projectionMigrations,
  ...mailMigrations,
  ...blobMigrations,
  ...identityMigrations,
  ...disclosureMigrations,
  ...publishingMigrations,
  ...certificateMigrations,
  ...auditMigrations,
  ...reminderMigrations,
  ...readerMigrations,
  ...calendarFeedMigrations,
  ...sealMigrations,
  ...searchMigrations,
  ...presenceMigrations,
  ...followedLogMigrations,
];

/**
 * Brings a database up to date, one process at a time. Answers the names of the migrations that ran.
 *
 * With a `migrationDatabaseUrl` that is done by the owner of the tables, and the role of `databaseUrl` (made when it is not
 * there) is given what the application needs and no more. Without, the application's role owns what it makes.
 */
export const migrate = async ({
  databaseUrl,
  migrationDatabaseUrl,
  redisUrl,
}: Pick<Settings, 'databaseUrl' | 'migrationDatabaseUrl' | 'redisUrl'>): Promise<readonly string[]> => {
  const ownerUrl = migrationDatabaseUrl ?? databaseUrl;
  const owner = await createDataSource(ownerUrl, migrations, 2).initialize();
  try {
    return await owner.transaction(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtext('kaijisho migrations'))`);
      const ran = await owner.runMigrations({ transaction: 'each' });
      if (redisUrl === undefined) await prepareQueue({ databaseUrl: ownerUrl }, console);
      if (migrationDatabaseUrl !== undefined) {
        const { username, password } = new URL(databaseUrl);
        const role = decodeURIComponent(username);
        await ensureRole(owner, role, decodeURIComponent(password));
        await grantToApplication(owner, role, QUEUE_SCHEMA);
      }
      return ran.map(({ name }) => name);
    });
  } finally {
    await owner.destroy();
  }
};
