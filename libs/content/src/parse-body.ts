import { Node } from '@tiptap/pm/model';
import { colspanOf, figureMediaTypes, isSafeHref, listStyles, rowspanOf } from './attributes';
import { emptyBody, type Block, type Body, type Mark } from './body';
import { canonicalHash } from './canonical-hash';
import { bodySchema } from './schema';
import { gridOf } from './table-grid';

export const MAX_BODY_BYTES = 1_048_576;
/** No text of that size has more objects, arrays and values. */
const MAX_VALUES = 200_000;
const MAX_DEPTH = 60;
const MAX_COLUMNS = 50;
const MAX_PROBLEMS = 20;

/** Why some JSON is no body, and what to do about it. `path` is a JSON pointer. */
export type BodyProblem = {
  readonly code: BodyProblemCode;
  readonly path: string;
  readonly ja: string;
  readonly en: string;
};

export type BodyProblemCode =
  | 'NOT_A_BODY'
  | 'TOO_LARGE'
  | 'TOO_DEEP'
  | 'UNKNOWN_NODE'
  | 'UNKNOWN_MARK'
  | 'UNKNOWN_ATTRIBUTE'
  | 'INVALID_ATTRIBUTE'
  | 'UNSAFE_LINK'
  | 'UNSTORABLE_TEXT'
  | 'MISPLACED_NODE'
  | 'IMPOSSIBLE_SPAN'
  | 'FIGURE_WITHOUT_ALT'
  | 'MALFORMED_FIGURE';

export type ParsedBody =
  | { readonly ok: true; readonly body: Body; readonly bodyHash: string }
  | { readonly ok: false; readonly problems: readonly BodyProblem[] };

/** The hash of a body's text, structure and attributes; equal for equal documents that came through `parseBody`. */
export const hashBody = (body: Body): string => canonicalHash(body);

/**
 * From unknown JSON to a body, in its canonical form, or the reasons why not (at most 20). Nothing is mended in silence
 * but what carries no meaning: column widths, absent attributes that have a default, control characters that are blanks.
 */
export const parseBody = (json: unknown): ParsedBody => {
  const tooBig = sizeProblem(json);
  if (tooBig !== null) return { ok: false, problems: [tooBig] };

  const problems: BodyProblem[] = [];
  const cleaned = readNode(json, '', problems);
  if (cleaned !== null && cleaned.type !== 'doc') problems.push(problem('NOT_A_BODY', ''));
  if (cleaned === null || problems.length > 0) return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) };

  const checked = checkStructure(cleaned);
  if ('problems' in checked) return { ok: false, problems: checked.problems.slice(0, MAX_PROBLEMS) };

  const body = canonicalBody(checked.node);
  return { ok: true, body, bodyHash: hashBody(body) };
};

// Size ---------------------------------------------------------------------

const sizeProblem = (json: unknown): BodyProblem | null => {
  // Breadth first, because JSON.stringify recurses and deep nesting would exhaust the stack.
  let level: unknown[] = [json];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    // A node and its `content` array are two levels of JSON.
    if (depth > 2 * MAX_DEPTH + 4) return problem('TOO_DEEP', '');
    if ((values += level.length) > MAX_VALUES) return problem('TOO_LARGE', '');
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  try {
    const text = JSON.stringify(json) as string | undefined;
    if (text === undefined) return problem('NOT_A_BODY', '');
    return new TextEncoder().encode(text).length > MAX_BODY_BYTES ? problem('TOO_LARGE', '') : null;
  } catch {
    return problem('NOT_A_BODY', '');
  }
};

// Nodes, marks, attributes ---------------------------------------------------

type AttributeRule = { readonly initial?: unknown; readonly fault: (value: unknown) => BodyProblemCode | null };
type Attributes = { readonly [name: string]: unknown };
type AttributeRules = { readonly [name: string]: AttributeRule };

