import { takePicture, type NotAPicture } from '@app/blob-store/picture';
import type { NotAnSvg } from '@app/blob-store/svg';
import { createHash } from 'node:crypto';
import { parseBody, type Block } from '@app/content';
import mammoth from 'mammoth';
import type { ListItem, PhrasingContent, Root, RootContent } from 'mdast';
import { excerpt, type Report } from './anomalies';
import { MAX_CHARACTERS } from './decode';
import { elements, rowsOf, treeOf, type Element, type HtmlNode } from './html-blocks';
import type { ImportProblem } from './import-problem';
import type { ImportedFigure } from './imported-disclosure';
import { itemTitle, partTitle } from './japanese-text';
import type { MarkdownSource } from './read-markdown';
import { asParagraphs, plainText, type ToBlocks } from './to-blocks';
import { blocksOf, hasClass, textIn, type FoundFigure, type Reading } from './word-blocks';
import { openWord, textOfPart, type WordFile } from './word-file';
import { withoutUnreadable } from './word-losses';
import { structured } from './word-structure';
import { stylesOf } from './word-styles';
import { elementsIn, escaped, replaceElements, valueOf } from './word-xml';
import { packZip } from './zip';

export type ReadWord =
  | {
      readonly ok: true;
      /** Headings, paragraphs and lists as the outline reads them; what it takes for lines are places in their order. */
      readonly source: MarkdownSource;
      readonly toBlocks: ToBlocks;
      readonly figures: readonly ImportedFigure[];
    }
  | { readonly ok: false; readonly problem: ImportProblem };

/** A Word file as a tree for `readOutline`. What it holds and a body cannot is reported. */
export const readWord = async (bytes: Uint8Array, report: Report): Promise<ReadWord> => {
  const opened = openWord(bytes);
  if (!opened.ok) return opened;
  const figures = new Map<string, ImportedFigure>();
  let nodes: readonly HtmlNode[];
  try {
    nodes = treeOf(await toHtml(opened.file, figures, report), 'text');
  } catch (error) {
    // The converter recurses, and what it cannot parse it throws at.
    return { ok: false, problem: { type: error instanceof RangeError ? 'TooEntangled' : 'DamagedWordFile' } };
  }
  const characters = nodes.reduce((sum, node) => sum + textIn(node).length, 0);
  if (characters === 0 && figures.size === 0) return { ok: false, problem: { type: 'EmptyFile' } };
  if (characters > MAX_CHARACTERS)
    return { ok: false, problem: { type: 'TooLong', characters, limit: MAX_CHARACTERS } };

  const found = new Map(
    [...figures].map(([sha256, { mediaType }]): [string, FoundFigure] => [sha256, { sha256, mediaType }]),
  );
  const { tree, blocks, places } = treeFrom(nodes, { report, figures: found });
  return {
    ok: true,
    source: { tree, lineOf: (node) => places.get(node) ?? 0 },
    toBlocks: (node) => blocks.get(node) ?? [],
    figures: [...figures.values()],
  };
};

/** The converter sees only an archive that we packed: the parts it needs, their structure already settled. */
const toHtml = async (file: WordFile, figures: Map<string, ImportedFigure>, report: Report): Promise<string> => {
  const { xml, styleMap } = structured(withoutUnreadable(file, report), stylesOf(file), report);
  const left = /^word\/(comments|footnotes|endnotes|styles|numbering)[^/]*\.xml$/;
  const parts = [...file.parts].filter(([name]) => !left.test(name) && name !== 'word/document.xml');
  const buffer = packZip([
    ...parts,
    ['word/document.xml', Buffer.from(withSvgItself(xml, file), 'utf8')],
    // Without any, the converter stumbles over the style of a table.
    ['word/styles.xml', Buffer.from(NO_STYLES, 'utf8')],
  ]);
  const image = mammoth.images.imgElement(async (one) => {
    const picture = takePicture(await one.readAsBuffer());
    if ('type' in picture) {
      report('FIGURE_UNREADABLE', 0, whyLeftOut(picture, one.contentType));
      return { src: '' };
    }
    const { bytes, mediaType } = picture;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    figures.set(sha256, { sha256, mediaType, bytes });
    return { src: sha256 };
  });
  const { value, messages } = await mammoth.convertToHtml(
    { buffer },
    {
      styleMap: [...styleMap],
      includeDefaultStyleMap: false,
      includeEmbeddedStyleMap: false,
      ignoreEmptyParagraphs: false,
      convertImage: image,
    },
  );
  for (const { message } of messages) {
    if (/style|Image of type/.test(message)) continue;
    report('STRUCTURE_SIMPLIFIED', 0, `Word の要素を読み飛ばしました（${message}）。抜けがないか確かめてください。`);
  }
  return value;
};

