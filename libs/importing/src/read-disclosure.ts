import { createHash } from 'node:crypto';
import { parseBody, textOf, type Body } from '@app/content';
import { collectAnomalies, type ItemAt, type Report } from './anomalies';
import { checkOutline } from './check-outline';
import { decode, MAX_CHARACTERS } from './decode';
import type { ImportProblem, Sought } from './import-problem';
import type {
  Anomaly,
  ImportedDisclosure,
  ImportedFigure,
  ImportedItem,
  ImportedItems,
  ImportedPart,
  SourceEncoding,
} from './imported-disclosure';
import { readOutline, type Outline, type OutlineItem } from './outline';
import { partTitle } from './japanese-text';
import { readMarkdown } from './read-markdown';
import { isPdf, readPdf, type PdfReader } from './read-pdf';
import { readWord } from './read-word';
import { blocksFrom } from './to-blocks';
import { isWordFile, WORD } from './word-file';

export type ReadDisclosure =
  | { readonly ok: true; readonly disclosure: ImportedDisclosure }
  | { readonly ok: false; readonly problem: ImportProblem };

export type ReadItems =
  { readonly ok: true; readonly file: ImportedItems } | { readonly ok: false; readonly problem: ImportProblem };

/**
 * Reads a disclosure out of a Word, Markdown or text file, whatever its name says that it is; of a PDF that the product
 * printed, exactly what it was printed from. Without `insidePdf` a PDF is refused.
 */
export const readDisclosureFile = async (
  bytes: Uint8Array,
  fileName: string,
  insidePdf?: PdfReader,
): Promise<ReadDisclosure> => {
  if (insidePdf && isPdf(bytes)) {
    const read = await readPdf(bytes, insidePdf);
    if (!read.ok) return read;
    if (read.kind === 'pages') return { ok: false, problem: { type: 'ForeignPdf' } };
    return { ok: true, disclosure: { ...read.disclosure, anomalies: [], source: pdfSource(bytes, fileName) } };
  }
  const sorted = await sortedFile(bytes, fileName);
  return sorted.ok ? disclosureOf(sorted) : sorted;
};

/**
 * Reads the items of a file that need not be a whole disclosure: no cover, no edition and no 改訂履歴 are asked of it. A
 * PDF of another program is read page by page. Without `insidePdf` a PDF is refused.
 */
export const readItemsFile = async (bytes: Uint8Array, fileName: string, insidePdf?: PdfReader): Promise<ReadItems> => {
  if (insidePdf && isPdf(bytes)) return itemsOfPdf(bytes, fileName, insidePdf);
  const sorted = await sortedFile(bytes, fileName);
  if (!sorted.ok) return sorted;
  const { outline, report, inOrder, figures, source } = sorted;
  const missing = missingFrom(outline);
  if (missing.length > 0) return { ok: false, problem: { type: 'NotADisclosure', missing } };
  checkOutline(outline, 'someItems', report);
  const read = partsOf(outline);
  if (!read.ok) return read;
  const anomalies = inOrder(itemAtOf(outline));
  const edition = outline.edition ?? outline.history.at(-1) ?? null;
  return { ok: true, file: { parts: read.parts, edition, anomalies, figures, source: sourceOf(source) } };
};

const itemsOfPdf = async (bytes: Uint8Array, fileName: string, insidePdf: PdfReader): Promise<ReadItems> => {
  const read = await readPdf(bytes, insidePdf);
  if (!read.ok) return read;
  const source = pdfSource(bytes, fileName);
  if (read.kind === 'edition') {
    const { parts, edition, figures } = read.disclosure;
    return { ok: true, file: { parts, edition, figures, anomalies: [], source } };
  }
  const { report, inOrder } = collectAnomalies();
  report(
    'PDF_TEXT_ONLY',
    0,
    'ほかのソフトウェアで作られたPDFのため、文章だけをページごとに読み取りました。表と図、見出しや箇条書きの体裁は取り込まれません。項目を選び、元のPDFと見比べて整えてください。',
  );
  const { parts } = read;
  return { ok: true, file: { parts, edition: null, figures: [], anomalies: inOrder(), source, asPages: true } };
};

