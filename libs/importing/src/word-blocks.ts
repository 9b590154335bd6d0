import { isSafeHref, type Block, type Mark } from '@app/content';
import { excerpt, type Report } from './anomalies';
import { added, elements, MARKS, rowsOf, trimmed, type Element, type HtmlNode } from './html-blocks';
import { paragraphBlocks } from './to-blocks';

/** A figure as the converter left it: `src` is the hash and the media type, or empty when the image cannot be used. */
export type FoundFigure = { readonly sha256: string; readonly mediaType: string };
export type Reading = { readonly report: Report; readonly figures: ReadonlyMap<string, FoundFigure> };

/** For a figure of which nobody has said what it shows. */
export const NO_ALT = '（代替テキスト未記入）';

/** The HTML that a Word file was converted to, as blocks of a body. Paragraphs of our own export are taken to the letter. */
export const blocksOf = (nodes: readonly HtmlNode[], reading: Reading): readonly Block[] => {
  const blocks: Block[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!;
    if (typeof node === 'string') {
      if (node.trim() !== '') blocks.push({ type: 'paragraph', content: [{ type: 'text', text: node }] });
      continue;
    }
    if (hasClass(node, 'caption') && blocks.at(-1)?.type === 'figure') {
      const figure = blocks.pop()!;
      blocks.push({
        ...figure,
        attrs: { ...figure.attrs, caption: textIn(node).replaceAll('\n', ' ').slice(0, 2000) },
      });
      continue;
    }
    // ①, ② and ・ that were typed, each in a paragraph of its own, are one list.
    const typed = [node];
    while (isTyped(node) && isTyped(nodes[i + 1])) typed.push(nodes[++i] as Element);
    if (typed.length > 1) {
      const content = typed.flatMap((one, k): readonly Block[] => [
        ...(k === 0 ? [] : [{ type: 'hardBreak' }]),
        ...trimmed(inlineOf(one.children, [], reading)),
      ]);
      blocks.push(...apart(content, paragraphBlocks));
    } else blocks.push(...blockOf(node, reading));
  }
  return blocks;
};

export const hasClass = ({ attrs }: Element, name: string): boolean => (attrs['class'] ?? '').split(' ').includes(name);

const TYPED_MARK = /^[\s\u3000]*[①-⑳・•●]/;
const isTyped = (node: HtmlNode | undefined): node is Element =>
  node !== undefined &&
  typeof node !== 'string' &&
  node.tag === 'p' &&
  node.attrs['class'] === undefined &&
  TYPED_MARK.test(textIn(node));

export const textIn = (node: HtmlNode): string =>
  typeof node === 'string' ? node : node.tag === 'br' ? '\n' : node.children.map(textIn).join('');

const blockOf = (element: Element, reading: Reading): readonly Block[] => {
  const { tag, children } = element;
  const inline = () => inlineOf(children, [], reading);
  switch (tag) {
    case 'p': {
      if (hasClass(element, 'header-cell') || hasClass(element, 'toc')) return [];
      if (hasClass(element, 'note')) return apart(withoutMark(inline()), (content) => [{ type: 'note', content }]);
      if (hasClass(element, 'own')) return apart(inline(), (content) => [{ type: 'paragraph', content }], true);
      return apart(trimmed(inline()), (content) => (content.length === 0 ? [] : paragraphBlocks(content)));
    }
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return apart(inline(), (content) => [{ type: 'heading', attrs: { level: 3 }, content }], true);
    case 'ul':
    case 'ol': {
      const content = elements(children, 'li').map((item) => ({ type: 'listItem', content: entryOf(item, reading) }));
      if (tag === 'ul') return [{ type: 'bulletList', content }];
      const start = Number(/start-(\d+)/.exec(element.attrs['class'] ?? '')?.[1] ?? 1);
      return [
        { type: 'orderedList', attrs: { start, style: hasClass(element, 'circled') ? 'circled' : 'decimal' }, content },
      ];
    }
    case 'blockquote':
      return [{ type: 'blockquote', content: blocksOf(children, reading) }];
    case 'table':
      return [
        {
          type: 'table',
          content: rowsOf(children).map((row) => ({
            type: 'tableRow',
            content: elements(row.children, 'td', 'th').map((cell) => cellOf(cell, reading)),
          })),
        },
      ];
    default:
      return blocksOf(children, reading);
  }
};

