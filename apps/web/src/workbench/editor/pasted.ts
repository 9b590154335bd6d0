/** More than anybody reads in an item, and less than makes the editor wait. */
export const MOST_CELLS = 4_000;
/** What the body of an item may have at most (`parseBody`), counted before anything is built from it. */
const MOST_CHARACTERS = 1_000_000;

/** Why something on the clipboard is not taken into an item; null: it is. */
export const tooMuch = (
  html: string,
  text: string,
): { readonly cells: number } | { readonly characters: number } | null => {
  const cells = html.match(/<t[dh][\s>]/gi)?.length ?? 0;
  if (cells > MOST_CELLS) return { cells };
  return text.length > MOST_CHARACTERS ? { characters: text.length } : null;
};

/**
 * HTML of a word processor or a spreadsheet as an item has it: what only looks like a merged cell, a list or a blank is put right,
 * comments and deleted text stay behind. Colours, fonts and widths need no care here, as the schema knows none.
 */
export const cleanPasted = (html: string): string => {
  // From an editor of ours: it is already what it should be.
  if (html.includes('data-pm-slice')) return html;
  const page = new DOMParser().parseFromString(html, 'text/html');
  const { body } = page;
  const all = (selector: string): HTMLElement[] => [...body.querySelectorAll<HTMLElement>(selector)];
  const styleOf = (element: Element): string => element.getAttribute('style')?.toLowerCase().replace(/\s+/g, '') ?? '';

  // Comments of a reviewer, text that was deleted with tracking on, and what is not shown.
  for (const element of all(
    'style, meta, script, title, del, .MsoCommentReference, .msocomanchor, .msocomoff, a[href*="_msocom_"]',
  ))
    element.remove();
  for (const element of all('[style]')) {
    if (/display:none|mso-element:comment|mso-hide:all/.test(styleOf(element))) element.remove();
  }
  for (const heading of all('h1, h2, h4, h5, h6')) renamed(heading, 'h3');
  for (const table of all('table')) straighten(table as HTMLTableElement, styleOf);
  gatherLists(body, styleOf);
  for (const element of all('p')) {
    // A line that is only there to make room.
    if (!/[^\s\u00a0]/.test(element.textContent ?? '') && !element.closest('td, th, li')) element.remove();
  }
  joinLines(page, body);
  return body.innerHTML;
};

const renamed = (element: Element, name: string): void => {
  const other = element.ownerDocument.createElement(name);
  for (const attribute of ['colspan', 'rowspan']) {
    const value = element.getAttribute(attribute);
    if (value !== null) other.setAttribute(attribute, value);
  }
  other.append(...element.childNodes);
  element.replaceWith(other);
};

const straighten = (table: HTMLTableElement, styleOf: (element: Element) => string): void => {
  for (const cell of table.querySelectorAll('td, th')) {
    // A long text that runs over its empty neighbours is no merged cell.
    if (/mso-ignore:colspan/.test(styleOf(cell))) {
      const over = Number(cell.getAttribute('colspan') ?? 1) - 1;
      cell.removeAttribute('colspan');
      for (let i = 0; i < Math.min(over, 50); i++) cell.after(cell.ownerDocument.createElement('td'));
    }
  }
  // Word repeats the rows of `thead` on every page: they head their columns, whatever the cells are called.
  for (const cell of table.querySelectorAll('thead td')) renamed(cell, 'th');
};

const BULLET = /^[\u00b7\u2022\u25cf\u25cb\u25a0\u25a1\u25c6\u25c7\u30fb\uf0b7\uf0a7\uf0d8\uf06c\uf06e\-–—*o§]$/;
const CIRCLED = /^[①-⑳㉑-㉟㊱-㊿]/;

/** Word writes a list as paragraphs with the mark as text and the level in their style. */
const gatherLists = (body: HTMLElement, styleOf: (element: Element) => string): void => {
  /** From the outermost to the one that goes on. */
  let open: HTMLElement[] = [];
  let last: Element | null = null;
  for (const paragraph of body.querySelectorAll('p, h3')) {
    const level = /mso-list:[^;]*?level(\d)/.exec(styleOf(paragraph))?.[1];
    if (level === undefined) continue;
    const sign = [...paragraph.querySelectorAll('span')].find((span) => /mso-list:ignore/.test(styleOf(span)));
    const mark = (sign?.textContent ?? '').replace(/[\s\u00a0]+/g, '');
    // A letter of a font of symbols, e.g. the l that Wingdings draws as a dot.
    const symbol = sign?.closest('[style*="ingdings"], [style*="ymbol"]') ?? null;
    sign?.remove();
    const goesOn = last !== null && paragraph.previousElementSibling === last;
    if (!goesOn) open = [];
    const depth = Math.min(Number(level), open.length + 1);
    open = open.slice(0, depth);
    const circled = CIRCLED.test(mark);
    const kind = !circled && (symbol !== null || BULLET.test(mark)) ? 'ul' : 'ol';
    if (open.length < depth) {
      const list = body.ownerDocument.createElement(kind);
      if (circled) list.className = 'circled';
      const start = Number(/^\(?(\d+)/.exec(mark.normalize('NFKC'))?.[1] ?? 1);
      if (kind === 'ol' && start > 1) list.setAttribute('start', String(start));
      const within = open.at(-1)?.lastElementChild;
      if (within) within.append(list);
      else {
        paragraph.before(list);
        last = list;
      }
      open.push(list);
    }
    const entry = body.ownerDocument.createElement('li');
    const text = body.ownerDocument.createElement('p');
    text.append(...paragraph.childNodes);
    entry.append(text);
    open.at(-1)?.append(entry);
    paragraph.remove();
  }
};

const WIDE = '[\\u3000-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef]';
const BROKEN_LINE = new RegExp(`(${WIDE})[ \\t]*\\r?\\n\\s*(?=${WIDE})`, 'g');

/** Office breaks the lines of its HTML anywhere; within Japanese a browser would read a blank there. */
const joinLines = (page: Document, body: HTMLElement): void => {
  const texts = page.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    node.nodeValue = (node.nodeValue ?? '').replace(BROKEN_LINE, '$1');
  }
};
