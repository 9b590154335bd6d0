import type { EditionView } from '@app/disclosures';
import { finding, firstDifference, isSame, lifted, type Finding, type PrintedEdition } from '@app/proof';
import type { Surroundings } from '../appearance/surroundings';
import { editionJson } from '../edition-json';
import type { FileVerification } from './verify-file';

/** What the installation that verifies knows of a file by itself. A file that it gave out, byte for byte, is not compared any further. */
export type Own = {
  /** The edition of that disclosure and number, as it was published here. */
  readonly edition: EditionView;
  /** Where its readers are led to today, and how the company looked when it was published. */
  readonly surroundings: Surroundings;
};

/** The verification, with everything in which the file is not what was published here. `own`: null where no such edition was. */
export const comparedWithOwn = (verified: FileVerification, own: Own | null): FileVerification => {
  const { edition, printing } = verified;
  if (edition === null) return verified;
  const findings = [
    ...verified.findings,
    ...checkOwn(edition, own?.edition ?? null),
    ...(own && printing ? checkSurroundings(printing, own.surroundings) : []),
  ];
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

const checkSurroundings = ({ verificationPage, appearance }: Surroundings, own: Surroundings): readonly Finding[] => [
  ...(verificationPage === own.verificationPage
    ? []
    : [
        finding(
          'VerificationPageDiffers',
          'pdf.attachments.print.verificationPage',
          `PDFに印刷された検証の案内先（${verificationPage ?? 'なし'}）が、この発行者のもの（${own.verificationPage ?? 'なし'}）と異なります。`,
          `The PDF leads to ${verificationPage ?? 'no page'} to be verified, and this issuer’s to ${own.verificationPage ?? 'none'}.`,
        ),
      ]),
  ...(isSame(appearance, own.appearance)
    ? []
    : [
        finding(
          'AppearanceDiffers',
          'pdf.attachments.print.appearance',
          '表紙のロゴ、色、奥付に添えた文のいずれかが、この版を公開したときの発行者のものと異なります。',
          'The logo, the colour or what is added to the colophon is not what the issuer had when the edition was published.',
        ),
      ]),
];

/** What was printed, or projected, in a shape of before says the same. */
const inTodaysShape = (edition: PrintedEdition): object => ({
  ...edition,
  signatures: edition.signatures.map(lifted),
});
