/** What the importer does with WordprocessingML as text. Well-formedness is left to the parser that reads it afterwards. */

/** Every outermost element of that name replaced. Elements within elements of the same name go with them. */
export const replaceElements = (xml: string, name: string, replace: (element: string) => string): string => {
  const tags = new RegExp(`<(/?)${name}(?=[\\s/>])[^>]*?(/?)>`, 'g');
  let result = '';
  let done = 0;
  let depth = 0;
  let from = 0;
  for (const tag of xml.matchAll(tags)) {
    const closes = tag[1] === '/';
    const isEmpty = tag[2] === '/';
    if (!closes && depth === 0) from = tag.index;
    if (!closes && !isEmpty) depth++;
    if (closes) depth = Math.max(0, depth - 1);
    if (depth > 0 || from < done) continue;
    const end = tag.index + tag[0].length;
    result += xml.slice(done, from) + replace(xml.slice(from, end));
    done = end;
    from = end;
  }
  return result + xml.slice(done);
};

export const elementsIn = (xml: string, name: string): readonly string[] => {
  const found: string[] = [];
  replaceElements(xml, name, (element) => {
    found.push(element);
    return element;
  });
  return found;
};

/** The value of an attribute of the first element of that name. */
export const valueOf = (xml: string, element: string, attribute = 'w:val'): string | null => {
  const tag = new RegExp(`<${element}(?=[\\s/>])[^>]*>`).exec(xml)?.[0] ?? '';
  const value = new RegExp(`\\s${attribute}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? null : unescape(value);
};

/** The words of a piece, paragraphs parted by a blank. */
export const wordsOf = (xml: string, element = 'w:t'): string =>
  Array.from(
    xml.matchAll(new RegExp(`<${element}(?:\\s[^>]*)?>([^<]*)</${element}>|</w:p>`, 'g')),
    ([, text]) => text ?? ' ',
  )
    .join('')
    .replace(/&(?:lt|gt|quot|apos|amp|#\d+|#x[0-9a-fA-F]+);/g, unescape)
    .trim();

const unescape = (text: string): string =>
  text.replace(/&(?:(lt|gt|quot|apos|amp)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g, (whole, name, decimal, hex) => {
    if (name !== undefined) return { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }[String(name)] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
