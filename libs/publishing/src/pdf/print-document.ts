import { inJapanese } from '@app/calendar';
import type { Block } from '@app/content';
import { meaningNames } from '@app/disclosures';
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
import { columnWidths, headRows, placeCells } from './table-layout';

/** What the engine gets: files beside the template (the data, the edition's JSON, the figures) and the time for the PDF's metadata. */
export type PrintJob = {
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  /** Seconds since 1970: midnight UTC of the day of issue, so that the same edition gives the same bytes at any time. */
  readonly timestamp: number;
};

type Fact = { readonly label: string; readonly value: string };

/**
 * Lays an edition out as data for the template.
 *
 * @throws MissingGlyph when the text has characters that the fonts lack
 * @throws MissingFigure when a body cites a figure that is not there
 */
export const printJobOf = async (edition: EditionDocument): Promise<PrintJob> => {
  const json = new TextEncoder().encode(editionJson(edition));
  const figures = await figuresOf(edition);
  const data = printDataOf(edition, new Set(figures.keys()));
  refuseUnprintable(edition, data);
  return {
    files: [
      { path: 'document.json', bytes: new TextEncoder().encode(withoutByteOrderMarks(JSON.stringify(data))) },
      { path: 'edition.json', bytes: json },
      ...[...figures].map(([sha256, { bytes }]) => ({ path: pathOf(sha256), bytes })),
    ],
    timestamp: Date.parse(`${edition.issuedOn}T00:00:00Z`) / 1000,
  };
};

/** PDF/A forbids U+FEFF; nobody sees it, and text that was pasted is full of it. */
const withoutByteOrderMarks = (json: string): string => json.replaceAll('\uFEFF', '');

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

/** SHA-256 of every figure in a body, in reading order. */
export const citedFigures = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) =>
    block.type === 'figure' ? [String(block.attrs?.['sha256'] ?? '')] : citedFigures(block.content ?? []),
  );

const printDataOf = (edition: EditionDocument, figures: ReadonlySet<string>) => {
  const { issuer, signatures } = edition;
  const name = editionName(edition.number);
  const [year, month, day] = edition.issuedOn.split('-').map(Number);
  const anchors = new Set<string>();
  const once = (anchor: string): string => (anchors.has(anchor) ? '' : (anchors.add(anchor), anchor));
  return {
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
      note: `この版の本文データを、添付ファイル「${attachmentName(edition)}」としてこのPDFに収めています。内容ハッシュは、本文・見出し・版数・改訂内容を正規化したデータ（RFC 8785）のSHA-256です。`,
    },
    hash: edition.contentHash,
    attachment: attachmentName(edition),
  };
};

/** The name of the edition's JSON inside the PDF. */
const attachmentName = (edition: EditionDocument): string => `disclosure-edition-${edition.number}.json`;

const facts = (rows: readonly (readonly [string, string | undefined])[]): Fact[] =>
  rows.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]));

const textLength = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + (block.text?.length ?? 0) + textLength(block.content ?? []), 0);

const has = (blocks: readonly Block[], type: string): boolean =>
  blocks.some((block) => block.type === type || has(block.content ?? [], type));

/** About a third of a page at most: worth a gap at the foot of the page before rather than a cut. */
const isShort = (blocks: readonly Block[]): boolean =>
  textLength(blocks) <= 380 && blocks.length <= 8 && !has(blocks, 'table') && !has(blocks, 'figure');

/** A body's node as the template walks it: spans resolved to places, defaults filled in, over-long words given places to break. */
const printed = (block: Block, figures: ReadonlySet<string>): unknown => {
  const children = () =>
    (block.content ?? []).flatMap((child) => (child.type === 'text' ? printedText(child) : [printed(child, figures)]));
  switch (block.type) {
    case 'table': {
      const cells = placeCells(block);
      const head = headRows(cells);
      const columns = columnWidths(cells);
      const laid = cells.map((cell) => ({ ...cell, content: cell.content.map((child) => printed(child, figures)) }));
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
      return { type: 'figure', path: pathOf(String(sha256)), alt: String(alt ?? ''), caption: String(caption ?? '') };
    }
    case 'orderedList':
      return {
        type: block.type,
        style: block.attrs?.['style'] ?? 'decimal',
        start: block.attrs?.['start'] ?? 1,
        content: children(),
      };
    default:
      return { type: block.type, content: children() };
  }
};

/** Runs without a place to break that would run out of a column when longer than this. */
const OVERLONG = /[\w.,~%+@:#$*]{25,}/g;

const printedText = (node: Block): unknown[] => {
  const lines = (node.text ?? '').split(/\r?\n|[\u0085\u2028\u2029]/);
  return lines.flatMap((line, i) => [
    ...(i > 0 ? [{ type: 'hardBreak' }] : []),
    ...breakable(line).flatMap((text, k) => [...(k > 0 ? [{ type: 'mayBreak' }] : []), { ...node, text }]),
  ]);
};

/** The text in pieces between which a line may break, besides where it may anyway. */
const breakable = (text: string): string[] =>
  text.replace(OVERLONG, (run) => run.replace(/.{6}(?=.)/g, '$&\n')).split('\n');

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
