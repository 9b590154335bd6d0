import { createHash } from 'node:crypto';
import { figureMediaTypes } from '@app/content';
import {
  isSame,
  finding,
  verifyEdition,
  verifyProof,
  verifyTimeStamp,
  type Finding,
  type PrintedEdition,
  type Proof,
  type VerifiedTimeStamp,
} from '@app/proof';
import type { Head } from '@app/sealing';
import { bodyOf, citationOf, type EditionDocument } from '../edition-document';
import { checkPrint } from '../pdf/check-print';
import {
  attachmentNames,
  citedFigures,
  figureName,
  printDataOf,
  printSchema,
  TEXT_ORDER,
  type Printing,
} from '../pdf/print-document';
import { readPdf, type ReadingLimits, type ReadPdf } from '../pdf/read-pdf';
import { printVersion, renderPdf } from '../pdf/render-pdf';

export type VerifyFile = {
  /** A proof beside the PDF, as text, which is followed instead of the one inside; that one is checked as well. */
  readonly proof?: string | undefined;
  /** Fingerprints of the keys that are trusted. */
  readonly keys?: readonly string[] | undefined;
  readonly pinned?: Head | undefined;
  /** Roots (DER) of the time stamping authorities that are trusted. */
  readonly timeStampRoots?: readonly Uint8Array[] | undefined;
  /** Whether to print the edition again and compare the bytes: takes the engine and the fonts, and is only done with what holds so far. */
  readonly printAgain: boolean;
  readonly limits?: ReadingLimits | undefined;
};

/**
 * How far a file was followed:
 * - `refused`: something does not hold
 * - `document`: it agrees with itself, but there is no proof that leads to the log
 * - `log`: it is what the sealed log says, whosever log that is
 * - `key`: the seals are by a key that the verifier trusts
 */
export type Level = 'refused' | 'document' | 'log' | 'key';

export type FileVerification = {
  readonly level: Level;
  readonly findings: readonly Finding[];
  readonly edition: PrintedEdition | null;
  readonly proof: Proof | null;
  /** As the PDF says it was printed. */
  readonly printing: Printing | null;
  readonly pinned: 'none' | 'same' | 'notInProof';
  /** The time stamp in the proof; null when there is none, or none that holds. */
  readonly timeStamp: VerifiedTimeStamp | null;
  /** `same`: printed again the edition gives the same bytes, so nothing in the PDF was changed, pictures and layout included. */
  readonly printedAgain: 'same' | 'otherVersion' | 'notTried';
};

/** A PDF that is no disclosure, or was printed to a file or saved without its attachments: nothing speaks for or against it. */
export class NoEditionInside extends Error {
  override readonly name = 'NoEditionInside';
}

/**
 * Checks a PDF of any origin from its bytes to the key: what it shows, the edition attached to it, the events, signatures and seals.
 * @throws UnreadablePdf when it cannot be looked into at all
 * @throws NoEditionInside when nothing of a disclosure is attached to it
 */
