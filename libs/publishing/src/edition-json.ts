import { canonicalJson } from '@app/canonical-json';
import { historyOf, type EditionDocument } from './edition-document';
import { printedPostReviews } from './wording';

/**
 * An edition as stable JSON (`kaijisho.edition.v1`): the same edition gives the same bytes, whenever it is asked for. What depends on
 * today (whether it is in force) is left out. Fields are added, never renamed.
 *
 * `contentHash` is the SHA-256 of the RFC 8785 canonical form of
 * `{service, serviceName, title, issuer, editionNumber, historyText, causes, parts: [{number, title, items: [{itemKey, number, title, bodyHash}]}], waivers}`,
 * without `waivers` where there are none,
 * and `bodyHash` that of `body`. A signature's `coverageHash` is the content hash, or, where its step covers some items only, that of
 * `{items: [{itemKey, number, title, bodyHash}], waivers}` of those. All can be computed again from this file alone.
 */
export const editionJson = (edition: Omit<EditionDocument, 'loadFigure'>): string => {
  const { disclosureId, service, serviceName, title, issuer, number, issuedOn, effectiveOn, origin } = edition;
  const { contentHash, historyText, causes, parts, waivers, signatures } = edition;
  return `${JSON.stringify(
    {
      format: 'kaijisho.edition.v1',
      disclosureId,
      service,
      serviceName,
      title,
      issuer: ordered(issuer),
      number,
      issuedOn,
      effectiveOn,
      origin,
      contentHash,
      historyText,
      causes: ordered(causes),
      parts: parts.map((part) => ({
        number: part.number,
        title: part.title,
        items: part.items.map(({ itemKey, number: itemNumber, title: itemTitle, body, bodyHash }) => ({
          itemKey,
          number: itemNumber,
          title: itemTitle,
          body: ordered(body),
          bodyHash,
        })),
      })),
      revisionHistory: historyOf(edition).map((row) => ({
        number: row.number,
        issuedOn: row.issuedOn,
        historyText: row.historyText,
      })),
      waivers: ordered(waivers),
      signatures: ordered(signatures),
      postReviews: ordered(printedPostReviews(edition)),
    },
    null,
    2,
  )}\n`;
};

/** With its keys in one order, whichever way it was stored. */
const ordered = (value: unknown): unknown => JSON.parse(canonicalJson(value ?? null));
