/** Nest injection token for the clock. */
export const CLOCK = Symbol('Clock');

/** The only source of "now" above the domain; tests and the demo's history put their own in its place. */
export type Clock = () => Date;
