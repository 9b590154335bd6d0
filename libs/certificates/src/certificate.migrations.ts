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
    await moveIndexes(db, 'certificates.v2', { name: 'certificates.v3', cited: 'citedBy' });
  }

  async down(db: QueryRunner): Promise<void> {
    await moveIndexes(db, 'certificates.v3', { name: 'certificates.v2', cited: 'citedBy' });
  }
}

/** And once more: citations that were taken out are kept, and found. */
class CitationSpans1767225609000 implements MigrationInterface {
  readonly name = 'CitationSpans1767225609000';

  async up(db: QueryRunner): Promise<void> {
    await moveIndexes(db, 'certificates.v3', { name: 'certificates.v4', cited: 'citations' });
  }

  async down(db: QueryRunner): Promise<void> {
    await moveIndexes(db, 'certificates.v4', { name: 'certificates.v3', cited: 'citedBy' });
  }
}

/** @param to with the field that says by what a certificate is cited */
const moveIndexes = async (
  db: QueryRunner,
  from: string,
  to: { readonly name: string; readonly cited: 'citedBy' | 'citations' },
): Promise<void> => {
  await db.query('drop index certificate_not_lapsed, certificate_in_order, certificate_cited_by');
  await db.query(`delete from view where name = '${from}'`);
  await db.query(`delete from projection_checkpoint where name = '${from}'`);
  await db.query(`
    create index certificate_not_lapsed on view ((body->'state'->'term'->>'validUntil'))
     where name = '${to.name}' and body->'state'->>'status' = 'Registered' and body->'state'->>'lapsedOn' is null`);
  await db.query(`
    create index certificate_in_order on view (
      (((case body->'state'->>'status' when 'Withdrawn' then '1' else '0' end)
        || (body->'state'->'term'->>'validUntil') || key) collate "C"))
     where name = '${to.name}'`);
  await db.query(
    `create index certificate_cited_by on view using gin ((body->'${to.cited}') jsonb_path_ops) where name = '${to.name}'`,
  );
};

export const certificateMigrations: readonly Migration[] = [
  CertificateLife1767225601300,
  CertificatesInOrder1767225605100,
  CertificateFiling1767225608200,
  CitationSpans1767225609000,
];