const oneOf = (values: readonly unknown[], initial: unknown): AttributeRule => ({
  initial,
  fault: (value) => (values.includes(value) ? null : 'INVALID_ATTRIBUTE'),
});
const wholeNumber = (from: number, to: number, code: BodyProblemCode): AttributeRule => ({
  initial: 1,
  fault: (value) => (Number.isInteger(value) && Number(value) >= from && Number(value) <= to ? null : code),
});
const spans: AttributeRules = {
  colspan: wholeNumber(1, MAX_COLUMNS, 'IMPOSSIBLE_SPAN'),
  rowspan: wholeNumber(1, 1000, 'IMPOSSIBLE_SPAN'),
  // Known to the editor, never stored.
  colwidth: { initial: null, fault: () => null },
};

const nodeAttributes: { readonly [type: string]: AttributeRules } = {
  heading: { level: oneOf([3], 3) },
  orderedList: { start: wholeNumber(0, 9999, 'INVALID_ATTRIBUTE'), style: oneOf(listStyles, 'decimal') },
  tableCell: spans,
  tableHeader: spans,
  figure: {
    sha256: {
      fault: (value) => (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? null : 'MALFORMED_FIGURE'),
    },
    mediaType: oneOf(figureMediaTypes, figureMediaTypes[0]),
    alt: {
      initial: '',
      fault: (value) =>
        typeof value === 'string' && value.trim() !== '' && value.length <= 2000
          ? storable(value)
          : 'FIGURE_WITHOUT_ALT',
    },
    caption: {
      initial: '',
      fault: (value) => (typeof value === 'string' && value.length <= 2000 ? storable(value) : 'INVALID_ATTRIBUTE'),
    },
  },
};
const markAttributes: { readonly [type: string]: AttributeRules } = {
  link: { href: { fault: (value) => (isSafeHref(value) ? null : 'UNSAFE_LINK') } },
};

/** PostgreSQL's jsonb cannot hold U+0000, and half a surrogate pair is no text at all. */
const storable = (text: string): BodyProblemCode | null =>
  /[\u0000-\u0008\u000e-\u001f\u007f]/.test(text) || /\p{Surrogate}/u.test(text) ? 'UNSTORABLE_TEXT' : null;

/** A line break in the text of a body is a node; in its strings control characters are blanks. */
const inOneLine = (text: string): string => text.replace(/[\t\n\v\f\r]+/g, ' ');

const readNode = (json: unknown, path: string, problems: BodyProblem[]): Block | null => {
  if (
    !isRecord(json) ||
    typeof json['type'] !== 'string' ||
    !hasOnly(json, ['type', 'attrs', 'content', 'text', 'marks'])
  ) {
    problems.push(problem('NOT_A_BODY', path));
    return null;
  }
  const { type, attrs, content, text, marks } = json;
  if (!Object.hasOwn(bodySchema().nodes, type)) {
    problems.push(problem('UNKNOWN_NODE', path, type));
    return null;
  }
  const wellFormed =
    (type === 'text' ? typeof text === 'string' && text !== '' && content === undefined : text === undefined) &&
    (content === undefined || Array.isArray(content)) &&
    (marks === undefined || Array.isArray(marks));
  if (!wellFormed) {
    problems.push(problem('NOT_A_BODY', path));
    return null;
  }
  if (typeof text === 'string' && storable(text) !== null) problems.push(problem('UNSTORABLE_TEXT', `${path}/text`));

  const readAttrs = readAttributes(attrs, nodeAttributes[type] ?? {}, `${path}/attrs`, problems);
  const readMarks = (marks as readonly unknown[] | undefined)?.map((mark, i) =>
    readMark(mark, `${path}/marks/${i}`, problems),
  );
  const readContent = (content as readonly unknown[] | undefined)?.map((child, i) =>
    problems.length > MAX_PROBLEMS ? null : readNode(child, `${path}/content/${i}`, problems),
  );
  return {
    type,
    ...(readAttrs === null ? {} : { attrs: readAttrs }),
    ...(readContent === undefined ? {} : { content: readContent.filter((child) => child !== null) }),
    ...(typeof text === 'string' ? { text: inOneLine(text) } : {}),
    ...(readMarks === undefined ? {} : { marks: readMarks.filter((mark) => mark !== null) }),
  };
};