/** Word keeps an SVG beside a drawing of it for older programs. The SVG is the picture, unless it is one that is not taken. */
const withSvgItself = (xml: string, { parts }: WordFile): string => {
  const relations = elementsIn(textOfPart(parts.get('word/_rels/document.xml.rels')), 'Relationship');
  const targets = new Map(
    relations.map((one) => [valueOf(one, 'Relationship', 'Id'), valueOf(one, 'Relationship', 'Target')]),
  );
  return replaceElements(xml, 'a:blip', (blip) => {
    const svg = valueOf(blip, 'asvg:svgBlip', 'r:embed');
    const bytes = svg === null ? undefined : parts.get(`word/${targets.get(svg)}`);
    if (svg === null || bytes === undefined || 'type' in takePicture(bytes)) return blip;
    return blip.replace(/\br:embed="[^"]*"/, `r:embed="${escaped(svg).replaceAll('"', '&quot;')}"`);
  });
};

const NO_STYLES = '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>';

/** A picture of a file is held to what a picture is that somebody places by hand. */
const whyLeftOut = (why: NotAPicture | NotAnSvg, contentType: string): string => {
  const place = '「［図：…］」の場所に差し込んでください。';
  switch (why.type) {
    case 'NotAPicture':
      return `形式「${contentType}」の図は取り込めません。PNG または JPEG に変換して、${place}`;
    case 'BrokenPicture':
      return `壊れているか途中までしかない図は取り込めません。元の画像を保存し直して、${place}`;
    case 'PictureTooLarge':
      return `図が大きすぎるため取り込めません（${why.width} × ${why.height} ピクセル）。縮小して、${place}`;
    case 'UnsafeSvg':
      return `SVG の図に、外部の参照やスクリプトなど取り込めない部分（${why.found}）があります。PNG に変換して、${place}`;
    case 'SvgTooComplex':
      return `SVG の図が複雑すぎるため取り込めません。PNG に変換して、${place}`;
  }
};

// Tree ---------------------------------------------------------------------------

/** What becomes of each node: its blocks, and its place in the order of the file; `last`: the last place that is taken. */
type Grown = {
  readonly blocks: Map<RootContent, readonly Block[]>;
  readonly places: Map<object, number>;
  last: number;
};

const treeFrom = (nodes: readonly HtmlNode[], reading: Reading): Grown & { readonly tree: Root } => {
  const grown: Grown = { blocks: new Map(), places: new Map(), last: 0 };
  const headings = withGuessedHeadings(nodes, reading.report);
  const itemDepth = depthOfItems(headings);
  const children = grouped(headings).map((group) => nodeOf(group, itemDepth, reading, grown));
  return { ...grown, tree: { type: 'root', children } };
};

const headingDepth = (node: HtmlNode): number | null =>
  typeof node === 'string' ? null : Number(/^h([1-6])$/.exec(node.tag)?.[1] ?? 0) || null;

/** Headings below the items belong to their bodies. */
const depthOfItems = (nodes: readonly HtmlNode[]): number => {
  const from = nodes.findIndex((node) => headingDepth(node) !== null && partTitle(textIn(node)) !== null);
  const first = nodes.slice(from + 1).find((node) => headingDepth(node) !== null && itemTitle(textIn(node)) !== null);
  return (first === undefined ? null : headingDepth(first)) ?? 6;
};

/** A document without styles: what is numbered like a part is one, what is numbered like an item and bold is one. */
const withGuessedHeadings = (nodes: readonly HtmlNode[], report: Report): readonly HtmlNode[] => {
  const isPart = (node: HtmlNode): boolean => partTitle(textIn(node)) !== null;
  const styled = nodes.some((node) => headingDepth(node) !== null && isPart(node));
  const firstPart = nodes.findIndex(isPart);
  let guessed = 0;
  const result = nodes.map((node, i): HtmlNode => {
    if (typeof node === 'string' || node.tag !== 'p' || node.attrs['class'] !== undefined) return node;
    const text = textIn(node).trim();
    if ((firstPart < 0 || i < firstPart) && text.includes('開示書') && text.length < 60) return { ...node, tag: 'h1' };
    if (/^(改訂|変更)履歴$/.test(text)) return { ...node, tag: 'h1' };
    if (styled || text.length > 80) return node;
    const isBold =
      node.children.length > 0 && node.children.every((one) => typeof one !== 'string' && one.tag === 'strong');
    const tag = isPart(node) ? 'h1' : isBold && itemTitle(text) !== null ? 'h2' : null;
    if (tag === null) return node;
    guessed++;
    return { ...node, tag };
  });
  if (guessed > 0)
    report(
      'HEADING_GUESSED',
      0,
      `見出しのスタイルがないため、番号と太字から部と項目の見出しを${guessed}か所読み取りました。区切りを確かめてください。`,
    );
  return result;
};

