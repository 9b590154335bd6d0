import type { LogPosition } from '@app/event-sourcing';

const TX_DIGITS = 20; // xid8 is unsigned with 64 bits
const POSITION_DIGITS = 19; // bigint is signed

/**
 * The place of an event in the log: its transaction first, then its number.
 * Numbers are handed out before the commit, so that a lower one can become visible after a higher one; transaction ids
 * below the snapshot's horizon are all decided. The width is fixed, so positions compare as text.
 */
export const toPosition = (tx: string, position: string): LogPosition =>
  `${tx.padStart(TX_DIGITS, '0')}-${position.padStart(POSITION_DIGITS, '0')}`;

/** @throws Error when the text is no position of this store's */
export const fromPosition = (position: LogPosition | null): { readonly tx: string; readonly position: string } => {
  if (position === null) return { tx: '0', position: '0' };
  const [, tx, number] = /^(\d{20})-(\d{19})$/.exec(position) ?? [];
  if (tx === undefined || number === undefined) throw new Error(`Not a position of this log: ${position}`);
  return { tx: withoutPadding(tx), position: withoutPadding(number) };
};

// PostgreSQL reads an xid8 with leading zeros as octal.
const withoutPadding = (digits: string): string => digits.replace(/^0+(?=\d)/, '');
