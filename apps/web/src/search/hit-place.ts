import type { FoundRecord, SearchHit } from './search-api';

/** The page where a hit is read: the workbench for what the draft says, else the newest edition that said it. */
export const hrefOf = ({ disclosureId, item, inDraft, editions }: SearchHit): string => {
  const disclosure = `/disclosures/${encodeURIComponent(disclosureId)}`;
  if (item === null) return disclosure;
  if (inDraft) return `${disclosure}/items/${encodeURIComponent(item.itemKey)}`;
  return `${disclosure}/editions/${editions.at(-1)}#item-${item.place}`;
};

/** The page of a certificate or an audit; for an erratum its edition. */
export const hrefOfRecord = ({ kind, id, edition }: Pick<FoundRecord, 'kind' | 'id' | 'edition'>): string =>
  edition
    ? `/disclosures/${encodeURIComponent(edition.disclosureId)}/editions/${edition.number}`
    : `/${kind === 'audit' ? 'audits' : 'certificates'}/${encodeURIComponent(id)}`;

/** 1・3–5: numbers in a row are said by the first and the last. */
export const inRows = (numbers: readonly number[]): string => {
  const rows: [number, number][] = [];
  for (const number of numbers) {
    const last = rows.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else rows.push([number, number]);
  }
  return rows.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join('・');
};
