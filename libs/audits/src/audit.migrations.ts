import type { Migration } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The register is read page by page, and those are looked for that watch disclosures. */
class AuditsInOrder1767225605200 implements MigrationInterface {
  readonly name = 'AuditsInOrder1767225605200';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create index audit_in_order on view (
        (((case body->'state'->>'status' when 'Planned' then '0' when 'Cancelled' then '2' else '1' end)
          || coalesce(body->'state'->>'dueOn', '') || key) collate "C"))
       where name = 'audits.v1'`);
    await db.query(`
      create index audit_watching on view (key)
       where name = 'audits.v1' and body->'state'->>'status' = 'Planned' and body->'state'->'watches' <> '[]'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop index audit_in_order, audit_watching');
  }
}

export const auditMigrations: readonly Migration[] = [AuditsInOrder1767225605200];
