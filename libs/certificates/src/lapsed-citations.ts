import type { LocalDate } from '@app/calendar';
import { itemsOf, lifeOf, stateAfter, versionOfEdition, type EditionView, type Life } from '@app/disclosures';
import type { EventStore, LogPosition } from '@app/event-sourcing';
import type { DataSource } from 'typeorm';
import { CERTIFICATES, type CertificateRow, type CitationSpan } from './certificates';
import { isLapsedOn } from './domain/certificate';

/** An item of an edition that claims a certificate whose term is over. */
export type LapsedCitation = { readonly itemKey: string; readonly name: string; readonly validUntil: LocalDate };

/**
 * The items of an edition that claim a certificate which has lapsed by that day, and was neither renewed nor withdrawn.
 * What an edition claims is frozen with it; `isClaimedIn` tells it from what the register cites now.
 */
export const lapsedCitations = async (
  { dataSource, store }: { readonly dataSource: DataSource; readonly store: EventStore },
  { disclosureId, number }: Pick<EditionView, 'disclosureId' | 'number'>,
  today: LocalDate,
): Promise<readonly LapsedCitation[]> => {
  const rows = await dataSource.query<{ body: CertificateRow }[]>(
    `select body from view
      where name = '${CERTIFICATES}' and body->'citations' @> $1 and body->'state'->'term'->>'validUntil' < $2 order by key`,
    [JSON.stringify([{ disclosureId }]), today],
  );
  const lapsed = rows.filter(({ body: { state } }) => state.status === 'Registered' && isLapsedOn(state, today));
  if (lapsed.length === 0) return [];
  const life = await lifeOf(store, disclosureId);
  return lapsed.flatMap(({ body: { name, citations, state } }) => {
    const claims = citations.filter((span) => span.disclosureId === disclosureId && isClaimedIn(life, number, span));
    const items = new Set(claims.map(({ itemKey }) => itemKey));
    return [...items].map((itemKey) => ({ itemKey, name, validUntil: state.term.validUntil }));
  });
};

/**
 * Whether the text of an item in an edition claims what the register cites with it, or did. A citation is of the text
 * that the item had when an edition was published (or imported) with it, and of the one that the item had when it was recorded:
 * an edition whose text is that one claims it as well. What is taken out while a revision is open is gone from the text
 * that is being written, and no edition changes by that. What is taken out while none is open was never so: editions with the
 * text that is published then claim it no more. Pure.
 */
const isClaimedIn = (life: Life, number: number, { itemKey, from, until }: CitationSpan): boolean => {
  const published = versionOfEdition(life, number);
  if (published === undefined) return false;
  const then = itemAt(life, published, itemKey);
  if (then.text === undefined) return false;
  const place = life.recorded[published - 1]!.position;
  const stood = from <= place && (until === null || place < until);
  const late = place < from && itemAt(life, versionAtPlace(life, from), itemKey).text === then.text;
  if (!(stood || late) || until === null) return stood || late;
  const end = itemAt(life, versionAtPlace(life, until), itemKey);
  return end.isBeingRevised || end.text !== then.text;
};

/** The hash of the text that an item had after so many events of its disclosure; undefined: there was no such item. */
const itemAt = (life: Life, version: number, key: string) => {
  const state = stateAfter(life, version);
  if (state.status !== 'Registered') return { text: undefined, isBeingRevised: false };
  const text = itemsOf(state.parts).find(({ itemKey }) => itemKey === key)?.bodyHash;
  return { text, isBeingRevised: state.revision.status !== 'none' };
};

const versionAtPlace = ({ recorded }: Life, place: LogPosition): number =>
  recorded.findLast(({ position }) => position <= place)?.version ?? 0;
