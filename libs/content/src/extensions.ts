import { Mark, mergeAttributes, Node, textblockTypeInputRule, wrappingInputRule, type Extensions } from '@tiptap/core';
import { ListItem, OrderedList } from '@tiptap/extension-list';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import { StarterKit } from '@tiptap/starter-kit';
import { figureMediaTypes, isSafeHref } from './attributes';
import { defaultFigureUrl } from './figure-url';

/** The one schema of item bodies, for the editor and for the server. Node views are the editor's own business. */

const Doc = Node.create({ name: 'doc', topNode: true, content: 'block*' });

/** ※ A remark. The mark is drawn, not stored. */
const Note = Node.create({
  name: 'note',
  group: 'block',
  content: 'inline*',
  defining: true,
  parseHTML: () => [{ tag: 'p.note', priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ['p', mergeAttributes(HTMLAttributes, { class: 'note' }), 0],
  addInputRules() {
    return [textblockTypeInputRule({ find: /^※\s?$/, type: this.type })];
  },
});

const Item = ListItem.extend({ content: '(paragraph|note) block*' });

const NumberedList = OrderedList.extend({
  addAttributes: () => ({
    start: {
      default: 1,
      parseHTML: (element) => Math.max(0, Number.parseInt(element.getAttribute('start') ?? '1', 10) || 1),
      renderHTML: ({ start }) => (start === 1 ? {} : { start }),
    },
    style: {
      default: 'decimal',
      parseHTML: (element) => (element.classList.contains('circled') ? 'circled' : 'decimal'),
      renderHTML: ({ style }) => (style === 'circled' ? { class: 'circled' } : {}),
    },
  }),
  addInputRules() {
    return [
      ...(this.parent?.() ?? []),
      wrappingInputRule({ find: /^①\s?$/, type: this.type, getAttributes: { style: 'circled' } }),
    ];
  },
});

/** Column widths belong to the page, not to the text: they are known to the editor and never stored. */
const cellAttributes = () => ({
  colspan: { default: 1 },
  rowspan: { default: 1 },
  colwidth: { default: null, rendered: false, parseHTML: () => null },
});
const Cell = TableCell.extend({ addAttributes: cellAttributes });
const HeaderCell = TableHeader.extend({ addAttributes: cellAttributes });

const Link = Mark.create({
  name: 'link',
  priority: 1000,
  inclusive: false,
  addAttributes: () => ({ href: { isRequired: true } }),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: (element) => {
        const href = element.getAttribute('href');
        return isSafeHref(href) ? { href } : false;
      },
    },
  ],
  renderHTML: ({ HTMLAttributes }) => {
    const href: unknown = HTMLAttributes['href'];
    return ['a', { href: isSafeHref(href) ? href : '', rel: 'noopener noreferrer' }, 0];
  },
});

type FigureOptions = { readonly figureUrl: (sha256: string) => string };

const FigureBlock = Node.create<FigureOptions>({
  name: 'figure',
  group: 'block',
  atom: true,
  draggable: true,
  addOptions: () => ({ figureUrl: defaultFigureUrl }),
  addAttributes: () => ({
    sha256: { isRequired: true, parseHTML: (element) => element.getAttribute('data-sha256') },
    mediaType: {
      default: figureMediaTypes[0],
      parseHTML: (element) => element.getAttribute('data-media-type') ?? figureMediaTypes[0],
    },
    alt: { default: '', parseHTML: (element) => element.querySelector('img')?.getAttribute('alt') ?? '' },
    caption: { default: '', parseHTML: (element) => element.querySelector('figcaption')?.textContent ?? '' },
  }),
  parseHTML: () => [{ tag: 'figure[data-sha256]' }],
  renderHTML({ node }) {
    const { sha256, mediaType, alt, caption } = node.attrs;
    return [
      'figure',
      { 'data-sha256': sha256, 'data-media-type': mediaType },
      ['img', { src: this.options.figureUrl(String(sha256)), alt }],
      ...(caption === '' ? [] : [['figcaption', caption] as const]),
    ];
  },
});

/**
 * What TipTap needs for an item's body. An empty doc is valid; an editor gives its user a paragraph to type in, which
 * `parseBody` takes away again when nothing was typed.
 */
export const bodyExtensions = (options: Partial<FigureOptions> = {}): Extensions => [
  Doc,
  StarterKit.configure({
    document: false,
    code: false,
    codeBlock: false,
    horizontalRule: false,
    strike: false,
    underline: false,
    link: false,
    listItem: false,
    orderedList: false,
    trailingNode: false,
    heading: { levels: [3] },
  }),
  Item,
  NumberedList,
  Note,
  Table.configure({ resizable: false }),
  TableRow,
  HeaderCell,
  Cell,
  FigureBlock.configure({ figureUrl: options.figureUrl ?? defaultFigureUrl }),
  Link,
];
