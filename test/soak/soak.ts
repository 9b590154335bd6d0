import { appendFileSync } from 'node:fs';

// What `npm run soak` asks for; see tools/soak.mjs. Without it the specs run for as long as a test may take.
const { SOAK_MINUTES, SOAK_ROUNDS, SOAK_REPORT } = process.env;

/** How long the load is to last. */
export const minutes: number | undefined = SOAK_MINUTES ? Number(SOAK_MINUTES) : undefined;

/** How often something is to be killed. */
export const rounds: number | undefined = SOAK_ROUNDS ? Number(SOAK_ROUNDS) : undefined;

/** Hands a line to whoever asked for the soak; nobody else needs it. */
export const report = (line: object): void => {
  if (SOAK_REPORT) appendFileSync(SOAK_REPORT, `${JSON.stringify(line)}\n`);
};
