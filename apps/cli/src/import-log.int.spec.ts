import { people, replay } from '@app/demo';
import { PostgresEventStore } from '@app/event-store-postgres';
import { runProjections, waitForPosition } from '@app/projections';
import { migrations, outboxProjections } from '@app/runtime';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareCommands } from '../../../test/setup/command';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { logShowsAll } from '../../../test/setup/log';
import { exportLogTo } from './export-log';
import { importLogFrom } from './import-log';

const PATIENCE_MS = 20_000;
const commands = prepareCommands();

let folder: string;
let file: string;
let from: TestDatabase;
let to: TestDatabase;
let complained: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kaijisho-move-'));
  file = join(folder, 'log.jsonl.zst');
  [from, to] = await Promise.all([createTestDatabase(migrations), createTestDatabase(migrations)]);
  await replay({ store: new PostgresEventStore(from.pool), dataSource: from.dataSource }, '2030-04-01');
  await logShowsAll(from.dataSource);
});
beforeEach(() => {
  complained = '';
  jest.spyOn(console, 'error').mockImplementation((text) => (complained += String(text)));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([from?.close(), to?.close()]);
});

const mailsIn = async ({ dataSource }: TestDatabase): Promise<number> => {
  const [row] = await dataSource.query<{ count: number }[]>('select count(*)::int as count from outgoing_mail');
  return row?.count ?? 0;
};

/** What a worker does about mails, until it has come to the end of the log. */
const writeMails = async ({ pool, dataSource }: TestDatabase): Promise<void> => {
  const store = new PostgresEventStore(pool);
  const projections = outboxProjections({ store, publicUrl: 'http://kaijisho.example' });
  const stop = new AbortController();
  const log = { info: () => {}, error: () => {} };
  const running = runProjections({ store, dataSource, projections, signal: stop.signal, log });
  const head = (await store.head()) ?? '';
  const names = projections.map(({ name }) => name);
  expect(await waitForPosition(dataSource, names, head, PATIENCE_MS)).toBe(true);
  stop.abort();
  await running;
};

describe('log export', () => {
  it('says that mails about the log have not been written yet', async () => {
    commands.workOn(from.url);
    const early = join(folder, 'early.jsonl.zst');
    await exportLogTo(early, { json: true });
    expect(JSON.parse(commands.printed)).toMatchObject({ file: early, alreadyWritten: 0, mailsWritten: false });
    expect(complained).toContain('通知メールがまだ作られていない');
  });

  it('says how many events it wrote, where the log ended, and what the sum is', async () => {
    await writeMails(from);
    expect(await mailsIn(from)).toBeGreaterThan(0);
    commands.workOn(from.url);
    await exportLogTo(file, {});
    expect(complained).toBe('');
    const store = new PostgresEventStore(from.pool);
    const { length } = await store.readAll(null, 10_000);
    expect(commands.printed).toMatch(
      new RegExp(
        `^書き出しました：${file}（イベント${length}件）\n記録の末尾 ${await store.head()}\nSHA-256 [0-9a-f]{64}\n$`,
      ),
    );
  });

  it('does not write over a file, and says so in two languages', async () => {
    commands.workOn(from.url);
    await expect(exportLogTo(file, {})).rejects.toThrow(`${file}はすでにあります。\n${file} exists.`);
  });

  it('says which file it cannot write', async () => {
    commands.workOn(from.url);
    const nowhere = join(folder, 'nowhere', 'log.jsonl.zst');
    await expect(exportLogTo(nowhere, {})).rejects.toThrow(`${nowhere}を読み書きできません：ENOENT`);
  });
});

describe('log import', () => {
  it('refuses what is damaged, and stores nothing', async () => {
    commands.workOn(to.url);
    const damaged = join(folder, 'damaged.jsonl.zst');
    writeFileSync(damaged, readFileSync(file).subarray(0, -9));
    await expect(importLogFrom(damaged, {})).rejects.toThrow(/途中で切れています。\n.* it is cut off\.$/);
    expect(await new PostgresEventStore(to.pool).head()).toBeNull();
  });

  it('fills an installation, which sends nothing of what is in the log', async () => {
    commands.workOn(to.url);
    await importLogFrom(file, {});
    expect(commands.printed).toMatch(/^取り込みました：.*\nSHA-256 [0-9a-f]{64}\n$/);
    // The people are there to be written to.
    for (const { key, name, loginName, address } of people)
      await to.dataSource.query(
        'insert into account (id, login_name, name, address, created_at) values ($1, $2, $3, $4, now())',
        [key, loginName, name, address],
      );
    await writeMails(to);
    expect(await mailsIn(to)).toBe(0);

    await to.dataSource.query('update projection_checkpoint set position = null');
    await writeMails(to);
    expect(await mailsIn(to)).toBe(await mailsIn(from));
  });

  it('that is done says so', async () => {
    commands.workOn(to.url);
    await importLogFrom(file, {});
    expect(commands.printed).toContain('すでに取り込まれています');
  });
});

/** What becomes of each table when an installation moves; docs/operations.md says how. */
const tables = {
  log: ['events'],
  /** Filled by the worker, or a cache, or about this log and these processes alone. */
  anew: [
    'activity_view',
    'disclosure_view',
    'edition_view',
    'followed_log',
    'migration',
    'presence',
    'projection_checkpoint',
    'projection_failure',
    'reminder_agenda',
    'reminder_claim',
    'reminder_deadline',
    'reminder_ledger',
    'seals',
    'searched_text',
    'session',
    'sign_in_attempt',
    'time_stamp',
    'user_access',
    'view',
  ],
  copied: [
    ...[
      'account',
      'blob',
      'calendar_feed',
      'credential',
      'digest_entry',
      'edition_pdf',
      'outgoing_mail',
      'reader_contact',
      'reader_former',
      'reader_refusal',
    ],
    'seal_key',
  ],
};

describe('a move', () => {
  it('leaves no table out', async () => {
    const rows = await to.dataSource.query<{ name: string }[]>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.values(tables).flat().toSorted());
    const operations = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'operations.md'), 'utf8');
    expect(operations).toContain(`pg_dump --data-only ${tables.copied.map((table) => `-t ${table}`).join(' ')}`);
  });
});
