import sanitizeHtml from 'sanitize-html';

/** An SVG with only what draws, written anew. */
export type CleanSvg = {
  readonly bytes: Buffer;
  /** Pixels of CSS, as its own size or its viewBox says. */
  readonly width: number;
  readonly height: number;
  /** What was left out because it draws nothing: names of elements and attributes, each once. */
  readonly removed: readonly string[];
};

export type NotAnSvg =
  | { readonly type: 'BrokenPicture' }
  /** Without it the picture would look different, and with it a reader's browser would fetch or run something. */
  | { readonly type: 'UnsafeSvg'; readonly found: string }
  | { readonly type: 'SvgTooComplex' };

const MOST_ELEMENTS = 50_000;
/** Elements that are drawn when every reference is followed: ten groups that use each other ten times are ten thousand million. */
const MOST_DRAWN = 200_000;
const MOST_DEPTH = 100;
/** A name of an element within a `url(…)` or `href`, as drawing programs write them. */
const LOCAL = /^#[^\s"'()<>\\]+$/;

const shapes = [
  'svg',
  'g',
  'defs',
  'symbol',
  'use',
  'switch',
  'path',
  'rect',
  'circle',
  'ellipse',
  'line',
  'polyline',
  'polygon',
];
const words = ['text', 'tspan', 'textPath', 'title', 'desc'];
const paints = ['linearGradient', 'radialGradient', 'stop', 'pattern', 'clipPath', 'mask', 'marker', 'style'];
const effects = [
  'Blend',
  'ColorMatrix',
  'ComponentTransfer',
  'Composite',
  'DropShadow',
  'Flood',
  'FuncA',
  'FuncB',
  'FuncG',
  'FuncR',
];
const moreEffects = ['GaussianBlur', 'Merge', 'MergeNode', 'Morphology', 'Offset'];
const elements = [...shapes, ...words, ...paints, 'filter', ...[...effects, ...moreEffects].map((name) => `fe${name}`)];

/** Dropped with all that is in them. */
const nothingDrawn = [
  'script',
  'metadata',
  'animate',
  'animateMotion',
  'animateTransform',
  'animateColor',
  'set',
  'mpath',
  'cursor',
  'view',
];
/** What shows something that is not in the file, or that is no drawing at all. */
const foreign = [
  'foreignObject',
  'image',
  'feImage',
  'iframe',
  'embed',
  'object',
  'audio',
  'video',
  'canvas',
  'link',
  'font-face-uri',
  'html',
  'img',
];

const attributes = (
  'id class style transform x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy d points width height viewBox preserveAspectRatio ' +
  'href xlink:href xml:space xml:lang lang role aria-label offset rotate pathLength textLength lengthAdjust startOffset method spacing side ' +
  'gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits ' +
  'markerWidth markerHeight markerUnits refX refY orient filterUnits primitiveUnits in in2 result mode type values operator k1 k2 k3 k4 ' +
  'stdDeviation edgeMode radius tableValues slope intercept amplitude exponent requiredFeatures systemLanguage ' +
  'fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray ' +
  'stroke-dashoffset color opacity display visibility overflow clip-path clip-rule mask filter marker-start marker-mid marker-end ' +
  'stop-color stop-opacity flood-color flood-opacity color-interpolation color-interpolation-filters paint-order vector-effect ' +
  'shape-rendering text-rendering image-rendering mix-blend-mode isolation enable-background ' +
  'font font-family font-size font-style font-weight font-variant font-stretch font-size-adjust text-anchor text-decoration letter-spacing ' +
  'word-spacing writing-mode direction unicode-bidi dominant-baseline alignment-baseline baseline-shift glyph-orientation-vertical'
).split(' ');

/** Whether these bytes say that they are an SVG, after a byte order mark, declarations and comments. */
export const isSvg = (data: Buffer): boolean =>
  /^\uFEFF?\s*(?:(?:<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^[>]*(?:\[[\s\S]*?\]\s*)?>)\s*)*<svg[\s/>]/i.test(
    data.subarray(0, 64 * 1024).toString('utf8'),
  );

/**
 * Takes an SVG apart and writes down what draws. Nothing of it can run, fetch or refer to another file: scripts, handlers, links,
 * animations and editors' notes are left out and named; what would look different without its foreign part is refused and named.
 * What is clean already comes back as it is, so that the same picture keeps its hash.
 */
