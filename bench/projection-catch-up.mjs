// How fast read models take in a log: each alone, as in a worker that was away, and all of them in a rebuild.
import { withDatabase } from './installation.mjs';
import { inProcess, median, rounded, times } from './measure.mjs';

/** They write a row for every event, or the whole row of its disclosure. */
const promised = /^(activity|disclosures)\.v\d+$/;

export const run = () =>
  withDatabase(async (databaseUrl) => {
    const { events, readPerSecond } = await inProcess('fill-log.mjs', databaseUrl);
    const runs = await times(3, () => inProcess('catch-up-once.mjs', databaseUrl));
    const line = (bench, secondsOf) => {
      const perSecond = events / median(runs.map(secondsOf));
      const against = 'reading the log alone';
      return {
        ...{
          bench,
          value: Math.round(perSecond),
          unit: 'events/s',
          ratio: rounded(perSecond / readPerSecond),
          against,
        },
        ...{ events, runs: runs.length },
      };
    };
    return [
      ...Object.keys(runs[0].seconds).map((name) => ({
        ...line(`catch-up ${name}`, ({ seconds }) => seconds[name]),
        ...(promised.test(name) ? { atLeast: 15_000 } : {}),
      })),
      line(`rebuild of all ${Object.keys(runs[0].seconds).length}`, ({ rebuild }) => rebuild),
    ];
  });
