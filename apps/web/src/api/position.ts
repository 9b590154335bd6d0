/**
 * Read your own writes: the log position of our last command goes with every later read, so that the api waits until its
 * read models have reached it. Positions are decimal strings of 64-bit integers and only ever grow.
 */
let reached: bigint | null = null;

export const rememberPosition = (answer: unknown): void => {
  const position = (answer as { readonly position?: unknown } | null)?.position;
  if (typeof position !== 'string' || !/^\d+$/.test(position)) return;
  const told = BigInt(position);
  if (reached === null || told > reached) reached = told;
};

export const positionHeader = (): Record<string, string> =>
  reached === null ? {} : { 'if-position-at-least': reached.toString() };

/** For a new session, which may be of a restored or another database. */
export const forgetPosition = (): void => {
  reached = null;
};
