import { hashOf, MemoryEventStore, type EventStore, type NewEvent, type StreamName } from '@app/event-sourcing';
import { someEvent } from '@app/event-sourcing/testing';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendArchive, compareWithArchive } from './append-archive';
import { exportLog, unfinished } from './export-log';
import { frameOf, readFrames } from './frames';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kaijisho-archive-'));
  path = join(folder, 'log.jsonl.zst');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const append = async (store: EventStore, stream: StreamName, ...events: readonly NewEvent[]): Promise<void> => {
  const version = (await store.read(stream)).length;
  await store.append(stream, version === 0 ? 'no-stream' : version, events);
};

/** `events` events, in three streams that take turns of two. */
const logOf = async (events: number): Promise<EventStore> => {
  const store = new MemoryEventStore();
  for (let n = 0; n < events; n += 2) {
    const pair = [someEvent(n), someEvent(n + 1)].slice(0, events - n);
    await append(store, `count-${(n / 2) % 3}`, ...pair);
  }
  return store;
};

const eventsOf = async (store: EventStore) =>
  (await store.readAll(null, 100_000)).map(({ position: _, ...event }) => event);

const contentOf = async (file: string): Promise<string> => {
  const handle = await open(file, 'r');
  let content = '';
  for await (const frame of readFrames(handle)) content += frame.content.toString();
  await handle.close();
  return content;
};
const linesOf = async (file: string): Promise<string[]> => (await contentOf(file)).split('\n').slice(0, -1);

/** Whole frames, whatever the lines say. */
const write = async (...frames: readonly (readonly string[])[]): Promise<void> => {
  const written = await Promise.all(frames.map((lines) => frameOf(lines.map((line) => `${line}\n`).join(''))));
  await writeFile(path, Buffer.concat(written));
};

/** Imports without a database; answers what the log then has. */
const imported = async () => {
  const store = new MemoryEventStore();
  const { stored } = await compareWithArchive(store, path);
  await appendArchive(store, path, stored);
  return eventsOf(store);
};
const refusal = async (): Promise<{ ja: string; en: string }> => {
  const error = await compareWithArchive(new MemoryEventStore(), path).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toMatchObject({ name: 'MoveRefused' });
  return error as { ja: string; en: string };
};

describe('an archive', () => {
  it('takes any log to another store, with equal events and hashes, and is the same when that is exported', async () => {
    // No store takes U+0000, because no read model could hold it.
    const storable = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\u0000', ''));
    const metadata = fc.record({
      actor: fc.record({ id: fc.string(), name: storable, title: fc.string() }, { requiredKeys: ['id', 'name'] }),
      recordedAt: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      correlationId: fc.string(),
      causationId: fc.string(),
    });
    const event = fc.record({
      id: fc.uuid(),
      type: fc.string(),
      schemaVersion: fc.integer({ min: 1, max: 9 }),
      data: fc.jsonValue(),
      metadata,
    });
    const appends = fc.array(
      fc.tuple(fc.constantFrom('a-1', 'a-2', 'b-開示書-1', 'c-'), fc.array(event, { minLength: 1, maxLength: 3 })),
    );
    let number = 0;
    await fc.assert(
      fc.asyncProperty(appends, async (log) => {
        const store = new MemoryEventStore();
        for (const [stream, events] of log) await append(store, stream as StreamName, ...events);
        path = join(folder, `${++number}.jsonl.zst`);
        await exportLog(store, path);
        const copy = new MemoryEventStore();
        await appendArchive(copy, path, 0);
        // As JSON: -0 and undefined are not in it.
        expect(await eventsOf(copy)).toEqual(JSON.parse(JSON.stringify(await eventsOf(store))));
        await exportLog(copy, `${path}.again`);
        expect(await readFile(`${path}.again`)).toEqual(await readFile(path));
      }),
      { numRuns: 100 },
    );
  });

  it('can be verified with zstd and SHA-256 alone', async () => {
    const store = await logOf(5);
    const { sha256, head, events } = await exportLog(store, path);
    expect([events, head]).toEqual([5, await store.head()]);
    const lines = await linesOf(path);
    const sumOf = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ end: { events: 5, sha256 } });
    expect(
      sumOf(
        lines
          .slice(0, -1)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    ).toBe(sha256);
    const [first, second] = await store.read('count-0');
    const written = /^\{"event":(.*),"hash":"(\w+)","number":(\d+)\}$/.exec(lines[2] ?? '');
    expect(written?.slice(2)).toEqual([second?.hash, '2']);
    expect(sumOf(`${first?.hash}${written?.[1]}`)).toBe(second?.hash);
    expect(JSON.parse(lines[0] ?? '')).toEqual({ format: 'kaijisho.log', log: first?.hash, version: 1 });
  });

  it('of an empty log says that it is empty', async () => {
    expect(await exportLog(new MemoryEventStore(), path)).toMatchObject({ events: 0, head: null });
    expect(await imported()).toEqual([]);
  });

  it('is read in whatever whole lines it was compressed anew', async () => {
    const store = await logOf(7);
    await exportLog(store, path);
    const lines = await linesOf(path);
    await write(lines);
    expect(await imported()).toEqual(await eventsOf(store));
    await write(...lines.map((line) => [line]));
    expect(await imported()).toEqual(await eventsOf(store));
  });
});

