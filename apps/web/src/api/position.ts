/** So long a page that is loaded anew asks for it: read models are behind for moments, and a database may be restored. */
const KEPT_MS = 60_000;
const NAME = 'kaijisho.position';

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Of two positions the later; what is no position changes nothing. */
export const laterOf = (before: string | null, told: unknown): string | null =>
  typeof told === 'string' && told !== '' && (before === null || told > before) ? told : before;

/**
 * Read your own writes: the log position of our last command goes with every later read, so that the api waits until its
 * read models have reached it. Positions are opaque words of equal length whose order is their order in the log.
 *
 * @param shelf of this tab: outlives the page. Without one, or with a full one, the page knows its own commands only.
 */
export const positionsOn = (shelf: Shelf | undefined, now: () => number) => {
  const found = (): string | null => {
    const [at, position] = attempt(() => shelf?.getItem(NAME)?.split(' ')) ?? [];
    return Math.abs(now() - Number(at)) < KEPT_MS ? laterOf(null, position) : null;
  };
  let reached = found();
  return {
    /** @param answer of a command; its `position` is null when nothing was written */
    rememberPosition: (answer: unknown): void => {
      if (typeof answer !== 'object' || answer === null || !('position' in answer)) return;
      reached = laterOf(reached, answer.position);
      if (reached !== null) attempt(() => shelf?.setItem(NAME, `${now()} ${reached}`));
    },
    positionHeader: (): Record<string, string> => (reached === null ? {} : { 'if-position-at-least': reached }),
    /** For a new session, which may be of a restored or another database. */
    forgetPosition: (): void => {
      reached = null;
      attempt(() => shelf?.removeItem(NAME));
    },
  };
};

/** A browser may forbid its shelf, or have no room on it. */
const attempt = <T>(use: () => T): T | undefined => {
  try {
    return use();
  } catch {
    return undefined;
  }
};

export const { rememberPosition, positionHeader, forgetPosition } = positionsOn(
  attempt(() => globalThis.sessionStorage),
  Date.now,
);
