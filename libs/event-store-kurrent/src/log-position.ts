import type { LogPosition } from '@app/event-sourcing';
import type { Position } from '@kurrent/kurrentdb-client';

const DIGITS = 20; // both are unsigned with 64 bits

/** Where an event lies in the server's transaction log. The width is fixed, so positions compare as text. */
export const toPosition = ({ commit, prepare }: Position): LogPosition =>
  `${String(commit).padStart(DIGITS, '0')}-${String(prepare).padStart(DIGITS, '0')}`;

/** @throws Error when the text is no position of this store's */
export const fromPosition = (position: LogPosition): Position => {
  const [, commit, prepare] = /^(\d{20})-(\d{20})$/.exec(position) ?? [];
  if (commit === undefined || prepare === undefined) throw new Error(`Not a position of this log: ${position}`);
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
};
