// How long the api takes to show a disclosure as it stood, on a life of ten years; beside folding all of it anew.
import { setTimeout as pause } from 'node:timers/promises';
import { people, signIn, withProduct } from './installation.mjs';
import { cpuMsOf, inProcess, median, rounded, secondsOf, times } from './measure.mjs';

const [EVENTS, EDITIONS] = [20_000, 50];
const QUESTIONS = 60;

export const run = () =>
  withProduct(async (product) => {
    await people(product);
    const drafter = await signIn(product.address, 'drafter');
    const grown = await inProcess('as-of-once.mjs', product.databaseUrl, String(EVENTS), String(EDITIONS));
    const { id, version, anewMs, heldMb } = grown;
    await caughtUp(drafter, id, version);
    const timed = async (work) => rounded((await secondsOf(work)) * 1000);
    const asked = (path) => timed(() => drafter.get(`/api/disclosures/${id}/${path}`));
    const anywhere = () => 3 + Math.floor(Math.random() * (version - 3));
    const of = async (bench, path, limit = 50) => {
      const before = cpuMsOf(product.pid);
      const measured = await times(QUESTIONS, () => asked(path()));
      const cpuMs = before === null ? null : rounded((cpuMsOf(product.pid) - before) / QUESTIONS);
      const value = rounded(median(measured));
      return {
        ...{ bench, value, unit: 'ms', limit },
        ratio: rounded(value / anewMs),
        against: `reading and folding all ${version} events (${anewMs} ms)`,
        ...{ cpuMs, worst: Math.max(...measured), runs: QUESTIONS },
      };
    };
    const nothingMs = rounded(median(await times(QUESTIONS, () => timed(() => drafter.get('/api/session')))));
    const firstMs = await asked(`as-of?version=${anywhere()}`);
    const texts = [];
    for (const clock of ['recorded', 'effective', 'public'])
      texts.push({
        ...(await of(`as-of, ${clock}`, () => `as-of?version=${anywhere()}&clock=${clock}`)),
        ...{ firstMs, nothingMs, heldMb, editions: EDITIONS },
      });
    return [
      ...texts,
      await of('moments', () => 'moments', 300),
      await of('blame', () => `items/II-4/blame?version=${anywhere()}`, 300),
      await of('item history', () => 'items/II-4/history', 300),
      await of('moved', () => `moved?since=${anywhere()}`, 300),
      await of('submission preview', () => 'submission-preview', 300),
      await of('comparison, lastSigned', () => 'comparison?from=lastSigned&to=inForce', 300),
      await of('comparison', () => `comparison?from=v${anywhere()}&to=v${anywhere()}`, 1_000),
    ];
  });

/** The read models have taken the whole life in: nothing else runs when the clock does. */
const caughtUp = async (drafter, id, version) => {
  for (;;) {
    const { status, body } = await drafter.ask('GET', `/api/disclosures/${id}`);
    if (status === 200 && body.version >= version) return;
    await pause(500);
  }
};