const pdfSource = (bytes: Uint8Array, fileName: string): ImportedDisclosure['source'] =>
  sourceOf({ fileName, bytes, mediaType: 'application/pdf', encoding: 'utf-8' });

/**
 * Reads a disclosure out of a text or Markdown file. Every body passes `parseBody`; what was mended, guessed or found
 * missing is among the anomalies, and so is the wording of whatever fits into no item.
 */
export const readDisclosure = (bytes: Uint8Array, fileName: string): ReadDisclosure => {
  const sorted = sortedText(bytes, fileName);
  return sorted.ok ? disclosureOf(sorted) : sorted;
};

/** A file sorted into its outline, before anything is asked of it. */
type Sorted =
  | {
      readonly ok: true;
      readonly outline: Outline;
      readonly source: Source;
      readonly figures: readonly ImportedFigure[];
      readonly report: Report;
      readonly inOrder: (itemAt: ItemAt) => readonly Anomaly[];
    }
  | { readonly ok: false; readonly problem: ImportProblem };

const sortedFile = async (bytes: Uint8Array, fileName: string): Promise<Sorted> =>
  isWordFile(bytes) ? sortedWord(bytes, fileName) : sortedText(bytes, fileName);

const sortedWord = async (bytes: Uint8Array, fileName: string): Promise<Sorted> => {
  const { report, inOrder } = collectAnomalies(false);
  const read = await readWord(bytes, report);
  if (!read.ok) return read;
  const outline = readOutline(read.source, read.toBlocks, report);
  const source = { fileName, bytes, mediaType: WORD, encoding: 'utf-8' } as const;
  return { ok: true, outline, source, figures: read.figures, report, inOrder };
};

const sortedText = (bytes: Uint8Array, fileName: string): Sorted => {
  const decoded = decode(bytes);
  if (!decoded.ok) return decoded;
  const { text, encoding, removedControls } = decoded;
  const { report, inOrder } = collectAnomalies();
  reportDecoding(encoding, removedControls, report);

  // Before any parsing, so that a large file of something else is refused at once.
  if (!text.split(/\r\n|[\n\r]/).some(mayBeginPart))
    return { ok: false, problem: { type: 'NotADisclosure', missing: ['parts'] } };
  if (text.length > MAX_CHARACTERS) {
    return { ok: false, problem: { type: 'TooLong', characters: text.length, limit: MAX_CHARACTERS } };
  }
  let outline: Outline;
  try {
    const source = readMarkdown(text, report);
    outline = readOutline(source, blocksFrom(source, report), report);
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, problem: { type: 'TooEntangled' } };
    throw error;
  }

  const mediaType = /\.txt$/i.test(fileName) ? 'text/plain' : 'text/markdown';
  return { ok: true, outline, source: { fileName, bytes, mediaType, encoding }, figures: [], report, inOrder };
};

type Source = {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly encoding: SourceEncoding;
};

const disclosureOf = ({ outline, source, figures, report, inOrder }: Extract<Sorted, { ok: true }>): ReadDisclosure => {
  const edition = editionOf(outline, report);
  const missing = [...missingFrom(outline), ...(edition === null ? (['edition'] as const) : [])];
  if (edition === null || missing.length > 0) return { ok: false, problem: { type: 'NotADisclosure', missing } };
  checkOutline(outline, 'whole', report);
  const read = partsOf(outline);
  if (!read.ok) return read;
  return {
    ok: true,
    disclosure: {
      ...namesOf(outline, report),
      edition,
      editions: outline.history.map(({ number, issuedOn, historyText }) => ({ number, issuedOn, historyText })),
      parts: read.parts,
      anomalies: inOrder(itemAtOf(outline)),
      figures,
      source: sourceOf(source),
    },
  };
};

const sourceOf = ({ bytes, ...source }: Source): ImportedDisclosure['source'] => ({
  ...source,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  byteSize: bytes.length,
});

type ReadParts =
  | { readonly ok: true; readonly parts: readonly ImportedPart[] }
  | { readonly ok: false; readonly problem: ImportProblem };

