/**
 * The whole write-side vocabulary. Pure: no clock, no random, no I/O, no framework.
 *
 * - `decide`: what should happen, given what has happened
 * - `evolve`: what is true, given one more fact
 */
export type Decider<C, S, E, R> = {
  readonly initialState: S;
  readonly evolve: (state: S, event: E) => S;
  readonly decide: (command: C, state: S) => Decision<E, R>;
};

/** A rejection is an answer, not a failure: it is typed, and the compiler makes callers map it. */
export type Decision<E, R> =
  | { readonly outcome: 'accepted'; readonly events: readonly E[] }
  | { readonly outcome: 'rejected'; readonly rejection: R };

/** `accept()` with no events means "already so": a repeated command is harmless. */
export const accept = <E>(...events: readonly E[]): Decision<E, never> => ({ outcome: 'accepted', events });

export const reject = <R>(rejection: R): Decision<never, R> => ({ outcome: 'rejected', rejection });

/** Compile error when a union grows and a switch does not; a thrown error if one slips through. */
export const assertNever = (value: never): never => {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
};