/** What becomes one block together: a figure and its caption, ①② typed in paragraphs of their own. */
const grouped = (nodes: readonly HtmlNode[]): readonly (readonly HtmlNode[])[] => {
  const groups: HtmlNode[][] = [];
  for (const node of nodes) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    const joins =
      typeof node !== 'string' &&
      before !== undefined &&
      typeof before !== 'string' &&
      node.tag === 'p' &&
      before.tag === 'p' &&
      ((hasClass(node, 'caption') && hasImage(before)) ||
        (node.attrs['class'] === undefined &&
          before.attrs['class'] === undefined &&
          isMarked(node) &&
          isMarked(before)));
    if (joins) last?.push(node);
    else groups.push([node]);
  }
  return groups;
};

const isMarked = (node: Element): boolean => /^[\s\u3000]*[①-⑳・•●]/.test(textIn(node));
const hasImage = (node: HtmlNode): boolean =>
  typeof node !== 'string' && (node.tag === 'img' || node.children.some(hasImage));

const nodeOf = (group: readonly HtmlNode[], itemDepth: number, reading: Reading, grown: Grown): RootContent => {
  const place = ++grown.last;
  const said = new Set<string>();
  const fromEntries: Report = (code, line, message) => {
    said.add(`${code} ${message}`);
    reading.report(code, line, message);
  };
  const node = stubOf(group, itemDepth, { ...reading, report: fromEntries }, grown);
  grown.places.set(node, place);
  // The rows of 改訂履歴 are counted on from their table.
  for (const one of group)
    if (typeof one !== 'string' && one.tag === 'table') grown.last += rowsOf(one.children).length;
  const report: Report = (code, _, message) => {
    // An entry may be of another item than the list it stands in; what it said is not said again.
    if (!said.has(`${code} ${message}`)) reading.report(code, place, message);
  };
  grown.blocks.set(node, checked(blocksOf(group, { ...reading, report }), report));
  return node;
};

const stubOf = (group: readonly HtmlNode[], itemDepth: number, reading: Reading, grown: Grown): RootContent => {
  const [first, ...more] = group;
  const other: RootContent = { type: 'html', value: '' };
  if (first === undefined || typeof first === 'string' || more.length > 0) return other;
  const depth = headingDepth(first);
  if (depth !== null)
    return depth > itemDepth ? other : { type: 'heading', depth: depth as 1, children: phrasing(first) };
  if (first.tag === 'p' && hasClass(first, 'toc')) {
    reading.report('TOC_LEFT_OUT', 0, '目次は取り込まず、項目から作り直します。');
    return other;
  }
  // Of our own export we know that it belongs to an item, whatever it says: 「以上」 too.
  if (first.tag === 'p' && !hasImage(first) && !hasClass(first, 'own'))
    return { type: 'paragraph', children: phrasing(first) };
  if (first.tag !== 'ol' || hasClass(first, 'circled')) return other;
  // It may be the items of a part, numbered but not headings.
  return {
    type: 'list',
    ordered: true,
    start: Number(/start-(\d+)/.exec(first.attrs['class'] ?? '')?.[1] ?? 1),
    children: elements(first.children, 'li').map((item): ListItem => {
      const place = ++grown.last;
      const children = item.children.map(
        (child) => nodeOf([child], itemDepth, reading, grown) as ListItem['children'][number],
      );
      const entry: ListItem = { type: 'listItem', children };
      grown.places.set(entry, place);
      return entry;
    }),
  };
};

const phrasing = (element: Element): PhrasingContent[] =>
  textIn(element)
    .split('\n')
    .flatMap((value, i): PhrasingContent[] => [
      ...(i === 0 ? [] : [{ type: 'break' } as const]),
      { type: 'text', value },
    ]);

/** Every block is one that a body may hold; of others the text is kept. */
const checked = (found: readonly Block[], report: Report): readonly Block[] =>
  found.flatMap((block) => {
    if (parseBody({ type: 'doc', content: [block] }).ok) return [block];
    report(
      'STRUCTURE_SIMPLIFIED',
      0,
      `「${excerpt(plainText(block))}」の構造を読み取れないため、文章だけを取り込みました。`,
    );
    return asParagraphs(plainText(block));
  });
