import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { codecs, codecsInHiding } from './codecs';
import { exampleOf, notShown, type JsonSchema } from './shape-cover';

/**
 * Every shape in which an event was ever stored lies in a file: `stored/STREAM/TYPE.vN.json`, and `TYPE.vN-2.json` … where one
 * example cannot show everything. They are never changed, because what is in a log is never changed; SHA256SUMS holds them
 * to it. How today's codec reads an older shape lies beside it in `TYPE.vN.read.json`, and changes with the code.
 *
 * `UPDATE_GOLDEN=1 npx jest test/golden --selectProjects unit` adds what is missing, and changes no stored shape.
 */
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';
const howTo =
  'To add it: UPDATE_GOLDEN=1 npx jest test/golden --selectProjects unit, look at what it wrote under test/golden, and commit it.';

type Stored = { readonly type: string; readonly schemaVersion: number; readonly data: unknown };

const folder = join(__dirname, 'stored');
const sumsFile = join(__dirname, 'SHA256SUMS');
const all = codecs();

const pathOf = (stream: string, type: string, version: number, example = 1): string =>
  `${stream}/${type}.v${version}${example === 1 ? '' : `-${example}`}.json`;
const readPathOf = (path: string): string => path.replace(/\.json$/, '.read.json');
const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));
const write = (path: string, value: unknown): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
};
const storedPaths = (): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.json') && !path.endsWith('.read.json'))
        .sort()
    : [];
const examplesOf = (stream: string, type: string, version: number): readonly string[] =>
  storedPaths().filter((path) => new RegExp(`^${stream}/${type}\\.v${version}(-\\d+)?\\.json$`).test(path));

const shapes = all.flatMap((codec) =>
  Object.entries(codec.shapes).map(([type, { schema, schemaVersion }]) => ({
    codec,
    type,
    newest: schemaVersion,
    name: `${codec.stream}/${type}`,
    // What a newly stored event looks like: after a preprocess that lifts older shapes.
    schema: z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' }) as JsonSchema,
  })),
);

const sums = (): ReadonlyMap<string, string> =>
  new Map(
    (existsSync(sumsFile) ? readFileSync(sumsFile, 'utf8') : '')
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
const sumOf = (path: string): string =>
  createHash('sha256')
    .update(readFileSync(join(folder, path)))
    .digest('hex');

beforeAll(() => {
  if (UPDATE) addWhatIsMissing();
});

const addWhatIsMissing = (): void => {
  for (const { codec, type, newest, schema } of shapes) {
    const shown = (): readonly unknown[] =>
      examplesOf(codec.stream, type, newest).map((path) => (read(path) as Stored).data);
    for (let choice = 0; choice < 100 && notShown(schema, shown()).length > 0; choice++) {
      const stored = { type, schemaVersion: newest, data: exampleOf(schema, choice) };
      const shows =
        shown().length === 0 || notShown(schema, [...shown(), stored.data]).length < notShown(schema, shown()).length;
      if (!shows) continue;
      codec.decode(stored); // throws what is wrong with it: then an example has to be written by hand
      write(pathOf(codec.stream, type, newest, examplesOf(codec.stream, type, newest).length + 1), stored);
    }
    for (let version = 1; version < newest; version++)
      for (const path of examplesOf(codec.stream, type, version))
        write(readPathOf(path), codec.decode(read(path) as Stored).data);
  }
  const known = sums();
  const lines = storedPaths().map((path) => `${known.get(path) ?? sumOf(path)}  ${path}`);
  writeFileSync(sumsFile, `${lines.join('\n')}\n`);
};

describe('the shapes of stored events', () => {
  it('are all known here: every codec lies in a file named ….codec.ts', () => {
    expect(codecsInHiding()).toEqual([]);
    expect(all.length).toBeGreaterThan(0);
  });

  it.each(shapes)('of $name have a file for every version that there was', ({ codec, type, newest, name }) => {
    for (let version = 1; version <= newest; version++) {
      if (examplesOf(codec.stream, type, version).length > 0) continue;
      throw new Error(
        version === newest
          ? `No golden file shows how ${name} is stored in version ${version}. ${howTo}`
          : `The golden file of ${name} in version ${version} is gone; events like it are in somebody's log.`,
      );
    }
  });

  it.each(shapes)(
    'of $name are shown whole, with every optional field and alternative',
    ({ codec, type, newest, name, schema }) => {
      const examples = examplesOf(codec.stream, type, newest).map((path) => (read(path) as Stored).data);
      const missing = notShown(schema, examples);
      if (missing.length === 0) return;
      throw new Error(`No golden file of ${name}, version ${newest}, shows ${missing.join(', ')}. ${howTo}`);
    },
  );

  it.each(shapes)(
    'of $name are read by today’s codec, and the newest written again as it was',
    ({ codec, type, newest, name }) => {
      for (let version = 1; version <= newest; version++) {
        for (const path of examplesOf(codec.stream, type, version)) {
          const stored = read(path) as Stored;
          expect([stored.type, stored.schemaVersion]).toEqual([type, version]);
          const event = decoded(() => codec.decode(stored), name, path);
          if (version === newest) {
            expect(event).toEqual({ type, data: stored.data });
            expect(codec.encode(event)).toEqual(stored);
          } else if (!existsSync(join(folder, readPathOf(path)))) {
            throw new Error(`Nothing says how ${path}, an older shape, is read today. ${howTo}`);
          } else {
            expect(event.data).toEqual(read(readPathOf(path)));
          }
        }
      }
    },
  );

  it('are never changed', () => {
    const known = sums();
    const paths = storedPaths();
    const changed = paths.filter((path) => known.has(path) && known.get(path) !== sumOf(path));
    if (changed.length > 0)
      throw new Error(
        `Changed golden files: ${changed.join(', ')}. What is stored stays as it is: count up the schemaVersion of the type, lift the old shape in its schema, and add a file for the new one. (A shape that no release has stored may be replaced: delete its file and its line in SHA256SUMS first.) ${howTo}`,
      );
    const unlisted = paths.filter((path) => !known.has(path));
    if (unlisted.length > 0) throw new Error(`Not in test/golden/SHA256SUMS: ${unlisted.join(', ')}. ${howTo}`);
    const gone = [...known.keys()].filter((path) => !paths.includes(path));
    if (gone.length > 0) throw new Error(`Listed in test/golden/SHA256SUMS, but gone: ${gone.join(', ')}.`);
  });

  it('belong to types that there are', () => {
    const known = new Set(shapes.map(({ name }) => name));
    const names = storedPaths().map((path) => path.replace(/\.v\d+(-\d+)?\.json$/, ''));
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });
});

const decoded = <T>(decode: () => T, name: string, path: string): T => {
  try {
    return decode();
  } catch (error) {
    throw new Error(
      `${path} can no longer be read, and with it every ${name} that was ever stored so. Count up its schemaVersion and lift the old shape with a z.preprocess in its schema.\n${String(error)}`,
    );
  }
};