export const verifyFile = async (bytes: Uint8Array, given: VerifyFile): Promise<FileVerification> => {
  const pdf = await readPdf(bytes, given.limits);
  if (!pdf.attachments.some(({ name }) => /^disclosure-edition-\d+(-print|-proof)?\.json$/.test(name)))
    throw new NoEditionInside();
  const findings: Finding[] = [...appended(bytes)];
  const attached = readAttached(pdf);
  findings.push(...attached.findings);

  const { edition } = attached;
  const printing = attached.printing && { ...attached.printing, proof: attached.proof ?? null };
  if (edition && printing)
    findings.push(...checkShown(pdf, edition, printing), ...checkFigures(pdf, edition, printing));

  const proved = (text: string) =>
    verifyProof(parsed(text), { edition: attached.data, keys: given.keys, pinned: given.pinned });
  const text = given.proof ?? attached.proof;
  const verified = text === undefined ? null : proved(text);
  // One that is given is followed; the one inside is part of the file, and must hold as well.
  const inside = given.proof === undefined || attached.proof === undefined ? null : proved(attached.proof);
  const more = [
    ...(verified?.findings ?? []),
    ...(inside?.findings ?? []).map((one) => ({ ...one, at: `pdf.attachments.proof ${one.at}` })),
  ];
  findings.push(...more.filter((one) => !findings.some((other) => isSame(one, other))));

  const stamped = verified?.proof ? await verifyTimeStamp(verified.proof, given.timeStampRoots) : null;
  if (stamped) findings.push(...stamped.findings);

  let printedAgain: FileVerification['printedAgain'] = 'notTried';
  if (given.printAgain && findings.length === 0 && edition && printing && attached.printing) {
    printedAgain = attached.printing.printed === printVersion() ? 'same' : 'otherVersion';
    if (printedAgain === 'same' && !(await printsTo(bytes, pdf, edition, printing))) {
      printedAgain = 'notTried';
      findings.push(
        finding(
          'BytesDiffer',
          'pdf',
          '同じ版を印刷し直した結果とバイト列が異なります。文字は版のデータと一致しますが、図・書体・配置などが変えられているか、別のソフトで保存し直されています。',
          'Printed again, the edition gives other bytes: its text is right, but pictures, fonts or places were changed, or another program saved the file anew.',
        ),
      );
    }
  }
  const level: Level =
    findings.length > 0 ? 'refused' : verified === null ? 'document' : given.keys === undefined ? 'log' : 'key';
  return {
    ...{ level, findings, edition, printing, printedAgain },
    proof: verified?.proof ?? null,
    pinned: verified?.pinned ?? 'none',
    timeStamp: stamped?.timeStamp ?? null,
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Programs that change a PDF usually write their changes after its end. */
const appended = (bytes: Uint8Array): readonly Finding[] => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [first, last] = [file.indexOf('startxref'), file.lastIndexOf('startxref')];
  const rest = file.subarray(file.lastIndexOf('%%EOF') + 5).toString('latin1');
  return first === last && rest.trim() === ''
    ? []
    : [
        finding(
          'PdfAppended',
          'pdf',
          'PDFが作られた後に、変更が書き足されています。',
          'Changes have been appended to the PDF after it was made.',
        ),
      ];
};

const readAttached = (pdf: ReadPdf) => {
  const findings: Finding[] = [];
  const named = (pattern: RegExp) => pdf.attachments.find(({ name }) => pattern.test(name));
  const missing = (ja: string, en: string) =>
    findings.push(
      finding(
        'AttachmentMissing',
        'pdf.attachments',
        `PDFに${ja}が添付されていません。`,
        `${en} is not attached to the PDF.`,
      ),
    );

  const editionFile = named(/^disclosure-edition-\d+\.json$/);
  const data = editionFile && parsed(Buffer.from(editionFile.bytes).toString('utf8'));
  if (!editionFile) missing('版のデータ', 'The data of the edition');
  const { edition, findings: wrong } = editionFile ? verifyEdition(data) : { edition: null, findings: [] };
  findings.push(...wrong);

  const printFile = named(/^disclosure-edition-\d+-print\.json$/);
  if (!printFile) missing('印刷の設定', 'How it was printed');
  const print = printSchema.safeParse(printFile && parsed(Buffer.from(printFile.bytes).toString('utf8')));
  if (printFile && (!print.success || print.data.textOrder > TEXT_ORDER)) {
    findings.push(
      finding(
        'AttachmentMissing',
        'pdf.attachments.print',
        'PDFに添付された印刷の設定を読めません。新しい版の Kaijisho で作られた場合は、新しい版で検証してください。',
        'How it was printed cannot be read. If a newer version of Kaijisho made it, verify it with that.',
      ),
    );
  }
  const proofFile = named(/^disclosure-edition-\d+-proof\.json$/);
  return {
    findings,
    data,
    edition,
    printing: print.success && print.data.textOrder <= TEXT_ORDER ? print.data : null,
    proof: proofFile && Buffer.from(proofFile.bytes).toString('utf8'),
  };
};

const documentOf = (edition: PrintedEdition): Omit<EditionDocument, 'loadFigure'> =>
  ({ ...edition, inForce: false }) as unknown as EditionDocument;

const checkShown = (pdf: ReadPdf, edition: PrintedEdition, printing: Printing): readonly Finding[] => {
  try {
    return checkPrint(pdf, printDataOf(documentOf(edition), printing));
  } catch {
    return [
      finding(
        'EditionMalformed',
        'edition',
        '版のデータに、印刷できないものがあります。',
        'The data of the edition has something that cannot be printed.',
      ),
    ];
  }
};

/** Every figure that the text cites is attached, with the bytes that it cites; and nothing else is attached. */
const checkFigures = (pdf: ReadPdf, edition: PrintedEdition, { appearance }: Printing): readonly Finding[] => {
  const document = documentOf(edition);
  const cited = [
    ...document.parts.flatMap((part) =>
      part.items.flatMap((item) =>
        citedFigures(bodyOf(item).content).map((sha256) => ({ sha256, place: citationOf(part, item) })),
      ),
    ),
    ...(appearance?.logo ? [{ sha256: appearance.logo.sha256, place: 'ロゴ' }] : []),
  ];
  const wrong = cited.filter(({ sha256 }) => figureIn(pdf, sha256) === null);
  const names = new Set<string>(Object.values(attachmentNames(edition)));
  const known = ({ name }: { readonly name: string }) =>
    names.has(name) || cited.some(({ sha256 }) => name.startsWith(`figure-${sha256}.`));
  return [
    ...wrong.map(({ place }) =>
      finding(
        'FigureDiffers',
        `pdf.attachments ${place}`,
        `${place}の図の画像が、本文の指すものと異なるか、添付されていません。`,
        `A figure of ${place} is not the one that the text cites, or is not attached.`,
      ),
    ),
    ...pdf.attachments
      .filter((attachment) => !known(attachment))
      .map(({ name }) =>
        finding(
          'PdfForeignContent',
          'pdf.attachments',
          `PDFに、版に含まれないファイル「${name}」が添付されています。`,
          `The PDF has an attachment that is no part of the edition: ${name}.`,
        ),
      ),
  ];
};

const figureIn = (pdf: ReadPdf, sha256: string) => {
  for (const mediaType of figureMediaTypes) {
    const file = pdf.attachments.find(({ name }) => name === figureName(sha256, mediaType));
    if (file && createHash('sha256').update(file.bytes).digest('hex') === sha256)
      return { bytes: file.bytes, mediaType };
  }
  return null;
};

const printsTo = async (
  bytes: Uint8Array,
  pdf: ReadPdf,
  edition: PrintedEdition,
  printing: Printing,
): Promise<boolean> => {
  const document = { ...documentOf(edition), loadFigure: async (sha256: string) => figureIn(pdf, sha256) };
  const again = await renderPdf(document, printing).catch(() => null);
  return again !== null && Buffer.from(again).equals(bytes);
};
