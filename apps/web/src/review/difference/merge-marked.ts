/**
 * Puts the old and the new HTML of one block together for narrow screens: one text in which removed words stand before
 * what replaced them. Both sides must have the same structure; if they have not, the answer is null and the caller
 * shows the two sides one below the other.
 *
 * @param oldRoot what it was, changed words in `<del>`
 * @param newRoot what it is, changed words in `<ins>`
 */
export const mergeMarked = (oldRoot: Element, newRoot: Element): Element | null => {
  const merged = mergeElements(oldRoot, newRoot);
  // What a signatory reads must be both texts, whole: anything else is not shown.
  return merged !== null &&
    textWithout('ins', merged) === textOf(oldRoot) &&
    textWithout('del', merged) === textOf(newRoot)
    ? merged
    : null;
};

const textOf = (element: Element): string => (element.textContent ?? '').replace(/\s+/g, '');

const textWithout = (mark: 'ins' | 'del', element: Element): string => {
  const rest = element.cloneNode(true) as Element;
  rest.querySelectorAll(mark).forEach((marked) => marked.remove());
  return textOf(rest);
};

const mergeElements = (oldRoot: Element, newRoot: Element): Element | null => {
  const merged = newRoot.cloneNode(false) as Element;
  if (isInline(oldRoot) && isInline(newRoot)) {
    const nodes = interleave([...oldRoot.childNodes], [...newRoot.childNodes]);
    if (nodes === null) return null;
    merged.append(...nodes);
    return merged;
  }
  const oldChildren = meaningful(oldRoot);
  const newChildren = meaningful(newRoot);
  const rows = pair(oldChildren, newChildren);
  if (rows === null) return null;
  for (const [oldChild, newChild] of rows) {
    if (oldChild === null || newChild === null) {
      merged.append((oldChild ?? newChild)!.cloneNode(true));
      continue;
    }
    const child = mergeNodes(oldChild, newChild);
    if (child === null) return null;
    merged.append(child);
  }
  return merged;
};

const mergeNodes = (oldNode: Node, newNode: Node): Node | null => {
  if (oldNode instanceof Element && newNode instanceof Element) {
    return oldNode.tagName === newNode.tagName ? mergeElements(oldNode, newNode) : null;
  }
  return oldNode.textContent === newNode.textContent ? newNode.cloneNode(true) : null;
};

const blocks = new Set('P H3 H4 UL OL LI BLOCKQUOTE ASIDE DIV TABLE THEAD TBODY TR TH TD FIGURE FIGCAPTION'.split(' '));
const isInline = (element: Element): boolean => [...element.children].every((child) => !blocks.has(child.tagName));

const meaningful = (element: Element): Node[] =>
  [...element.childNodes].filter((node) => !(node.nodeType === Node.TEXT_NODE && node.textContent?.trim() === ''));

/** Children side by side; a child that is wholly removed or added stands alone. */
const pair = (oldNodes: readonly Node[], newNodes: readonly Node[]): [Node | null, Node | null][] | null => {
  const rows: [Node | null, Node | null][] = [];
  let o = 0;
  let n = 0;
  while (o < oldNodes.length || n < newNodes.length) {
    const oldNode = oldNodes[o];
    const newNode = newNodes[n];
    if (oldNode !== undefined && isWholly(oldNode, 'DEL')) {
      rows.push([oldNode, null]);
      o++;
    } else if (newNode !== undefined && isWholly(newNode, 'INS')) {
      rows.push([null, newNode]);
      n++;
    } else if (oldNode !== undefined && newNode !== undefined) {
      rows.push([oldNode, newNode]);
      o++;
      n++;
    } else {
      return null;
    }
  }
  return rows;
};

const isWholly = (node: Node, mark: 'DEL' | 'INS'): boolean => {
  if (!(node instanceof Element)) return false;
  if (node.tagName === mark) return true;
  const unmarked = node.cloneNode(true) as Element;
  const marked = unmarked.querySelectorAll(mark);
  marked.forEach((element) => element.remove());
  return marked.length > 0 && unmarked.textContent?.trim() === '';
};

/** Inline content: what is the same on both sides once, what was removed before what was added. */
const interleave = (oldNodes: readonly Node[], newNodes: readonly Node[]): Node[] | null => {
  const out: Node[] = [];
  const olds = [...oldNodes];
  const news = [...newNodes];
  while (olds.length > 0 || news.length > 0) {
    const [oldNode] = olds;
    const [newNode] = news;
    if (oldNode !== undefined && isWholly(oldNode, 'DEL')) {
      out.push(oldNode.cloneNode(true));
      olds.shift();
    } else if (newNode !== undefined && isWholly(newNode, 'INS')) {
      out.push(newNode.cloneNode(true));
      news.shift();
    } else if (oldNode instanceof Text && newNode instanceof Text) {
      // One side may be cut where the other runs on: `東京<ins>都</ins>内` beside `東京内`.
      const same = commonPrefix(oldNode.data, newNode.data);
      if (same === 0) return null;
      out.push(document.createTextNode(oldNode.data.slice(0, same)));
      leave(olds, oldNode.data.slice(same));
      leave(news, newNode.data.slice(same));
    } else if (oldNode instanceof Element && newNode instanceof Element && oldNode.tagName === newNode.tagName) {
      const inner = mergeElements(oldNode, newNode);
      if (inner === null) return null;
      out.push(inner);
      olds.shift();
      news.shift();
    } else {
      return null;
    }
  }
  return out;
};

const commonPrefix = (a: string, b: string): number => {
  const shorter = Math.min(a.length, b.length);
  return a.slice(0, shorter) === b.slice(0, shorter) ? shorter : 0;
};

const leave = (nodes: Node[], text: string): void => {
  nodes.shift();
  if (text !== '') nodes.unshift(document.createTextNode(text));
};
