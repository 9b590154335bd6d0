import { createElement, Fragment, type ReactNode } from 'react';
import classes from './safe-html.module.css';

/**
 * The elements and attributes that the server writes into a difference. Everything else is left out: an element that is
 * not named here loses its tag but keeps its text, and `script`, `style` and the like lose their text as well.
 */
const allowed: { readonly [tag: string]: readonly string[] } = {
  p: ['class'],
  h3: [],
  ul: ['class'],
  ol: ['class', 'start'],
  li: [],
  blockquote: [],
  span: ['class'],
  table: [],
  tbody: [],
  tr: [],
  th: ['colspan', 'rowspan', 'scope', 'class'],
  td: ['colspan', 'rowspan', 'class'],
  figure: [],
  figcaption: [],
  img: ['src', 'alt'],
  strong: [],
  em: [],
  br: [],
  a: ['href'],
  ins: [],
  del: [],
};
const withoutText = new Set(['script', 'style', 'template', 'iframe', 'object', 'noscript', 'title']);
const reactName: { readonly [attribute: string]: string } = {
  class: 'className',
  colspan: 'colSpan',
  rowspan: 'rowSpan',
};
const numbers = new Set(['colspan', 'rowspan', 'start']);
const harmlessLink = /^(https?:|mailto:|tel:|#|\/(?!\/))/i;
/** Figures come from this server only. */
const ownPicture = /^\/(?!\/)/;

const attributesOf = (element: Element, tag: string): Record<string, unknown> => {
  const kept: Record<string, unknown> = {};
  for (const name of allowed[tag] ?? []) {
    const value = element.getAttribute(name);
    if (value === null) continue;
    if (name === 'href' && !harmlessLink.test(value)) continue;
    if (name === 'src' && !ownPicture.test(value)) continue;
    kept[reactName[name] ?? name] = numbers.has(name) ? Number(value) || 1 : value;
  }
  if (tag === 'a' && kept['href'] !== undefined) Object.assign(kept, { target: '_blank', rel: 'noreferrer' });
  if (tag === 'img') Object.assign(kept, { alt: kept['alt'] ?? '', loading: 'lazy' });
  return kept;
};

const voidElements = new Set(['br', 'img']);
/** React refuses white space between the rows and cells of a table. */
const withoutWhiteSpace = new Set(['table', 'tbody', 'tr', 'ul', 'ol']);

/** A DOM node as React elements, through the list above. */
const nodeToReact = (node: Node, key: number): ReactNode => {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof Element)) return null;
  const tag = node.tagName.toLowerCase();
  if (withoutText.has(tag)) return null;
  const children = voidElements.has(tag) ? undefined : childrenToReact(node, withoutWhiteSpace.has(tag));
  if (!(tag in allowed)) return createElement(Fragment, { key }, children);
  const attributes = attributesOf(node, tag);
  if (tag === 'table') {
    // A wide table scrolls in its own frame; the frame takes the focus, so that the keyboard can scroll it.
    const table = createElement('table', attributes, children);
    return createElement('div', { key, className: 'scrolls', tabIndex: 0, role: 'group' }, table);
  }
  return createElement(tag, { ...attributes, key }, children);
};

const childrenToReact = (node: Node, dropWhiteSpace = false): ReactNode[] =>
  [...node.childNodes]
    .filter((child) => !(dropWhiteSpace && child.nodeType === Node.TEXT_NODE && child.textContent?.trim() === ''))
    .map(nodeToReact);

/** Text that looks like HTML, as inert nodes: nothing in it is loaded or run. */
export const parseHtml = (html: string): HTMLElement => new DOMParser().parseFromString(html, 'text/html').body;

/** What the server wrote, as React elements built through the list of what is allowed; never set as `innerHTML`. */
export const SafeHtml = ({ html }: { readonly html: string }) => <SafeNodes nodes={parseHtml(html).childNodes} />;

export const SafeNodes = ({ nodes }: { readonly nodes: Iterable<Node> }) => (
  <div className={`printed ${classes.served}`} lang="ja">
    {[...nodes].map(nodeToReact)}
  </div>
);
