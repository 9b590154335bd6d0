import { createDataSource, createPool, type Migration } from '@app/database';
import { randomUUID } from 'node:crypto';
import { Client, type Pool } from 'pg';
import type { DataSource } from 'typeorm';

/** A database of a spec's own, with the migrations it asks for, on the server that the run started. */
export type TestDatabase = {
  readonly url: string;
  readonly pool: Pool;
  readonly dataSource: DataSource;
  readonly close: () => Promise<void>;
};

export const createTestDatabase = async (migrations: readonly Migration[]): Promise<TestDatabase> => {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined) throw new Error('TEST_DATABASE_URL is set by the run itself; start specs with Jest');
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;

  const pool = createPool(url.href);
  const dataSource = createDataSource(url.href, migrations);
  await dataSource.initialize();
  await dataSource.runMigrations();
  return {
    url: url.href,
    pool,
    dataSource,
    close: async () => {
      await dataSource.destroy();
      await pool.end();
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