export const cleanSvg = (data: Buffer): CleanSvg | NotAnSvg => {
  const source = decoded(data);
  if (source === null) return { type: 'BrokenPicture' };
  // The parser expands no entities, so a picture made of them would come out empty.
  if (/<!ENTITY/i.test(source)) return { type: 'UnsafeSvg', found: '<!ENTITY>' };

  const first = sanitized(source);
  if ('type' in first) return first;
  // A second look at what came out: whatever was hidden from the first, e.g. in a style sheet, shows now.
  const second = sanitized(first.text);
  if ('type' in second) return second;
  if (second.text !== first.text || second.removed.length > 0) return { type: 'UnsafeSvg', found: 'CDATA' };

  const { width, height } = first.size;
  const bytes = Buffer.from(`${first.text}\n`);
  return { bytes, width, height, removed: first.removed };
};

type Sanitized = {
  readonly text: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly removed: readonly string[];
};

const sanitized = (source: string): Sanitized | NotAnSvg => {
  const removed = new Set<string>();
  const refusals: NotAnSvg[] = [];
  const refuse = (found: string): void => void refusals.push({ type: 'UnsafeSvg', found });
  const drawing = drawingOf();
  const stack: string[] = [];
  let root: { readonly [name: string]: string } | null = null;
  let count = 0;
  let roots = 0;

  const opened = (name: string, attribs: { readonly [name: string]: string }): void => {
    const within = stack.at(-1);
    if (stack.length === 0) {
      roots++;
      if (name === 'svg') root ??= attribs;
    }
    stack.push(name);
    if (++count > MOST_ELEMENTS || stack.length > MOST_DEPTH) refusals.push({ type: 'SvgTooComplex' });
    // Beside what an editor shows there is, in a switch, what a plain reader draws.
    if (stack.slice(0, -1).some((each) => nothingDrawn.includes(each) || each === 'foreignObject'))
      return drawing.open({});
    if (name === 'foreignObject' && within === 'switch') removed.add('<foreignObject>');
    else if (foreign.includes(name)) refuse(`<${name}>`);
    else if (!elements.includes(name) && !name.includes(':')) removed.add(`<${name}>`);
    drawing.open(attribs);
    if (!elements.includes(name)) return;
    for (const [attribute, value] of Object.entries(attribs)) {
      if (/^on/i.test(attribute)) removed.add(attribute);
      else if (attributes.includes(attribute)) {
        const local = attribute === 'href' || attribute === 'xlink:href' ? LOCAL.test(value) : isPlainStyle(value);
        if (!local) refuse(`${attribute}="${value.replace(/\s+/g, ' ').slice(0, 60)}"`);
      }
    }
  };

  const text = sanitizeHtml(source, {
    allowedTags: elements,
    allowedAttributes: { '*': attributes },
    // Our own reading of them is stricter.
    allowVulnerableTags: true,
    parseStyleAttributes: false,
    allowedSchemes: [],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    nonTextTags: [...nothingDrawn, 'foreignObject'],
    nonBooleanAttributes: [],
    selfClosing: [],
    nestingLimit: MOST_DEPTH,
    parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false, decodeEntities: true },
    // What stands in an element that is left out is no text of the picture, but for the words of a link.
    textFilter: (words, tag) => (elements.includes(tag) || tag === 'a' ? words : ''),
    onOpenTag: opened,
    onCloseTag: () => {
      stack.pop();
      drawing.close();
    },
  }).trim();

  const [refusal] = refusals;
  if (refusal) return refusal;
  // Style sheets come through as they are.
  for (const [, sheet = ''] of text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)) {
    if (/[<&]/.test(sheet) || !isPlainStyle(sheet)) return { type: 'UnsafeSvg', found: '<style>' };
  }
  if (root === null || roots !== 1 || !/^<svg[\s>]/.test(text)) return { type: 'BrokenPicture' };
  // Without characters that XML does not have; a number may stand for one.
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text)) return { type: 'BrokenPicture' };
  if (drawing.elements() > MOST_DRAWN) return { type: 'SvgTooComplex' };
  const size = sizeOf(root);
  if (size === null) return { type: 'BrokenPicture' };
  return { text: withNamespaces(text, size), size, removed: [...removed] };
};