const readMark = (json: unknown, path: string, problems: BodyProblem[]): Mark | null => {
  if (!isRecord(json) || typeof json['type'] !== 'string' || !hasOnly(json, ['type', 'attrs'])) {
    problems.push(problem('NOT_A_BODY', path));
    return null;
  }
  const { type, attrs } = json;
  if (!Object.hasOwn(bodySchema().marks, type)) {
    problems.push(problem('UNKNOWN_MARK', path, type));
    return null;
  }
  const read = readAttributes(attrs, markAttributes[type] ?? {}, `${path}/attrs`, problems);
  return read === null ? { type } : { type, attrs: read };
};

/** Known attributes only, defaults filled in; null for a type that has none. */
const readAttributes = (
  json: unknown,
  rules: AttributeRules,
  path: string,
  problems: BodyProblem[],
): Attributes | null => {
  const given = json ?? {};
  if (!isRecord(given)) {
    problems.push(problem('NOT_A_BODY', path));
    return null;
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(rules, name)) problems.push(problem('UNKNOWN_ATTRIBUTE', `${path}/${pointer(name)}`, name));
  }
  const entries = Object.entries(rules).map(([name, { initial, fault }]) => {
    const value = Object.hasOwn(given, name) && given[name] !== undefined ? given[name] : initial;
    const code = fault(value);
    if (code !== null) problems.push(problem(code, `${path}/${name}`, name));
    return [name, typeof value === 'string' ? inOneLine(value) : value] as const;
  });
  return entries.length === 0 ? null : Object.fromEntries(entries);
};

// Structure ------------------------------------------------------------------

const checkStructure = (cleaned: Block): { readonly node: Node } | { readonly problems: readonly BodyProblem[] } => {
  let node: Node;
  try {
    node = Node.fromJSON(bodySchema(), cleaned);
  } catch {
    return { problems: [problem('NOT_A_BODY', '')] };
  }
  const problems: BodyProblem[] = [];
  const visit = (parent: Node, path: string): void => {
    if (!parent.type.validContent(parent.content)) problems.push(problem('MISPLACED_NODE', path, parent.type.name));
    else if (parent.type.name === 'table') problems.push(...spanProblems(parent.toJSON() as Block, path));
    parent.forEach((child, _offset, index) => visit(child, `${path}/content/${index}`));
  };
  visit(node, '');
  if (problems.length > 0) return { problems };
  try {
    node.check();
  } catch {
    return { problems: [problem('MISPLACED_NODE', '', node.type.name)] };
  }
  return { node };
};

const spanProblems = (table: Block, path: string): readonly BodyProblem[] => {
  const { faults, columns } = gridOf(table);
  if (columns === 0 || columns > MAX_COLUMNS) return [problem('IMPOSSIBLE_SPAN', path)];
  return faults.map(({ row, index }) =>
    problem('IMPOSSIBLE_SPAN', `${path}/content/${row}${index === null ? '' : `/content/${index}`}`),
  );
};

// Canonical form -------------------------------------------------------------

const canonicalBody = (doc: Node): Body => {
  const blocks: Block[] = [];
  doc.forEach((child) => blocks.push(canonicalBlock(child)));
  const [only] = blocks;
  const nothingTyped = blocks.length === 1 && only?.type === 'paragraph' && only.content === undefined;
  return nothingTyped ? emptyBody : { type: 'doc', content: blocks };
};

/** ProseMirror has joined texts and ordered marks by now. */
const canonicalBlock = (node: Node): Block => {
  const type = node.type.name;
  const content: Block[] = [];
  node.forEach((child) => content.push(canonicalBlock(child)));
  const attrs = canonicalAttributes(type, node.attrs);
  const marks = node.marks.map((mark) => {
    const href: unknown = mark.attrs['href'];
    return href === undefined ? { type: mark.type.name } : { type: mark.type.name, attrs: { href } };
  });
  return {
    type,
    ...(attrs === null ? {} : { attrs }),
    ...(content.length === 0 ? {} : { content }),
    ...(node.text === undefined ? {} : { text: node.text }),
    ...(marks.length === 0 ? {} : { marks }),
  };
};

