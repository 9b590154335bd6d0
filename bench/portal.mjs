// What the public pages take from a server: requests per second and how long the slowest wait, beside a file that the same
// api only reads from the disk. All are asked in turns over the same number of connections, so that what else the machine
// does falls on all of them.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { root } from '../tools/places.mjs';
import { people, withProduct } from './installation.mjs';
import { cpuMsOf, disclosureFile, median, rounded, times } from './measure.mjs';

const CONNECTIONS = 16;
const ROUNDS = 5;
const SLICE_MS = 1_500;

export const run = () =>
  withProduct(async ({ address, pid, databaseUrl }) => {
    const { drafter } = await people({ address, databaseUrl });
    await drafter.post('/api/imports?fileName=sample.md&service=bench', readFileSync(disclosureFile));
    await drafter.get('/api/disclosures'); // the read models have it
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    const page = '/d/bench';
    const { bytes } = await ask(agent, address + page);
    const paths = { edition: page, feed: '/d/bench/feed.xml', static: `/assets/${staticFileOf(bytes)}` };
    const rounds = await times(ROUNDS, async () => {
      const round = {};
      for (const [name, path] of Object.entries(paths)) round[name] = await slice(agent, address + path, pid);
      return round;
    });
    agent.destroy();
    const of = (name) => {
      const slices = rounds.map((round) => round[name]);
      return {
        perSecond: median(slices.map(({ perSecond }) => perSecond)),
        p99: percentile(
          slices.flatMap(({ waited }) => waited),
          0.99,
        ),
        cpuMs: slices[0].cpuMs === null ? null : rounded(median(slices.map(({ cpuMs }) => cpuMs))),
        kilobytes: rounded(slices[0].bytes / 1024),
      };
    };
    const file = of('static');
    return ['edition', 'feed'].map((name) => {
      const measured = of(name);
      return {
        ...{ bench: `portal, ${name}`, value: rounded(measured.perSecond), unit: 'requests/s' },
        ratio: rounded(measured.perSecond / file.perSecond),
        against: `a static file of ${file.kilobytes} KB by the same api (${rounded(file.perSecond)} requests/s)`,
        ...{ p99Ms: rounded(measured.p99), p99Ratio: rounded(measured.p99 / file.p99), staticP99Ms: rounded(file.p99) },
        ...{ cpuMs: measured.cpuMs, staticCpuMs: file.cpuMs, kilobytes: measured.kilobytes },
        ...{ connections: CONNECTIONS, runs: ROUNDS },
      };
    });
  });

/** The built file of the web application whose size is nearest. */
const staticFileOf = (bytes) => {
  const folder = join(root, 'dist', 'apps', 'web', 'assets');
  const distance = (name) => Math.abs(statSync(join(folder, name)).size - bytes);
  const files = readdirSync(folder).filter((name) => !name.endsWith('.gz'));
  return files.reduce((best, name) => (distance(name) < distance(best) ? name : best));
};

/** Asks for one address over all connections, again and again, for a while. */
const slice = async (agent, url, pid) => {
  await Promise.all(together(() => ask(agent, url)));
  const waited = [];
  let bytes = 0;
  const [cpuBefore, begun] = [cpuMsOf(pid), performance.now()];
  const connection = async () => {
    while (performance.now() - begun < SLICE_MS) {
      const answer = await ask(agent, url);
      waited.push(answer.ms);
      bytes = answer.bytes;
    }
  };
  await Promise.all(together(connection));
  const taken = performance.now() - begun;
  return {
    perSecond: (waited.length / taken) * 1000,
    cpuMs: cpuBefore === null ? null : (cpuMsOf(pid) - cpuBefore) / waited.length,
    ...{ waited, bytes },
  };
};

const ask = (agent, url) =>
  new Promise((fulfil, fail) => {
    const begun = performance.now();
    const asked = request(url, { agent }, (response) => {
      let bytes = 0;
      response.on('data', (chunk) => (bytes += chunk.length));
      response.on('error', fail);
      response.on('end', () => {
        if (response.statusCode !== 200) return fail(new Error(`${url}: ${response.statusCode}`));
        fulfil({ ms: performance.now() - begun, bytes });
      });
    });
    asked.on('error', fail).end();
  });

const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1];

/** The same work on every connection at once. */
const together = (work) => Array.from({ length: CONNECTIONS }, work);
