import type { ReadDisclosure, ReaderView } from './readers-api';

export const standings = ['untold', 'behind', 'current', 'invited', 'unanswered', 'declined', 'left'] as const;
/**
 * Where a reader stands: was never told of the newest edition, has yet to acknowledge it, has done so, has not confirmed, or is none
 * any more: did not answer the invitation in time, turned it down, or left.
 */
export type Standing = (typeof standings)[number];

export const standingOf = (reader: ReaderView, disclosures: readonly ReadDisclosure[]): Standing => {
  if (reader.status !== 'following') return reader.status;
  const newest = disclosures.find(({ id }) => id === reader.disclosureId)?.newest ?? 0;
  if ((reader.acknowledged?.number ?? 0) >= newest) return 'current';
  // Where nobody kept what it was shown when it confirmed, it may have been shown the newest.
  const told = Math.max(reader.shown ?? newest, reader.delivered?.number ?? 0);
  return told >= newest ? 'behind' : 'untold';
};

/** Nothing is mailed there any more. */
export const isOver = ({ standing }: { readonly standing: Standing }): boolean =>
  standing === 'unanswered' || standing === 'declined' || standing === 'left';

export type ReaderFilter = { readonly disclosureId: string | null; readonly standing: Standing | null };

/** Those who were not told and those who are behind first, and then by name; what is over is shown only when asked for. */
export const shownReaders = (
  readers: readonly ReaderView[],
  disclosures: readonly ReadDisclosure[],
  { disclosureId, standing }: ReaderFilter,
): readonly (ReaderView & { readonly standing: Standing })[] =>
  readers
    .map((reader) => ({ ...reader, standing: standingOf(reader, disclosures) }))
    .filter(
      (reader) =>
        (disclosureId === null || reader.disclosureId === disclosureId) &&
        (standing === null ? !isOver(reader) : reader.standing === standing),
    )
    .sort(
      (a, b) =>
        standings.indexOf(a.standing) - standings.indexOf(b.standing) || a.hospital.localeCompare(b.hospital, 'ja'),
    );

/** RFC 4180, UTF-8 with the mark that spreadsheets look for. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('')}`;

/** Names come from strangers: spreadsheets take what begins with one of these for a formula, Japanese ones also in full width. */
const cellOf = (text: string): string => `"${text.replace(/^[=+\-@＝＋－＠\t\r\n]/, "'$&").replaceAll('"', '""')}"`;
