/**
 * Read your own writes: the log position of our last command goes with every later read, so that the api waits until its
 * read models have reached it. Positions are opaque words of equal length whose order is their order in the log.
 */
let reached: string | null = null;

/** Of two positions the later; what is no position changes nothing. */
export const laterOf = (before: string | null, told: unknown): string | null =>
  typeof told === 'string' && told !== '' && (before === null || told > before) ? told : before;

/** @param answer of a command; its `position` is null when nothing was written */
export const rememberPosition = (answer: unknown): void => {
  if (typeof answer !== 'object' || answer === null || !('position' in answer)) return;
  reached = laterOf(reached, answer.position);
};

export const positionHeader = (): Record<string, string> =>
  reached === null ? {} : { 'if-position-at-least': reached };

/** For a new session, which may be of a restored or another database. */
export const forgetPosition = (): void => {
  reached = null;
};
