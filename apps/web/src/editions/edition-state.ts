import type { EditionSummary } from '../api/types';

export type EditionState = 'inForce' | 'scheduled' | 'superseded';

/** 施行中, 施行予定 or 旧版. At most one edition is in force; a later one has not come into force yet. */
export const stateOf = (edition: EditionSummary, editions: readonly EditionSummary[]): EditionState => {
  if (edition.inForce) return 'inForce';
  const inForce = editions.find((other) => other.inForce);
  return inForce === undefined || edition.number > inForce.number ? 'scheduled' : 'superseded';
};

/** What the public address shows: the edition in force; before any is, the oldest. */
export const shownOf = ({ editions }: { readonly editions: readonly EditionSummary[] }): EditionSummary | undefined =>
  editions.find(({ inForce }) => inForce) ?? editions[0];

/** Today in the office's time zone, yyyy-mm-dd. */
export const today = (now = new Date()): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', dateStyle: 'short' }).format(now);

/** What a field for date and time says, as the instant it is in the office's time zone; UTC, ISO 8601. Not empty. */
export const instantInTokyo = (local: string): string => new Date(`${local}:00+09:00`).toISOString();
