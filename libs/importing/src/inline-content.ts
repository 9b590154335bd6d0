import { isSafeHref, type Block, type Mark } from '@app/content';
import type { PhrasingContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { excerpt, type Report } from './anomalies';

export type Place = {
  readonly line: number;
  readonly report: Report;
  /** Addresses of reference links by identifier. */
  readonly addresses: ReadonlyMap<string, string>;
};

const HTML_MARKS: { readonly [tag: string]: string } = { b: 'bold', strong: 'bold', i: 'italic', em: 'italic' };

/** The inline content of a paragraph as text nodes and breaks; line ends in the source are kept as breaks. */
export const inlineContent = (nodes: readonly PhrasingContent[], place: Place): readonly Block[] =>
  withoutOuterBreaks(readInline(nodes, [], place));

const readInline = (nodes: readonly PhrasingContent[], outer: readonly Mark[], place: Place): readonly Block[] => {
  const { line, report } = place;
  const result: Block[] = [];
  /** Marks opened by inline HTML and not yet closed. */
  let html: readonly Mark[] = [];
  for (const node of nodes) {
    const marks = [...outer, ...html];
    switch (node.type) {
      case 'text':
        result.push(...textNodes(node.value, marks));
        break;
      case 'strong':
        result.push(...readInline(node.children, withMark(marks, { type: 'bold' }), place));
        break;
      case 'emphasis':
        result.push(...readInline(node.children, withMark(marks, { type: 'italic' }), place));
        break;
      case 'link':
        result.push(...linkNodes(node.url, node.children, marks, place));
        break;
      case 'linkReference':
        result.push(...linkNodes(place.addresses.get(node.identifier) ?? '', node.children, marks, place));
        break;
      case 'break':
        result.push({ type: 'hardBreak' });
        break;
      case 'inlineCode':
        report(
          'FORMATTING_REMOVED',
          line,
          `等幅の書式「${excerpt(node.value)}」は使えないため、普通の文字にしました。`,
        );
        result.push(...textNodes(node.value, marks));
        break;
      case 'delete':
        report(
          'FORMATTING_REMOVED',
          line,
          `取り消し線「${excerpt(toString(node))}」を外しました。文言を残すか確かめてください。`,
        );
        result.push(...readInline(node.children, marks, place));
        break;
      case 'image':
      case 'imageReference': {
        const title = node.type === 'image' ? (node.title ?? '') : '';
        report(
          'FIGURE_MISSING',
          line,
          `図「${excerpt(node.alt ?? '')}」の画像（${node.type === 'image' ? node.url : node.identifier}）はファイルに含まれていません。図を差し込んでください。`,
        );
        result.push(...textNodes(`［図：${node.alt ?? ''}］${title}`, marks));
        break;
      }
      case 'footnoteReference':
        result.push(...textNodes(`［注${node.label ?? node.identifier}］`, marks));
        break;
      case 'html': {
        const [, closing, tag = ''] = /^<(\/?)([a-zA-Z0-9]+)/.exec(node.value) ?? [];
        const mark = HTML_MARKS[tag.toLowerCase()];
        if (tag.toLowerCase() === 'br') result.push({ type: 'hardBreak' });
        else if (mark !== undefined && closing === '') html = withMark(html, { type: mark });
        else if (mark !== undefined) html = html.filter(({ type }) => type !== mark);
        else if (node.value !== '<!-- -->') {
          report(
            'HTML_REMOVED',
            line,
            `HTML の記述「${node.value}」を取り除きました。必要な内容でないか確かめてください。`,
          );
        }
        break;
      }
      default:
        result.push(...textNodes(toString(node), marks));
    }
  }
  return result;
};

const withMark = (marks: readonly Mark[], mark: Mark): readonly Mark[] =>
  marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark];

/** `**…**` between Japanese letters and brackets is no emphasis in CommonMark; the author meant it to be. */
const textNodes = (value: string, marks: readonly Mark[]): readonly Block[] =>
  value.split(/(\*\*[^*\n]+\*\*)/).flatMap((part) => {
    const strong = /^\*\*([^*\n]+)\*\*$/.exec(part)?.[1];
    return strong === undefined ? plainNodes(part, marks) : plainNodes(strong, withMark(marks, { type: 'bold' }));
  });

const plainNodes = (value: string, marks: readonly Mark[]): readonly Block[] =>
  value
    .split(/\n/)
    .flatMap((text, i): readonly Block[] => [
      ...(i === 0 ? [] : [{ type: 'hardBreak' }]),
      ...(text === '' ? [] : [{ type: 'text', text, ...(marks.length === 0 ? {} : { marks }) }]),
    ]);

const linkNodes = (
  url: string,
  children: readonly PhrasingContent[],
  marks: readonly Mark[],
  place: Place,
): readonly Block[] => {
  const text = toString({ type: 'paragraph', children: [...children] });
  const bare = bareAddress(url, text);
  if (bare !== null) {
    const rest = text.slice(bare.length);
    return [{ type: 'text', text: bare, marks: [...marks, link(hrefOf(bare))] }, ...textNodes(rest, marks)];
  }
  if (!isSafeHref(url)) {
    place.report(
      'LINK_REMOVED',
      place.line,
      `「${excerpt(text)}」のリンク先「${url}」は使えないため、リンクを外しました。`,
    );
    return readInline(children, marks, place);
  }
  return readInline(children, withMark(marks, link(url)), place);
};

const link = (href: string): Mark => ({ type: 'link', attrs: { href } });
const hrefOf = (address: string): string =>
  /^www\./i.test(address) ? `http://${address}` : /^[^:/]+@/.test(address) ? `mailto:${address}` : address;

/**
 * The address at the start of a text that became a link only because it looks like one: GFM lets it run on into the
 * Japanese that follows without a blank. Null for a link whose text is not its address.
 */
const bareAddress = (url: string, text: string): string | null => {
  const plain = (address: string) => decodeSafely(address).replace(/^(mailto:|http:\/\/(?=www\.))/i, '');
  if (plain(url) !== plain(text)) return null;
  const ascii = /^[\x21-\x7e]*/.exec(text)?.[0] ?? '';
  const address = ascii === text ? ascii : ascii.replace(/[).,;:]+$/, '');
  return address !== '' && isSafeHref(hrefOf(address)) ? address : null;
};

const decodeSafely = (address: string): string => {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
};

const withoutOuterBreaks = (nodes: readonly Block[]): readonly Block[] => {
  const first = nodes.findIndex(({ type }) => type !== 'hardBreak');
  const last = nodes.findLastIndex(({ type }) => type !== 'hardBreak');
  return first === -1 ? [] : nodes.slice(first, last + 1);
};
