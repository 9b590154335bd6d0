import { inJapanese } from '@app/calendar';
import { canonicalJson } from '@app/canonical-json';
import type { Block } from '@app/content';
import { meaningNames } from '@app/disclosures';
import { toString as qr } from 'qrcode';
import { z } from 'zod';
import { ACCENT, colophonLines, plainAppearance, type Appearance } from '../appearance/domain/appearance';
import { bodyOf, citationOf, historyOf, type EditionDocument, type Figure } from '../edition-document';
import { editionJson } from '../edition-json';
import {
  approvalIntroduction,
  editionName,
  historyLines,
  postReviewFacts,
  printedPostReviews,
  signatureFacts,
  signatureHashes,
} from '../wording';
import { MissingFigure, MissingGlyph, type UnprintableCharacters } from './errors';
import { missingGlyphs } from './glyphs';
import { phrasesOf } from './phrases';
import { columnWidths, headRows, placeCells, type PlacedCell } from './table-layout';

/** What the engine gets: files beside the template (the data, the edition's JSON, the figures) and the time for the PDF's metadata. */
export type PrintJob = {
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  /** Seconds since 1970: midnight UTC of the day of issue, so that the same edition gives the same bytes at any time. */
  readonly timestamp: number;
};

type Fact = { readonly label: string; readonly value: string };

/** Pages as they are printed: an A4 document, or 16:9 pages for a screen. */
export const layouts = ['a4', 'wide'] as const;
export type Layout = (typeof layouts)[number];

/** How an edition is printed, besides what stands in it. */
export type Printing = {
  readonly layout: Layout;
  /** Where a reader can have the PDF checked: an address, also printed as QR; null where there is none. */
  readonly verificationPage: string | null;
  /** `kaijisho.proof.v1`, attached as it is; null where the log is not sealed. */
  readonly proof: string | null;
  /** How the company looks; left out: as everybody's does. */
  readonly appearance?: Appearance | undefined;
};
export const plainly: Printing = { layout: 'a4', verificationPage: null, proof: null };

/** What is attached to say how it was printed (`kaijisho.print.v1`): with it, the edition and its figures the PDF can be printed again. */
export const printSchema = z.strictObject({
  format: z.literal('kaijisho.print.v1'),
  layout: z.enum(layouts),
  verificationPage: z.string().max(2_000).nullable(),
  /** Left out where the company has set nothing. */
  appearance: z
    .strictObject({
      logo: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), mediaType: z.string().max(100) }).nullable(),
      accent: z
        .string()
        .regex(/^#[0-9a-f]{6}$/)
        .nullable(),
      colophon: z.string().max(2_000),
    })
    .optional(),
  /** Names the words that stand around an edition's own, and the order in which all of it stands (see printed-text.ts). */
  textOrder: z.number().int(),
  /** `printVersion` of the product that printed it. */
  printed: z.string(),
});

/**
 * Raise it when other words are printed around an edition's own (a label, the name of an office, a sentence of the colophon) or in another
 * order, and keep what was: `printDataOf` and printed-text.ts then go by it, and what was printed before stays verifiable. What each gave
 * lies in test/golden/prints, and a specification holds the code to it.
 */
export const TEXT_ORDER = 1;

/**
 * Lays an edition out as data for the template.
 *
 * @throws MissingGlyph when the text has characters that the fonts lack
 * @throws MissingFigure when a body cites a figure that is not there
 */
