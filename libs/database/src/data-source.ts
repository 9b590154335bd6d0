import { DataSource, type EntityManager, type MigrationInterface } from 'typeorm';
import { CONNECT_TIMEOUT_MS, LosableClient } from './pool';

export type Migration = new () => MigrationInterface;

/** A data source, or the manager of the transaction one is in. */
export type Queryable = Pick<DataSource | EntityManager, 'query'>;

/**
 * The TypeORM data source for read models, operational tables and migrations.
 * Features hand in their migrations; rows are read and written with SQL through the entity manager.
 */
export const createDataSource = (url: string, migrations: readonly Migration[], poolSize = 10): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    migrations: [...migrations],
    migrationsTableName: 'migration',
    poolSize,
    applicationName: 'kaijisho',
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    extra: { keepAlive: true, Client: LosableClient },
  });
