// An event is appended to the log, against a plain INSERT of the same row, both one after the other and many at once.
import { withDatabase } from './installation.mjs';
import { inProcess, rounded } from './measure.mjs';

export const run = () =>
  withDatabase(async (databaseUrl) => {
    const { append, plain, together, runs } = await inProcess('append-once.mjs', databaseUrl);
    return {
      bench: 'append',
      value: rounded(append * 1000),
      unit: 'ms',
      ratio: rounded(append / plain),
      against: 'a plain INSERT of the same row, one after the other, both with fsync',
      togetherPerSecond: Math.round(together),
      runs,
    };
  });