const partsOf = (outline: Outline): ReadParts => {
  const keys = keysOf(outline);
  const parts: ImportedPart[] = [];
  for (const { number, title, items } of outline.parts) {
    const imported: ImportedItem[] = [];
    for (const item of items) {
      const body = bodyOf(item);
      const itemKey = keys.get(item)!;
      if (body === null) return { ok: false, problem: { type: 'ItemTooLarge', itemKey } };
      imported.push({ itemKey, number: item.number, title: item.title, body, text: textOf(body) });
    }
    parts.push({ number, title, items: imported });
  }
  return { ok: true, parts };
};

const mayBeginPart = (line: string): boolean =>
  line.length < 1_000 && partTitle(line.replace(/^[\s#>*+-]+/, '')) !== null;

const encodingNames: { readonly [encoding in SourceEncoding]: string } = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  shift_jis: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
  'iso-2022-jp': 'ISO-2022-JP',
};

const reportDecoding = (encoding: SourceEncoding, removedControls: number, report: Report): void => {
  if (encoding !== 'utf-8') {
    report(
      'ENCODING_CONVERTED',
      0,
      `文字コード ${encodingNames[encoding]} のファイルを UTF-8 に変換しました。文字化けがないか確かめてください。`,
    );
  }
  if (removedControls > 0) {
    report('CONTROL_CHARACTERS_REMOVED', 0, `表示されない制御文字を${removedControls}個取り除きました。`);
  }
};

const editionOf = ({ edition, history }: Outline, report: Report): ImportedDisclosure['edition'] | null => {
  if (edition !== null) return { number: edition.number, issuedOn: edition.issuedOn };
  const last = history.at(-1);
  if (last === undefined) return null;
  report(
    'EDITION_FROM_HISTORY',
    last.line,
    `表紙に版と発行日がないため、改訂履歴の最後の行から第${last.number}版（${last.issuedOn}）としました。`,
  );
  return { number: last.number, issuedOn: last.issuedOn };
};

const missingFrom = ({ parts }: Outline): readonly Sought[] => [
  ...(parts.length === 0 ? (['parts'] as const) : []),
  ...(parts.every(({ items }) => items.length === 0) ? (['items'] as const) : []),
];

const namesOf = ({ title, serviceName, issuer }: Outline, report: Report) => {
  if (title === null)
    report('TITLE_MISSING', 0, '表紙に「開示書」を含む表題がありません。「サービス仕様適合開示書」としました。');
  if (serviceName === null)
    report('SERVICE_NAME_MISSING', 0, '表紙にサービスの名称がありません。名称を入れてください。');
  if (issuer === null) report('ISSUER_MISSING', 0, '末尾に発行者の名称と所在地が見つかりません。入れてください。');
  return {
    title: title ?? 'サービス仕様適合開示書',
    serviceName: serviceName ?? 'サービス（名称未設定）',
    issuer: issuer ?? { name: '発行者（名称未設定）' },
  };
};

/** Null when it is too large: that is the one reason why blocks that are bodies one by one are not one together. */
const bodyOf = ({ blocks }: OutlineItem): Body | null => {
  const parsed = parseBody({ type: 'doc', content: blocks.map(({ block }) => block) });
  return parsed.ok ? parsed.body : null;
};

/** Two items with one number (reported as an anomaly) still need two keys. */
const keysOf = ({ parts }: Outline): ReadonlyMap<OutlineItem, string> => {
  const keys = new Map<OutlineItem, string>();
  const taken = new Set<string>();
  for (const { number, items } of parts) {
    for (const item of items) {
      const key = `${number}-${item.number}`;
      let free = key;
      for (let n = 2; taken.has(free); n++) free = `${key}-${n}`;
      taken.add(free);
      keys.set(item, free);
    }
  }
  return keys;
};

const itemAtOf = (outline: Outline): ItemAt => {
  const keys = keysOf(outline);
  const keyAt: (string | undefined)[] = [];
  outline.places.forEach(({ line, item }, i) => {
    const until = outline.places[i + 1]?.line ?? line + 1;
    for (let at = line; at < until; at++) keyAt[at] = item === null ? undefined : keys.get(item);
  });
  return (line) => (line < keyAt.length ? keyAt[line] : keyAt.at(-1));
};
