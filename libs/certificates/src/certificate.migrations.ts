import type { Migration } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The rows are filled anew under another name, because they say more than they did. */
class CertificateLife1767225601300 implements MigrationInterface {
  readonly name = 'CertificateLife1767225601300';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`delete from view where name = 'certificates.v1'`);
    await db.query(`delete from projection_checkpoint where name = 'certificates.v1'`);
    await db.query(`
      create index certificate_not_lapsed on view ((body->'state'->'term'->>'validUntil'))
       where name = 'certificates.v2' and body->'state'->>'status' = 'Registered' and body->'state'->>'lapsedOn' is null`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop index certificate_not_lapsed');
  }
}

/** The register is read page by page, and asked for what cites one disclosure. */
class CertificatesInOrder1767225605100 implements MigrationInterface {
  readonly name = 'CertificatesInOrder1767225605100';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create index certificate_in_order on view (
        (((case body->'state'->>'status' when 'Withdrawn' then '1' else '0' end)
          || (body->'state'->'term'->>'validUntil') || key) collate "C"))
       where name = 'certificates.v2'`);
    await db.query(`
      create index certificate_cited_by on view using gin ((body->'citedBy') jsonb_path_ops) where name = 'certificates.v2'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop index certificate_in_order, certificate_cited_by');
  }
}

/** Filled anew once more: since when an application is known here belongs to what is kept. The indexes follow the name. */
class CertificateFiling1767225608200 implements MigrationInterface {
  readonly name = 'CertificateFiling1767225608200';

  async up(db: QueryRunner): Promise<void> {
    await moveIndexes(db, 'certificates.v2', 'certificates.v3');
  }

  async down(db: QueryRunner): Promise<void> {
    await moveIndexes(db, 'certificates.v3', 'certificates.v2');
  }
}

const moveIndexes = async (db: QueryRunner, from: string, to: string): Promise<void> => {
  await db.query('drop index certificate_not_lapsed, certificate_in_order, certificate_cited_by');
  await db.query(`delete from view where name = '${from}'`);
  await db.query(`delete from projection_checkpoint where name = '${from}'`);
  await db.query(`
    create index certificate_not_lapsed on view ((body->'state'->'term'->>'validUntil'))
     where name = '${to}' and body->'state'->>'status' = 'Registered' and body->'state'->>'lapsedOn' is null`);
  await db.query(`
    create index certificate_in_order on view (
      (((case body->'state'->>'status' when 'Withdrawn' then '1' else '0' end)
        || (body->'state'->'term'->>'validUntil') || key) collate "C"))
     where name = '${to}'`);
  await db.query(
    `create index certificate_cited_by on view using gin ((body->'citedBy') jsonb_path_ops) where name = '${to}'`,
  );
};

export const certificateMigrations: readonly Migration[] = [
  CertificateLife1767225601300,
  CertificatesInOrder1767225605100,
  CertificateFiling1767225608200,
];
