// What a command costs on a disclosure with a long history; beside reading, decoding and folding all of it.
import { withDatabase } from './installation.mjs';
import { inProcess, rounded } from './measure.mjs';

export const run = () =>
  withDatabase(async (databaseUrl) => {
    const measured = await inProcess('long-stream-once.mjs', databaseUrl, '100', '1000', '10000', '20000');
    return measured.map(({ length, readMs, decodeMs, foldMs, heldMb, commandMs }) => ({
      bench: `command after ${length}`,
      ...{ value: commandMs, unit: 'ms', limit: 300 },
      ratio: rounded(commandMs / (readMs + decodeMs + foldMs)),
      against: `reading and folding all ${length} events`,
      ...{ readMs, decodeMs, foldMs, heldMb, runs: 5 },
    }));
  });
