import type { EditionSummary } from '../api/types';

export type EditionState = 'inForce' | 'scheduled' | 'superseded';

/** 施行中, 施行予定 or 旧版. Exactly one edition is in force; a later one has not come into force yet. */
export const stateOf = (edition: EditionSummary, editions: readonly EditionSummary[]): EditionState => {
  if (edition.inForce) return 'inForce';
  const inForce = editions.find((other) => other.inForce);
  return inForce !== undefined && edition.number > inForce.number ? 'scheduled' : 'superseded';
};

/** Today in the office's time zone, yyyy-mm-dd. */
export const today = (now = new Date()): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', dateStyle: 'short' }).format(now);

/** What a field for date and time says, as the instant it is in the office's time zone; UTC, ISO 8601. Not empty. */
export const instantInTokyo = (local: string): string => new Date(`${local}:00+09:00`).toISOString();