const canonicalAttributes = (type: string, attrs: Attributes): Attributes | null => {
  if (type === 'tableCell' || type === 'tableHeader') {
    const cell = { type, attrs };
    return { colspan: colspanOf(cell), rowspan: rowspanOf(cell) };
  }
  const names = Object.keys(nodeAttributes[type] ?? {});
  return names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, attrs[name]]));
};

// Words ------------------------------------------------------------------------

const texts: { readonly [code in BodyProblemCode]: readonly [ja: string, en: string] } = {
  NOT_A_BODY: [
    '本文の形式が正しくありません。画面を再読み込みして、もう一度保存してください。',
    'This is not the body of an item. Reload the page and save again.',
  ],
  TOO_LARGE: [
    '本文が大きすぎます（上限は1 MB）。項目を分けるか、文章を短くしてください。画像は図として差し込んでください。',
    'The body is too large (limit 1 MB). Shorten it, and insert images as figures.',
  ],
  TOO_DEEP: [
    '入れ子が深すぎます。箇条書きや引用の階層を減らしてください。',
    'The nesting is too deep. Use fewer levels of lists and quotations.',
  ],
  UNKNOWN_NODE: [
    '開示書で使えない種類の要素「%」が含まれています。取り除いてから保存してください。',
    'It has an element of a kind that disclosures do not use, “%”. Remove it and save again.',
  ],
  UNKNOWN_MARK: [
    '開示書で使えない文字飾り「%」が含まれています。取り除いてから保存してください。',
    'It has text formatting that disclosures do not use, “%”. Remove it and save again.',
  ],
  UNKNOWN_ATTRIBUTE: [
    '知らない属性「%」が含まれています。取り除いてください。',
    'It has an unknown attribute, “%”. Remove it.',
  ],
  INVALID_ATTRIBUTE: [
    '属性「%」の値が正しくありません。直してから保存してください。',
    'The attribute “%” has an impossible value. Correct it.',
  ],
  UNSAFE_LINK: [
    'リンク先に使えるのは https、http、mailto、tel で始まるアドレスだけです。リンク先を直すか、リンクを外してください。',
    'A link must begin with https, http, mailto or tel. Correct the address or remove the link.',
  ],
  UNSTORABLE_TEXT: [
    '保存できない制御文字または壊れた文字が含まれています。その箇所を入力し直してください。',
    'The text has a control character or a broken character. Type that place anew.',
  ],
  MISPLACED_NODE: [
    '要素「%」の中に、置けないものがあるか、必要なものが欠けています。その箇所を作り直してください。',
    'The element “%” holds something that cannot stand there, or lacks something it needs. Make that place anew.',
  ],
  IMPOSSIBLE_SPAN: [
    '表のセルの結合に矛盾があります（結合数が1未満、セルの重なり、行ごとの列数の不一致、または50列超）。結合を解除して、結合し直してください。',
    'The merged cells of a table contradict each other (a span below 1, overlapping cells, rows of unequal width, or over 50 columns). Split the cells and merge them again.',
  ],
  FIGURE_WITHOUT_ALT: [
    '図に代替テキストがありません。図を見られない読者に伝わる説明を入力してください。',
    'A figure has no alternative text. Describe it for readers who cannot see it.',
  ],
  MALFORMED_FIGURE: [
    '図の参照が壊れています。図を差し込み直してください。',
    'The reference to a figure is broken. Insert the figure again.',
  ],
};

const problem = (code: BodyProblemCode, path: string, name = ''): BodyProblem => {
  const [ja, en] = texts[code];
  const shown = name.slice(0, 40);
  return { code, path, ja: ja.replace('%', () => shown), en: en.replace('%', () => shown) };
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const hasOnly = (value: object, names: readonly string[]): boolean =>
  Object.keys(value).every((name) => names.includes(name));
const pointer = (name: string): string => name.slice(0, 40).replaceAll('~', '~0').replaceAll('/', '~1');
