import { someEvent } from '@app/event-sourcing/testing';
import { PostgresEventStore } from '@app/event-store-postgres';
import { migrations } from '@app/runtime';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '../setup/database';

const command = resolve(__dirname, '..', '..', 'dist', 'apps', 'cli', 'src', 'main.js');
const EVENTS = 10_000;

jest.setTimeout(180_000); // ten processes one after the other

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** `kaijisho log …`, killed as soon as `enough` has come about. */
const kaijisho = async (
  database: TestDatabase,
  args: readonly string[],
  enough: () => Promise<boolean> = async () => false,
): Promise<Ended> => {
  const child = spawn(process.execPath, [command, 'log', ...args, '--json'], {
    env: { PATH: process.env['PATH'], DATABASE_URL: database.url },
  });
  let [out, err, gone] = ['', '', false];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<Ended>((fulfil) =>
    child.once('close', (code) => {
      gone = true;
      fulfil({ code, out, err });
    }),
  );
  while (!gone) {
    if (await enough()) child.kill('SIGKILL');
    await pause(5);
  }
  return ended;
};

const chainsOf = async ({ dataSource }: TestDatabase): Promise<readonly string[]> => {
  const rows = await dataSource.query<{ link: string }[]>(
    `select stream || '/' || version || ' ' || encode(hash, 'hex') as link from events order by tx, position`,
  );
  return rows.map(({ link }) => link);
};

describe('a log that is moved by processes which are killed', () => {
  let folder: string;
  let file: string;
  let from: TestDatabase;
  let to: TestDatabase;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kaijisho-move-'));
    file = join(folder, 'log.jsonl.zst');
    [from, to] = await Promise.all([createTestDatabase(migrations), createTestDatabase(migrations)]);
    const store = new PostgresEventStore(from.pool);
    for (let n = 0; n < EVENTS; n += 500) {
      const streams = Array.from({ length: 50 }, (_, index) => `count-${index}` as const);
      const [version, events] = [n / 50, [...Array(10).keys()].map(someEvent)];
      await store.appendMany(
        streams.map((stream) => ({
          stream,
          expected: version === 0 ? ('no-stream' as const) : version,
          events: events.map((event) => ({ ...event, id: crypto.randomUUID() })),
        })),
      );
    }
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await Promise.all([from?.close(), to?.close()]);
  });

  it('is exported whole, and has no file that looks whole before', async () => {
    const partial = `${file}.partial`;
    const size = () => (existsSync(partial) ? statSync(partial).size : 0);
    for (const kill of [1, 300_000]) {
      expect(await kaijisho(from, ['export', file], async () => size() >= kill)).toMatchObject({ code: null, out: '' });
      expect([existsSync(file), size() >= kill]).toEqual([false, true]);
    }
    const { code, out, err } = await kaijisho(from, ['export', file]);
    expect([code, err]).toEqual([0, expect.stringContaining('通知メール')]);
    const { events, alreadyWritten } = JSON.parse(out);
    expect(events).toBe(EVENTS);
    expect(alreadyWritten).toBeGreaterThan(1_000);
    expect(alreadyWritten % 500).toBe(0);
    expect([existsSync(file), existsSync(partial)]).toEqual([true, false]);
  });

  it('is imported whole, in the same order and with the same hashes', async () => {
    const stored = async () => {
      const [row] = await to.dataSource.query<{ count: number }[]>('select count(*)::int as count from events');
      return row?.count ?? 0;
    };
    for (const kill of [1, 4_000]) {
      expect(await kaijisho(to, ['import', file], async () => (await stored()) >= kill)).toMatchObject({ code: null });
      expect(await stored()).toBeGreaterThanOrEqual(kill);
      expect(await stored()).toBeLessThan(EVENTS);
    }
    const { code, out, err } = await kaijisho(to, ['import', file]);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ events: EVENTS });
    expect(JSON.parse(out).alreadyThere).toBeGreaterThanOrEqual(4_000);
    expect(await chainsOf(to)).toEqual(await chainsOf(from));
    expect((await chainsOf(to)).length).toBe(EVENTS);
  });

  it('is exported again to the same lines', async () => {
    const again = join(folder, 'again.jsonl.zst');
    const { out } = await kaijisho(to, ['export', again]);
    const first = JSON.parse((await kaijisho(to, ['import', file])).out);
    expect(JSON.parse(out).sha256).toBe(first.sha256);
    expect(first).toMatchObject({ alreadyThere: EVENTS });
  });
});