/** The file's text, which has to be UTF-8 (as SVGs are) whatever its declaration says. */
const decoded = (data: Buffer): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return null;
  }
};

/** Whether a style sheet, or the value of an attribute, refers to nothing but elements of the same picture. */
const isPlainStyle = (text: string): boolean => {
  const plain = text.replace(/\/\*[\s\S]*?\*\//g, '');
  if (
    /[\\]|@(?!media\b)|expression\s*\(|behaviou?r\s*:|-moz-binding|javascript:|image-set|\b(?:src|image|attr|element)\s*\(/i.test(
      plain,
    )
  )
    return false;
  return [...plain.matchAll(/url\s*\(\s*(["']?)([^"')]*)\1\s*(\)?)/gi)].every(
    ([, , target = '', end]) => end === ')' && LOCAL.test(target.trim()),
  );
};

/** Counts what is drawn when every reference is followed. */
const drawingOf = () => {
  type Part = { own: number; readonly uses: Map<string, number> };
  const parts = new Map<string, Part>();
  const whole: Part = { own: 0, uses: new Map() };
  const open: (Part | null)[] = [];
  return {
    open: (attribs: { readonly [name: string]: string }): void => {
      const id = attribs['id'];
      let part: Part | null = null;
      if (id !== undefined && !parts.has(id)) parts.set(id, (part = { own: 0, uses: new Map() }));
      open.push(part);
      const targets = Object.entries(attribs).flatMap(([name, value]) =>
        name === 'href' || name === 'xlink:href'
          ? [value.slice(1)]
          : [...value.matchAll(/url\s*\(\s*["']?#([^"')\s]+)/gi)].map(([, target = '']) => target),
      );
      for (const within of [whole, ...open]) {
        if (within === null) continue;
        within.own++;
        for (const target of targets) within.uses.set(target, (within.uses.get(target) ?? 0) + 1);
      }
    },
    close: (): void => void open.pop(),
    /** Infinite when something refers to itself. */
    elements: (): number => {
      const counted = new Map<string, number>();
      const count = ({ own, uses }: Part): number =>
        [...uses].reduce((sum, [target, times]) => sum + times * countOf(target), own);
      const countOf = (id: string): number => {
        const known = counted.get(id);
        if (known !== undefined) return known;
        counted.set(id, Infinity);
        const part = parts.get(id);
        const answer = part === undefined ? 0 : count(part);
        counted.set(id, answer);
        return answer;
      };
      return count(whole);
    },
  };
};

const PIXELS: { readonly [unit: string]: number } = {
  ...{ '': 1, px: 1, pt: 96 / 72, pc: 16, in: 96, cm: 96 / 2.54, mm: 96 / 25.4, em: 16, ex: 8 },
};

/** Its own size in pixels, else that of its viewBox, whole; null when it says none. */
const sizeOf = (root: {
  readonly [name: string]: string;
}): { readonly width: number; readonly height: number } | null => {
  const pixels = (length: string | undefined): number | null => {
    const [, number, unit] = /^\s*([\d.]+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(length ?? '') ?? [];
    const factor = PIXELS[unit?.toLowerCase() ?? ''];
    return number === undefined || factor === undefined ? null : Number(number) * factor;
  };
  const box = (root['viewBox'] ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [, , boxWidth = NaN, boxHeight = NaN] = box.length === 4 ? box : [];
  const [ownWidth, ownHeight] = [pixels(root['width']), pixels(root['height'])];
  const width = ownWidth ?? (ownHeight === null ? boxWidth : (ownHeight * boxWidth) / boxHeight);
  const height = ownHeight ?? (ownWidth === null ? boxHeight : (ownWidth * boxHeight) / boxWidth);
  const whole = [width, height].map((side) => Math.ceil(side - 1e-6));
  return whole.every((side) => Number.isFinite(side) && side > 0)
    ? { width: whole[0] ?? 0, height: whole[1] ?? 0 }
    : null;
};

/** The root says its size and its two namespaces itself, and nothing else than was read. */
const withNamespaces = (text: string, { width, height }: { readonly width: number; readonly height: number }): string =>
  text.replace(/^<svg((?:[^>"]|"[^"]*")*)>/, (_, inner: string) => {
    const rest = inner.replace(/\s(?:width|height)="[^"]*"/g, '');
    return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}"${rest}>`;
  });