export const printJobOf = async (
  edition: EditionDocument,
  version: string,
  printing: Printing = plainly,
): Promise<PrintJob> => {
  const { layout, verificationPage, proof, appearance } = printing;
  const figures = await figuresOf(edition);
  const logo = await logoOf(edition, appearance);
  if (logo !== null) figures.set(logo.sha256, logo);
  const data = printDataOf(edition, printing);
  refuseUnprintable(edition, data);
  const print: z.infer<typeof printSchema> = {
    format: 'kaijisho.print.v1',
    layout,
    verificationPage,
    ...(appearance === undefined ? {} : { appearance }),
    textOrder: TEXT_ORDER,
    printed: version,
  };
  const names = attachmentNames(edition);
  const attachments = [
    { name: names.edition, text: editionJson(edition), of: 'source', says: 'この版の本文データ（JSON）' },
    ...(proof === null
      ? []
      : [{ name: names.proof, text: proof, of: 'supplement', says: 'この版の公開の証明（JSON）' }]),
    { name: names.print, text: canonicalJson(print), of: 'data', says: '印刷の設定（JSON）' },
  ];
  return {
    files: [
      {
        path: 'document.json',
        bytes: utf8(
          JSON.stringify({
            ...data,
            attachments: [
              ...attachments.map(({ name, of, says }) => ({ name, path: name, type: 'application/json', of, says })),
              ...[...figures].map(([sha256, { mediaType }]) => ({
                ...{ name: figureName(sha256, mediaType), path: pathOf(sha256), type: mediaType },
                ...{ of: 'data', says: sha256 === logo?.sha256 ? 'ロゴの画像' : '図の画像' },
              })),
            ],
          }),
        ),
      },
      ...attachments.map(({ name, text }) => ({ path: name, bytes: utf8(text) })),
      ...(verificationPage === null ? [] : [{ path: 'qr.svg', bytes: utf8(await qrCode(verificationPage)) }]),
      ...[...figures].map(([sha256, { bytes }]) => ({ path: pathOf(sha256), bytes })),
    ],
    timestamp: Date.parse(`${edition.issuedOn}T00:00:00Z`) / 1000,
  };
};

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The same address gives the same picture. */
const qrCode = (text: string): Promise<string> => qr(text, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });

/**
 * Nobody sees them, and text that was pasted is full of them: PDF/A forbids U+FEFF; at a soft hyphen (U+00AD) a line would end with a
 * hyphen that is no part of the text, and the engine gives up where a link ends there.
 */
const UNSEEN = /[\u00ad\ufeff]/g;

/** Every text of it as it is printed; addresses stay as they are. */
export const withoutUnseen = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (key, one: unknown) =>
    typeof one === 'string' && key !== 'href' ? one.replace(UNSEEN, '') : one,
  ) as T;

const pathOf = (sha256: string): string => `figures/${sha256}`;

const figuresOf = async (edition: EditionDocument): Promise<Map<string, Figure>> => {
  const figures = new Map<string, Figure>();
  for (const part of edition.parts) {
    for (const item of part.items) {
      for (const sha256 of citedFigures(bodyOf(item).content)) {
        const figure = figures.get(sha256) ?? (await edition.loadFigure(sha256));
        if (figure === null) throw new MissingFigure(citationOf(part, item), sha256);
        figures.set(sha256, figure);
      }
    }
  }
  return figures;
};

const logoOf = async (
  { loadFigure }: EditionDocument,
  appearance: Appearance | undefined,
): Promise<(Figure & { readonly sha256: string }) | null> => {
  const sha256 = appearance?.logo?.sha256;
  if (sha256 === undefined) return null;
  const figure = await loadFigure(sha256);
  if (figure === null) throw new MissingFigure('ロゴ', sha256);
  return { sha256, ...figure };
};

/** SHA-256 of every figure in a body, in reading order. */
export const citedFigures = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) =>
    block.type === 'figure' ? [String(block.attrs?.['sha256'] ?? '')] : citedFigures(block.content ?? []),
  );

/** Everything that is printed, in the order and the shape in which the template walks it. */
export const printDataOf = (edition: Omit<EditionDocument, 'loadFigure'>, printing: Printing) =>
  withoutUnseen(dataOf(edition, printing));