const entryOf = (item: Element, reading: Reading): readonly Block[] => {
  const blocks = blocksOf(item.children, reading);
  const [first] = blocks;
  return first?.type === 'paragraph' || first?.type === 'note' ? blocks : [{ type: 'paragraph' }, ...blocks];
};

const cellOf = (cell: Element, reading: Reading): Block => {
  const isHeader = cell.tag === 'th' || elements(cell.children, 'p').some((one) => hasClass(one, 'header-cell'));
  const content = blocksOf(cell.children, reading);
  const span = (name: string) => Math.max(1, Number.parseInt(cell.attrs[name] ?? '1', 10) || 1);
  return {
    type: isHeader ? 'tableHeader' : 'tableCell',
    attrs: { colspan: span('colspan'), rowspan: span('rowspan') },
    content: content.length === 0 ? [{ type: 'paragraph' }] : content,
  };
};

/** A figure is a block: the text before and after it becomes blocks of its own. `even`: also when there is no text at all. */
const apart = (
  content: readonly Block[],
  toBlocks: (content: readonly Block[]) => readonly Block[],
  even = false,
): readonly Block[] => {
  if (!content.some(({ type }) => type === 'figure'))
    return content.length === 0 && !even ? toBlocks([]) : toBlocks(content);
  const blocks: Block[] = [];
  let text: Block[] = [];
  const close = () => {
    if (text.some((node) => (node.text ?? '').trim() !== '')) blocks.push(...toBlocks(text));
    text = [];
  };
  for (const node of content) {
    if (node.type !== 'figure') text.push(node);
    else {
      close();
      blocks.push(node);
    }
  }
  close();
  return blocks;
};

const withoutMark = (content: readonly Block[]): readonly Block[] => {
  const [first, ...rest] = content;
  const text = (first?.text ?? '').replace(/^※ ?/, '');
  return first === undefined || first.text === undefined ? content : text === '' ? rest : [{ ...first, text }, ...rest];
};

const lostMarks: { readonly [tag: string]: string } = {
  s: '取り消し線',
  del: '取り消し線',
  sup: '上付き文字',
  sub: '下付き文字',
  u: '下線',
};

const inlineOf = (nodes: readonly HtmlNode[], marks: readonly Mark[], reading: Reading): readonly Block[] =>
  nodes.flatMap((node): readonly Block[] => {
    if (typeof node === 'string') return [{ type: 'text', text: node, ...(marks.length === 0 ? {} : { marks }) }];
    const { tag, attrs, children } = node;
    const { report } = reading;
    if (tag === 'br') return [{ type: 'hardBreak' }];
    if (tag === 'img') return figureOf(attrs, reading);
    const type = MARKS[tag];
    const href = attrs['href'];
    if (type !== undefined) return inlineOf(children, added(marks, { type }), reading);
    if (tag === 'a' && isSafeHref(href))
      return inlineOf(children, added(marks, { type: 'link', attrs: { href } }), reading);
    if (tag === 'a' && href !== undefined && !href.startsWith('#'))
      report(
        'LINK_REMOVED',
        0,
        `「${excerpt(textIn(node))}」のリンク先「${href}」は使えないため、リンクを外しました。`,
      );
    if (lostMarks[tag] !== undefined)
      report(
        'FORMATTING_REMOVED',
        0,
        `${lostMarks[tag]}「${excerpt(textIn(node))}」の書式を外しました。文言をこのまま残すか確かめてください。`,
      );
    return inlineOf(children, marks, reading);
  });

const figureOf = (attrs: Element['attrs'], { report, figures }: Reading): readonly Block[] => {
  const alt = attrs['alt'] ?? '';
  const figure = figures.get(attrs['src'] ?? '');
  if (figure === undefined) return [{ type: 'text', text: `［図：${alt}］` }];
  if (alt.trim() === '')
    report(
      'FIGURE_WITHOUT_ALT',
      0,
      `図に代替テキストがありません。「${NO_ALT}」としましたので、図を見られない読者に伝わる説明を入力してください。`,
    );
  return [{ type: 'figure', attrs: { ...figure, alt: alt.trim() === '' ? NO_ALT : alt.slice(0, 2000), caption: '' } }];
};
