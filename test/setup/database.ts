import { createDataSource, createPool, ensureRole, grantToApplication, type Migration } from '@app/database';
import { prepareQueue, QUEUE_SCHEMA } from '@app/jobs';
import { randomUUID } from 'node:crypto';
import { Client, type Pool } from 'pg';
import type { DataSource } from 'typeorm';

/**
 * A database of a spec's own, with the migrations it asks for, on the server that the run started. As in an installation,
 * its tables belong to an owner, and `url`, `pool` and `dataSource` are those of the application's role, which has few rights.
 */
export type TestDatabase = {
  readonly url: string;
  readonly pool: Pool;
  readonly dataSource: DataSource;
  /** The owner's, a superuser's: for what no application does. */
  readonly ownerUrl: string;
  /** Runs SQL as the owner; the application's role is given its rights to tables that come of it. */
  readonly asOwner: (sql: string, parameters?: readonly unknown[]) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

const APPLICATION = { username: 'kaijisho_app', password: 'kaijisho_app' };

/** @param queue whether BullMQ's tables are wanted, because a worker or its jobs will start here */
export const createTestDatabase = async (
  migrations: readonly Migration[],
  { queue = false }: { readonly queue?: boolean } = {},
): Promise<TestDatabase> => {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined) throw new Error('TEST_DATABASE_URL is set by the run itself; start specs with Jest');
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `create database ${name}`);
  const ownerUrl = new URL(server);
  ownerUrl.pathname = `/${name}`;
  const url = Object.assign(new URL(ownerUrl), APPLICATION);

  const owner = await createDataSource(ownerUrl.href, migrations, 1).initialize();
  const grant = () => grantToApplication(owner, APPLICATION.username, QUEUE_SCHEMA);
  await owner.runMigrations();
  if (queue) await prepareQueue({ databaseUrl: ownerUrl.href }, console);
  await ensureRole(owner, APPLICATION.username, APPLICATION.password);
  await grant();

  const pool = createPool(url.href);
  const dataSource = await createDataSource(url.href, migrations).initialize();
  return {
    url: url.href,
    pool,
    dataSource,
    ownerUrl: ownerUrl.href,
    asOwner: async (sql, parameters = []) => {
      const outcome: unknown = await owner.query(sql, [...parameters]);
      await grant();
      return outcome;
    },
    close: async () => {
      await dataSource.destroy();
      await pool.end();
      await owner.destroy();
      await onServer(server, `drop database ${name} with (force)`);
    },
  };
};

const onServer = async (connectionString: string, sql: string): Promise<void> => {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(sql);
  await client.end();
};