const dataOf = (
  edition: Omit<EditionDocument, 'loadFigure'>,
  { layout, verificationPage, proof, appearance }: Printing,
) => {
  const { issuer, signatures } = edition;
  const name = editionName(edition.number);
  const [year, month, day] = edition.issuedOn.split('-').map(Number);
  const anchors = new Set<string>();
  const figures = { count: 0 };
  const once = (anchor: string): string => (anchors.has(anchor) ? '' : (anchors.add(anchor), anchor));
  return {
    layout,
    accent: appearance?.accent ?? ACCENT,
    logo: appearance?.logo ? { path: pathOf(appearance.logo.sha256), alt: issuer.name } : null,
    metadata: {
      title: `${edition.serviceName} ${edition.title} ${name}`,
      author: issuer.name,
      description: `${edition.serviceName}の${edition.title}`,
      keywords: [edition.title, name],
      year,
      month,
      day,
    },
    running: {
      title: `${edition.serviceName} ${edition.title}`,
      edition: `${name}　${inJapanese(edition.issuedOn)}`,
      issuer: issuer.name,
    },
    cover: {
      service: phrasesOf(edition.serviceName),
      title: phrasesOf(edition.title),
      size: edition.title.length <= 12 ? 30 : edition.title.length <= 24 ? 24 : 19,
      facts: facts([
        ['版数', name],
        ['発行日', inJapanese(edition.issuedOn)],
        ['施行日', inJapanese(edition.effectiveOn)],
      ]),
    },
    parts: edition.parts.map((part) => ({
      number: `${part.number}.`,
      title: phrasesOf(part.title),
      items: part.items.map((item) => ({
        number: `${item.number}.`,
        anchor: once(citationOf(part, item)),
        title: phrasesOf(item.title),
        short: isShort(bodyOf(item).content),
        body: bodyOf(item).content.map((block) => printed(block, figures)),
      })),
    })),
    history: historyOf(edition).map((row) => ({
      edition: editionName(row.number),
      issuedOn: inJapanese(row.issuedOn),
      lines: historyLines(row.historyText),
    })),
    approval: {
      introduction: approvalIntroduction(edition),
      signatures: [
        ...signatures.map((signature) => ({
          heading: meaningNames[signature.meaning].ja + (signature.onBehalfOf === null ? '' : '（代理）'),
          step: `第${signature.step + 1}段階`,
          facts: facts(signatureFacts(signature)),
          hashes: signatureHashes(signature).map(([label, hash]) => ({ label, hash })),
        })),
        ...printedPostReviews(edition).map((postReview) => ({
          heading: meaningNames.postReview.ja,
          step: `第${postReview.step + 1}段階`,
          facts: facts(postReviewFacts(postReview)),
          hashes: [{ label: '内容ハッシュ', hash: postReview.contentHash }],
        })),
      ],
    },
    issuer: {
      name: issuer.name,
      facts: facts([
        ['所在地', [issuer.postalCode && `〒${issuer.postalCode}`, issuer.address].filter(Boolean).join('　')],
        ['電話', issuer.tel],
        ['ファクス', issuer.fax],
      ]),
    },
    colophon: {
      facts: facts([
        ['文書名', `${edition.serviceName} ${edition.title}`],
        ['版数', name],
        ['発行日', inJapanese(edition.issuedOn)],
        ['施行日', inJapanese(edition.effectiveOn)],
      ]),
      lines: colophonLines(appearance ?? plainAppearance),
      note: `この版の本文データを、添付ファイル「${attachmentNames(edition).edition}」としてこのPDFに収めています。${
        proof === null
          ? ''
          : `署名と公開の記録、およびそれらが後から書き換えられていないことの証明を、添付ファイル「${attachmentNames(edition).proof}」として収めています。`
      }内容ハッシュは、本文・見出し・版数・改訂内容を正規化したデータ（RFC 8785）のSHA-256です。`,
      verification:
        verificationPage === null
          ? null
          : {
              heading: 'この文書の検証',
              says: 'このPDFが、署名され公開されたとおりのものかどうかは、次のページで確かめられます。紙に印刷した文書は、内容ハッシュをこのページに示す値と比べてください。',
              page: verificationPage,
            },
    },
    hash: edition.contentHash,
  };
};

export type PrintData = ReturnType<typeof printDataOf>;

/** What the files inside the PDF are called. */
export const attachmentNames = ({ number }: { readonly number: number }) => ({
  edition: `disclosure-edition-${number}.json`,
  proof: `disclosure-edition-${number}-proof.json`,
  print: `disclosure-edition-${number}-print.json`,
});

export const figureName = (sha256: string, mediaType: string): string =>
  `figure-${sha256}.${mediaType === 'image/png' ? 'png' : mediaType === 'image/svg+xml' ? 'svg' : 'jpg'}`;

const facts = (rows: readonly (readonly [string, string | undefined])[]): Fact[] =>
  rows.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]));

const textLength = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + (block.text?.length ?? 0) + textLength(block.content ?? []), 0);

const has = (blocks: readonly Block[], type: string): boolean =>
  blocks.some((block) => block.type === type || has(block.content ?? [], type));

/** About a third of a page at most: worth a gap at the foot of the page before rather than a cut. */
const isShort = (blocks: readonly Block[]): boolean =>
  textLength(blocks) <= 380 && blocks.length <= 8 && !has(blocks, 'table') && !has(blocks, 'figure');

type PrintedCell = Omit<PlacedCell, 'content'> & { readonly content: readonly PrintedNode[] };