describe('an export', () => {
  it('ends where the log ended when it began', async () => {
    const store = await logOf(1_200);
    const head = await store.head();
    const exported = await exportLog(store, path, () => void append(store, 'late-1', someEvent(1)));
    expect(exported).toMatchObject({ events: 1_200, head, alreadyWritten: 0 });
    expect(await imported()).toEqual((await eventsOf(store)).slice(0, 1_200));
  });

  it('has its name when it is whole, and does not write over another file', async () => {
    const store = await logOf(3);
    await exportLog(store, path, () => expect(stat(path)).rejects.toThrow('ENOENT'));
    await expect(stat(unfinished(path))).rejects.toThrow('ENOENT');
    await expect(exportLog(store, path)).rejects.toMatchObject({ ja: expect.stringContaining('すでにあります') });
  });

  it('goes on after the last whole frame, wherever it was cut off, and ends as if it had not been', async () => {
    const store = await logOf(1_700);
    await exportLog(store, path);
    const whole = await readFile(path);
    const headerEnd = (await frameOf(`${(await linesOf(path))[0]}\n`)).length;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: headerEnd, max: whole.length }), fc.boolean(), async (size, zeros) => {
        await rm(path, { force: true });
        // A machine that lost power may leave zeros behind what was written.
        await writeFile(unfinished(path), Buffer.concat([whole.subarray(0, size), Buffer.alloc(zeros ? 300 : 0)]));
        const { alreadyWritten, events } = await exportLog(store, path);
        expect([alreadyWritten % 500 === 0 || alreadyWritten === 1_700, events]).toEqual([true, 1_700]);
        expect(await readFile(path)).toEqual(whole);
      }),
      {
        numRuns: 10,
        examples: [
          [headerEnd, false],
          [whole.length, false],
          [whole.length - 1, true],
        ],
      },
    );
  });

  it('goes on although the log has grown, and takes what came', async () => {
    const store = await logOf(600);
    await exportLog(store, path);
    const whole = await readFile(path);
    await writeFile(unfinished(`${path}.2`), whole);
    await append(store, 'late-1', someEvent(1));
    expect(await exportLog(store, `${path}.2`)).toMatchObject({ events: 601, alreadyWritten: 600 });
    path = `${path}.2`;
    expect(await imported()).toEqual(await eventsOf(store));
  });

  it('does not go on with what another log, or no export at all, has left', async () => {
    await exportLog(await logOf(600), path);
    const other = await readFile(path);
    await rm(path);
    for (const left of [other, other.subarray(0, 3), Buffer.from('メモ')]) {
      await writeFile(unfinished(path), left);
      await expect(exportLog(await logOf(600), path)).rejects.toMatchObject({
        ja: expect.stringContaining(unfinished(path)),
      });
      expect(await readFile(unfinished(path))).toEqual(left);
    }
  });

  it('does not go on with a log that went another way after a common beginning', async () => {
    const [store, fork] = [new MemoryEventStore(), new MemoryEventStore()];
    const first = someEvent(1);
    for (const one of [store, fork]) await append(one, 'count-1', first);
    for (const one of [store, fork]) for (let n = 0; n < 600; n++) await append(one, 'count-2', someEvent(n));
    await exportLog(store, path);
    await writeFile(unfinished(`${path}.2`), await readFile(path));
    await expect(exportLog(fork, `${path}.2`)).rejects.toMatchObject({ name: 'MoveRefused' });
  });

  it('names the first event that does not hold, and leaves no file that looks whole', async () => {
    const store = await logOf(20);
    const broken: EventStore = Object.assign(Object.create(store) as EventStore, {
      readAll: async (...range: Parameters<EventStore['readAll']>) =>
        (await store.readAll(...range)).map((event) =>
          event.stream === 'count-1' && event.version > 2 ? { ...event, data: { n: 'changed' } } : event,
        ),
    });
    await expect(exportLog(broken, path)).rejects.toMatchObject({
      ja: expect.stringContaining('count-1/3が、記録されたハッシュと合いません'),
    });
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  it('on a full disk fails, and leaves no file that looks whole', async () => {
    await symlink('/dev/full', unfinished(path));
    await expect(exportLog(await logOf(3), path)).rejects.toMatchObject({ code: 'ENOSPC', syscall: 'write' });
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  it('that another one writes to at the same time does not count as whole', async () => {
    const store = await logOf(1_200);
    let once = false;
    const meddle = () => {
      if (!once) appendFileSync(unfinished(path), 'x');
      once = true;
    };
    await expect(exportLog(store, path, meddle)).rejects.toMatchObject({ name: 'MoveRefused' });
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });
});

describe('an archive is refused, with the place,', () => {
  let lines: string[];
  beforeEach(async () => {
    await exportLog(await logOf(9), path);
    lines = await linesOf(path);
  });
  const changed = (index: number, change: (line: string) => string): string[] =>
    lines.map((line, at) => (at === index ? change(line) : line));

  it('when it is cut off anywhere', async () => {
    const whole = await readFile(path);
    for (let size = 0; size < whole.length; size++) {
      await writeFile(path, whole.subarray(0, size));
      const { ja } = await refusal();
      expect(ja).toMatch(/途中で切れています|末尾の行がありません/);
    }
    await writeFile(path, whole.subarray(0, whole.length - 1));
    expect((await refusal()).en).toMatch(/from byte \d+, after event 9, it is cut off/);
  });

  it('when any byte of it is another, unless the lines are the same', async () => {
    const [whole, events] = [await readFile(path), await imported()];
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, difference) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ difference;
        await writeFile(path, bytes);
        const came = await imported().catch((error: Error) => error.name);
        expect([events, 'MoveRefused']).toContainEqual(came);
      }),
      { numRuns: 500 },
    );
  });

  it('when an event was changed and compressed anew', async () => {
    await write(changed(4, (line) => line.replace('"n":3', '"n":4')));
    expect((await refusal()).ja).toContain('5行目：count-1/2が、記録されたハッシュと合いません');
  });

  it('when an event was changed together with its hash', async () => {
    const { event, number } = JSON.parse(lines[9] ?? '');
    const data = { n: 99 };
    const previous = JSON.parse(lines[4] ?? '').hash;
    expect(event).toMatchObject({ stream: 'count-1', version: 3 });
    await write(
      changed(9, () =>
        JSON.stringify({ event: { ...event, data }, hash: hashOf(previous, { ...event, data }), number }),
      ),
    );
    expect((await refusal()).ja).toContain('SHA-256');
  });

  it('when lines were swapped', async () => {
    await write(lines.toSpliced(2, 2, lines[3] ?? '', lines[2] ?? ''));
    const { ja, en } = await refusal();
    expect(ja).toContain('3行目：2件目のイベントがあるはずの所に、3件目（count-1/1）があります');
    expect(en).toContain('line 3: event 3 (count-1/1) stands where event 2 should');
  });

  it.each<[string, () => string[], RegExp]>([
    [
      'when a line is missing',
      () => lines.toSpliced(5, 1),
      /line 6: event 6 \(count-2\/2\) stands where event 5 should/,
    ],
    ['when a line is there twice', () => lines.toSpliced(5, 0, lines[4] ?? ''), /line 6/],
    ['when a line is no event', () => changed(3, () => '{"event":{}}'), /line 4: it is no event/],
    ['when a line is no JSON', () => changed(3, (line) => line.slice(1)), /line 4: it is no event/],
    ['when the end line is missing', () => lines.slice(0, -1), /ends after event 9, without the end line/],
    [
      'when lines before the end line are missing',
      () => lines.toSpliced(-3, 2),
      /line 9: there should be 9 events, and there are 7/,
    ],
    ['when something follows the end line', () => [...lines, lines[1] ?? ''], /line 12: it stands after the end line/],
    [
      'when its format is a later one',
      () => changed(0, (line) => line.replace('"version":1', '"version":2')),
      /version 2; this version of Kaijisho reads version 1/,
    ],
    ['when it is something else', () => ['{"format":"other"}'], /was not written by kaijisho log export/],
    [
      'when its first line is another',
      () => changed(0, (line) => line.replace(/"log":".{4}/, '"log":"0000')),
      /SHA-256/,
    ],
  ])('%s', async (_name, damaged, sentence) => {
    await write(damaged());
    expect((await refusal()).en).toMatch(sentence);
  });

  it('when it is no zstd', async () => {
    await writeFile(path, 'これは開示書です。\n');
    expect((await refusal()).ja).toContain('kaijisho log export で書き出したファイルではありません');
  });

  it('when a frame would not fit into memory', async () => {
    // 3,000 blocks that each stand for 128 KiB of the same byte.
    const block = Buffer.from([0b010 | ((131_072 & 0x1f) << 3), (131_072 >> 5) & 0xff, 131_072 >> 13, 0x20]);
    await writeFile(
      path,
      Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x88]), ...Array<Buffer>(3_000).fill(block)]),
    );
    expect((await refusal()).en).toContain('a zstd frame is too large');
  });
});

describe('an import', () => {
  it('refuses a log that has something else, and names it', async () => {
    await exportLog(await logOf(4), path);
    const store = new MemoryEventStore();
    await append(store, 'user-1', someEvent(1));
    await expect(compareWithArchive(store, path)).rejects.toMatchObject({ ja: expect.stringContaining('user-1/1は') });
  });

  it('refuses a log that goes on beyond the archive', async () => {
    const store = await logOf(4);
    await exportLog(store, path);
    expect(await compareWithArchive(store, path)).toMatchObject({ events: 4, stored: 4 });
    await append(store, 'user-1', someEvent(1));
    await expect(compareWithArchive(store, path)).rejects.toMatchObject({ ja: expect.stringContaining('user-1/1は') });
  });
});
