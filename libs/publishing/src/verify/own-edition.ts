import type { EditionView } from '@app/disclosures';
import { finding, firstDifference, lifted, type Finding, type PrintedEdition } from '@app/proof';
import { editionJson } from '../edition-json';
import type { FileVerification } from './verify-file';

/** What the installation that verifies knows of a file by itself. A file that it gave out, byte for byte, is not compared any further. */
export type Own = {
  /** The edition of that disclosure and number, as it was published here; null: there is none. */
  readonly edition: EditionView | null;
};

/** The verification, with everything in which the file is not what was published here. */
export const comparedWithOwn = (verified: FileVerification, own: Own): FileVerification => {
  if (verified.edition === null) return verified;
  const findings = [...verified.findings, ...checkOwn(verified.edition, own.edition)];
  return { ...verified, findings, level: findings.length > 0 ? 'refused' : verified.level };
};

const checkOwn = (edition: PrintedEdition, own: EditionView | null): readonly Finding[] => {
  if (own === null)
    return [
      finding(
        'EditionUnknown',
        'edition',
        'この発行者は、このような版を公開していません。',
        'This issuer has published no such edition.',
      ),
    ];
  const difference = firstDifference(inTodaysShape(edition), inTodaysShape(JSON.parse(editionJson(own))));
  if (difference === null) return [];
  const at = `edition${difference}`;
  return [
    finding(
      'NotAsPublishedHere',
      at,
      `PDFに添付された版のデータが、この発行者が公開した版と異なります（${at}）。`,
      `The edition attached to the PDF is not the one that this issuer published: they differ at ${at}.`,
    ),
  ];
};

/** What was printed, or projected, in a shape of before says the same. */
const inTodaysShape = (edition: PrintedEdition): object => ({
  ...edition,
  signatures: edition.signatures.map(lifted),
});