/** A node of a body as the template gets it; which fields it has goes by its type. */
export type PrintedNode = {
  readonly type: string;
  readonly text?: string;
  readonly marks?: readonly { readonly type: string; readonly attrs?: { readonly href?: string } }[];
  readonly content?: readonly PrintedNode[];
  readonly style?: string;
  readonly start?: number;
  readonly caption?: string;
  /** Of a figure, in the order of the text: a page that cuts a row of a table shows them in another. */
  readonly number?: number;
  readonly alt?: string;
  readonly path?: string;
  readonly columns?: readonly number[];
  readonly wide?: boolean;
  readonly head?: readonly PrintedCell[];
  readonly rows?: readonly PrintedCell[];
};

/** A body's node as the template walks it: spans resolved to places, defaults filled in, over-long words given places to break. */
const printed = (block: Block, figures: { count: number }): PrintedNode => {
  const children = () =>
    (block.content ?? []).flatMap((child) => (child.type === 'text' ? printedText(child) : [printed(child, figures)]));
  switch (block.type) {
    case 'table': {
      const cells = placeCells(block);
      const head = headRows(cells);
      const columns = columnWidths(cells);
      const laid = cells.map((cell) => ({ ...cell, content: cell.content.map((one) => printed(one, figures)) }));
      return {
        type: 'table',
        columns,
        wide: columns.length >= 5,
        head: laid.filter((cell) => cell.y < head),
        rows: laid.filter((cell) => cell.y >= head),
      };
    }
    case 'figure': {
      const { sha256, alt, caption } = block.attrs ?? {};
      return {
        type: 'figure',
        number: ++figures.count,
        path: pathOf(String(sha256)),
        alt: String(alt ?? ''),
        caption: readable(String(caption ?? '')),
      };
    }
    case 'orderedList':
      return {
        type: block.type,
        style: String(block.attrs?.['style'] ?? 'decimal'),
        start: Number(block.attrs?.['start'] ?? 1),
        content: children(),
      };
    default:
      return { type: block.type, content: children() };
  }
};

/** Runs without a place to break that would run out of a column when longer than this; shorter for signs before which no line may break. */
const OVERLONG =
  /[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー、。・「」（）【】]{25,}|[\p{P}\p{S}ー々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ]{8,}/gu;

const printedText = (node: Block): PrintedNode[] => {
  const lines = readable(node.text ?? '').split(/\r?\n|[\u0085\u2028\u2029]/);
  return lines.flatMap((line, i) => [
    ...(i > 0 ? [{ type: 'hardBreak' }] : []),
    ...breakable(line).flatMap((text, k) => [...(k > 0 ? [{ type: 'mayBreak' }] : []), { ...node, text }]),
  ]);
};

/**
 * A sonant mark of its own is one glyph under many kana: apart from the kana (by a word joiner) it is read back as itself, by a screen
 * reader as well. A mark that goes over its letter is composed with it.
 */
const readable = (text: string): string =>
  text
    .replace(/(?=[\uff9e\uff9f])/g, '\u2060')
    .replace(/\P{M}[\u0300-\u036f\u3099\u309a]+/gu, (composed) => composed.normalize('NFC'));

/** The text in pieces between which a line may break, besides where it may anyway. */
const breakable = (text: string): string[] =>
  text.replace(OVERLONG, (run) => run.replace(/.{6}(?=.)/gu, '$&\n')).split('\n');

const refuseUnprintable = (edition: EditionDocument, data: unknown): void => {
  const found: UnprintableCharacters[] = edition.parts.flatMap((part) =>
    part.items.flatMap((item) => {
      const characters = missingGlyphs(item.title + bodyOf(item).content.map(textOf).join(''));
      return characters.length > 0 ? [{ characters, item: citationOf(part, item) }] : [];
    }),
  );
  const seen = new Set(found.flatMap(({ characters }) => characters));
  const elsewhere = missingGlyphs(stringsOf(data).join('')).filter((character) => !seen.has(character));
  if (elsewhere.length > 0) found.push({ characters: elsewhere, item: null });
  if (found.length > 0) throw new MissingGlyph(found);
};

/** Everything of a body that is printed: its text and the captions of its figures. */
const textOf = (block: Block): string =>
  (block.text ?? '') + String(block.attrs?.['caption'] ?? '') + (block.content ?? []).map(textOf).join('');

const stringsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsOf)
      : [];
