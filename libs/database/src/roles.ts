import type { Queryable } from './data-source';

/** The table in which TypeORM notes what has run; see `createDataSource`. */
const MIGRATIONS = 'migration';

/** A bit of pg_trigger.tgtype. */
const TRIGGER_ON_TRUNCATE = 32;

/**
 * Gives the role of an application what it needs, and takes from it everything else that it was given: it reads and writes
 * rows, and neither makes, alters, empties nor drops tables. A table that a trigger keeps from being emptied is one to
 * which rows are only ever added: the application may SELECT from it and INSERT into it, nothing else.
 * To be run by the owner of the tables whenever there may be new ones.
 *
 * @param ownSchema where the application may also make things: BullMQ makes a sequence for a queue when it is first used
 * @throws Error when nothing can be kept from that role
 */
export const grantToApplication = async (owner: Queryable, role: string, ownSchema: string): Promise<void> => {
  const [standing] = await owner.query<{ name: string; above: boolean }[]>(
    `select quote_ident(rolname) as name,
            rolsuper or pg_has_role(oid, current_user, 'member')
              or exists (select from pg_class where relowner = r.oid and relnamespace = 'public'::regnamespace) as above
       from pg_roles r where rolname = $1`,
    [role],
  );
  if (!standing) throw new Error(`There is no role ${role} in this PostgreSQL`);
  if (standing.above) {
    throw new Error(
      `The role ${role} is a superuser or owns tables, so that nothing can be kept from it: give DATABASE_URL a role of its own`,
    );
  }
  // What belongs to somebody else is not ours to give: before PostgreSQL 15 the schema public may, and sequences of BullMQ's do.
  const schemas = await owner.query<{ name: string; own: boolean }[]>(
    `select quote_ident(nspname) as name, nspname = $1 as own from pg_namespace
      where nspname in ('public', $1) and pg_has_role(current_user, nspowner, 'usage')`,
    [ownSchema],
  );
  const things = await owner.query<{ name: string; kind: 'rows' | 'rowsAddedOnly' | 'migrations' | 'sequence' }[]>(
    `select format('%I.%I', nspname, relname) as name,
            case when relkind = 'S' then 'sequence'
                 when exists (select from pg_trigger where tgrelid = c.oid and not tgisinternal and tgtype & $3 <> 0)
                   then 'rowsAddedOnly'
                 when nspname = 'public' and relname = $2 then 'migrations'
                 else 'rows' end as kind
       from pg_class c join pg_namespace n on n.oid = relnamespace
      where nspname in ('public', $1) and relkind in ('r', 'p', 'v', 'S') and pg_has_role(current_user, relowner, 'usage')`,
    [ownSchema, MIGRATIONS, TRIGGER_ON_TRUNCATE],
  );
  const { name: application } = standing;
  await owner.query(
    [
      ...schemas.flatMap(({ name, own }) => [
        `revoke create on schema ${name} from public`,
        `revoke all on schema ${name} from ${application}`,
        `grant usage${own ? ', create' : ''} on schema ${name} to ${application}`,
      ]),
      ...things.flatMap(({ name, kind }) => [
        `revoke all on ${kind === 'sequence' ? 'sequence' : 'table'} ${name} from ${application}`,
        `grant ${RIGHTS[kind]} on ${kind === 'sequence' ? 'sequence' : 'table'} ${name} to ${application}`,
      ]),
    ].join(';\n'),
  );
};

const RIGHTS = {
  rows: 'select, insert, update, delete',
  rowsAddedOnly: 'select, insert',
  migrations: 'select',
  sequence: 'usage, select',
};

/** Makes a role that can sign in and has no rights yet, unless it is there. Needs the right to create roles only when it is not. */
export const ensureRole = async (owner: Queryable, role: string, password: string): Promise<void> => {
  const there = await owner.query<unknown[]>('select from pg_roles where rolname = $1', [role]);
  if (there.length > 0) return;
  const [{ statement } = { statement: '' }] = await owner.query<{ statement: string }[]>(
    `select format('create role %I login password %L', $1::text, $2::text) as statement`,
    [role, password],
  );
  await owner.query(
    `do $do$ begin ${statement}; exception when duplicate_object or unique_violation then null; end $do$`,
  );
};
