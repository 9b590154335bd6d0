// The read models are made anew from the log, as `kaijisho projections rebuild` does it.
import { command, withDatabase } from './installation.mjs';
import { inProcess, median, rounded, times } from './measure.mjs';

export const run = () =>
  withDatabase(async (databaseUrl) => {
    const { events, readPerSecond } = await inProcess('fill-log.mjs', databaseUrl);
    const runs = await times(
      3,
      async () => JSON.parse(await command(databaseUrl, ['projections', 'rebuild', '--json'])).rebuilt,
    );
    // All read models take in every event; what counts is how long that takes for all of them, one after the other.
    const perSecond = median(runs.map((rebuilt) => events / rebuilt.reduce((sum, { seconds }) => sum + seconds, 0)));
    return {
      bench: 'projection-catch-up',
      value: Math.round(perSecond),
      unit: 'events/s',
      ratio: rounded(perSecond / readPerSecond),
      against: `reading the log alone; all ${runs[0].length} read models, one after the other`,
      slowest: runs[0].toSorted((a, b) => b.seconds - a.seconds)[0].name,
      events,
      runs: runs.length,
    };
  });
