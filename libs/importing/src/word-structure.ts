import type { Report } from './anomalies';
import type { ListLevel, WordStyles } from './word-styles';
import { escaped, valueOf } from './word-xml';

/** The ground of header cells in our own export. */
const HEADER_CELL = 'E8EDF2';
/** How the styles of our own export begin; what follows says what the paragraph is part of, e.g. 「・＞引用＞本文」. */
const OWN = '開示書 ';

const leafClasses: { readonly [leaf: string]: string } = {
  本文: 'p.own',
  '※': 'p.note',
  見出し: 'h3.own',
  図: 'p.figure',
  図題: 'p.caption',
};

/** A list or quotation that is open at this place. */
type Container = { readonly tag: string; readonly kind: string; readonly key: string | null };
type Cell = { open: Container[]; row: number };

/**
 * Gives every paragraph and table a style of its own name, and says for each which HTML it becomes: lists with their kind and
 * start, remarks, quotations, captions, header cells. So the converter needs to know nothing of numberings and styles.
 */
export const structured = (
  xml: string,
  styles: WordStyles,
  report: Report,
): { readonly xml: string; readonly styleMap: readonly string[] } => {
  const paths = new Map<string, string>();
  const styleFor = (matcher: 'p' | 'table', path: string): string => {
    const rule = `${matcher} => ${path}`;
    const id = paths.get(rule) ?? `K${paths.size + 1}`;
    paths.set(rule, id);
    return id;
  };
  const counts = new Map<string, number>();
  const count = ({ numId, level, start }: ListLevel): number => {
    for (const key of [...counts.keys()])
      if (key.startsWith(`${numId}/`) && Number(key.split('/')[1]) > level) counts.delete(key);
    const n = (counts.get(`${numId}/${level}`) ?? start - 1) + 1;
    counts.set(`${numId}/${level}`, n);
    return n;
  };
  const cells: Cell[] = [{ open: [], row: -1 }];
  const rows: number[] = [];
  const here = (): Cell => cells.at(-1)!;

  /** The path to a place in these containers; `begins` when an entry of the innermost list begins there. */
  const pathTo = (wanted: readonly Container[], begins: boolean): string => {
    const { open } = here();
    let fresh = false;
    const path = wanted.map((one, i) => {
      const known = open[i];
      const isLast = i === wanted.length - 1;
      const same = known?.kind === one.kind && (!(isLast && begins) || known.key === one.key);
      fresh ||= !same;
      const tag = fresh ? one.tag : (known ?? one).tag;
      const entry =
        one.kind === '引用' || one.kind === '引用＋' ? '' : ` > li${fresh || (isLast && begins) ? ':fresh' : ''}`;
      open[i] = fresh ? one : (known ?? one);
      return `${tag}${fresh ? ':fresh' : ''}${entry} > `;
    });
    open.length = wanted.length;
    return path.join('');
  };

  const ownPlace = (signs: readonly string[], list: ListLevel | null): string => {
    const number = list === null ? null : count(list);
    const wanted = signs.map((sign, i): Container => {
      const key = i === signs.length - 1 ? (list?.numId ?? null) : null;
      if (sign.startsWith('引用')) return { tag: 'blockquote', kind: sign, key: null };
      return {
        tag: tagOf(sign === '・' ? 'bullet' : sign === '①' ? 'decimalEnclosedCircle' : 'decimal', number),
        kind: sign,
        key,
      };
    });
    return pathTo(wanted, list !== null);
  };

  const listPlace = (list: ListLevel): string => {
    const number = count(list);
    const isKnown = ['bullet', 'decimal', 'decimalEnclosedCircle', 'decimalEnclosedCircleChinese'].includes(
      list.format,
    );
    if (!isKnown || (list.format === 'decimal' && !/^%\d[.．]?$/.test(list.text)))
      report(
        'NUMBERING_SIMPLIFIED',
        0,
        `番号の形「${list.text.replace(/%\d/, shownAs(list.format, 1))}」の箇条書きを「1.」の形にしました。本文で番号に触れていないか確かめてください。`,
      );
    const { open } = here();
    const kind = list.format === 'bullet' ? '・' : list.format.startsWith('decimalEnclosed') ? '①' : '1.';
    const depth = Math.min(list.level, open.length);
    const key = kind === '・' ? null : list.numId;
    return pathTo([...open.slice(0, depth), { tag: tagOf(list.format, number), kind, key }], true);
  };

  const paragraph = (properties: string): { readonly styleId: string; readonly prefix: string } => {
    const named = valueOf(properties, 'w:pStyle');
    const name = styles.nameOf(named);
    const list = styles.listOf(properties, named);
    if (name.startsWith(OWN)) {
      const signs = name.slice(OWN.length).split('＞');
      const leaf = leafClasses[signs.pop() ?? ''];
      if (leaf !== undefined) return { styleId: styleFor('p', `${ownPlace(signs, list)}${leaf}:fresh`), prefix: '' };
    }
    const heading = styles.headingOf(named);
    if (heading !== null) {
      here().open.length = 0;
      const numbered = list !== null && list.format !== 'bullet';
      const prefix = numbered ? `${numberText(list, count(list), counts)} ` : '';
      return { styleId: styleFor('p', `h${heading}:fresh`), prefix };
    }
    if (/^(toc|目次)\s*\d$/i.test(name)) return { styleId: styleFor('p', 'p.toc:fresh'), prefix: '' };
    if (/^(caption|図表番号)$/i.test(name)) return { styleId: styleFor('p', 'p.caption:fresh'), prefix: '' };
    if (list === null) return { styleId: 'K0', prefix: '' };
    if (list.text === '※') return { styleId: styleFor('p', `${pathTo([], false)}p.note:fresh`), prefix: '※ ' };
    return { styleId: styleFor('p', `${listPlace(list)}p:fresh`), prefix: '' };
  };

  let result = '';
  let done = 0;
  for (const tag of xml.matchAll(/<(\/?)w:(tbl|tr|tc|p)(?=[\s/>])[^>]*?(\/?)>/g)) {
    if (tag.index < done) continue;
    const [whole, closing, name, isEmpty] = tag;
    const end = tag.index + whole.length;
    if (closing === '/') {
      if (name === 'tc' && cells.length > 1) cells.pop();
      if (name === 'tbl') rows.pop();
      continue;
    }
    if (name === 'tr') rows[rows.length - 1] = (rows.at(-1) ?? -1) + 1;
    const properties = propertiesAt(xml, end, `w:${name}Pr`);
    if (name === 'tbl') {
      rows.push(-1);
      const style = styles.nameOf(valueOf(properties, 'w:tblStyle'));
      const signs = style.startsWith(OWN) ? style.slice(OWN.length).split('＞').slice(0, -1) : [];
      const styleId = styleFor('table', `${ownPlace(signs, null)}table:fresh`);
      result += `${xml.slice(done, end)}<w:tblPr><w:tblStyle w:val="${styleId}"/></w:tblPr>`;
      done = end + properties.length;
    }
    if (name === 'tc' && isEmpty !== '/') {
      cells.push({ open: [], row: rows.at(-1) ?? 0 });
      const fill = (valueOf(properties, 'w:shd', 'w:fill') ?? 'auto').toUpperCase();
      const shaded = fill !== 'AUTO' && fill !== 'FFFFFF';
      const mark =
        fill === HEADER_CELL || (shaded && rows.at(-1) === 0)
          ? '<w:p><w:pPr><w:pStyle w:val="KHeader"/></w:pPr></w:p>'
          : '';
      result += xml.slice(done, end) + properties + mark;
      done = end + properties.length;
    }
    if (name === 'p') {
      const styleName = styles.nameOf(valueOf(properties, 'w:pStyle'));
      const isOwn = styleName.startsWith(OWN);
      const blankUntil = isOwn ? null : isEmpty === '/' ? end : endOfBlank(xml, end + properties.length);
      if (blankUntil !== null) {
        result += xml.slice(done, tag.index);
        done = blankUntil;
        continue;
      }
      if (!isOwn && styles.listOf(properties, valueOf(properties, 'w:pStyle')) === null) here().open.length = 0;
      const { styleId, prefix } = paragraph(properties);
      const deleted = /<w:rPr>(?:(?!<\/w:rPr>)[\s\S])*<w:del(?=[\s/])/.test(properties)
        ? '<w:rPr><w:del/></w:rPr>'
        : '';
      const written = prefix === '' ? '' : `<w:r><w:t xml:space="preserve">${escaped(prefix)}</w:t></w:r>`;
      const start = whole.replace(/\/>$/, '>');
      result += `${xml.slice(done, tag.index)}${start}<w:pPr><w:pStyle w:val="${styleId}"/>${deleted}</w:pPr>${written}${isEmpty === '/' ? '</w:p>' : ''}`;
      done = end + properties.length;
    }
  }
  return {
    // The converter takes a row for a header even where it is said not to be one.
    xml: (result + xml.slice(done)).replace(/<w:tblHeader w:val="(?:0|false|off)"\/>/g, ''),
    styleMap: [
      'p.K0 => p:fresh',
      'p.KHeader => p.header-cell:fresh',
      ...[...paths].map(([rule, id]) => rule.replace(' =>', `.${id} =>`)),
    ],
  };
};

/** The properties that follow a start tag, as they are written; '' for none. */
const propertiesAt = (xml: string, at: number, name: string): string => {
  const start = new RegExp(`\\s*<${name}(?=[\\s/>])[^>]*?(/?)>`, 'y');
  start.lastIndex = at;
  const found = start.exec(xml);
  if (found === null) return '';
  if (found[1] === '/') return found[0];
  const end = xml.indexOf(`</${name}>`, at);
  return end < 0 ? '' : xml.slice(at, end + name.length + 3);
};

/** Where a paragraph ends that shows nothing: it is a distance, not a text. Null for one that shows something. */
const endOfBlank = (xml: string, at: number): number | null => {
  const end = xml.indexOf('</w:p>', at);
  if (end < 0) return null;
  const shows = /<w:(?:t|sym|br|tab|drawing|pict|fldChar|fldSimple|instrText|ptab|noBreakHyphen)[\s/>]|<w:p[\s>]/;
  return shows.test(xml.slice(at, end)) ? null : end + '</w:p>'.length;
};

const tagOf = (format: string, number: number | null): string => {
  if (format === 'bullet') return 'ul';
  const circled = format.startsWith('decimalEnclosed') ? '.circled' : '';
  return `ol${circled}${number === null ? '' : `.start-${number}`}`;
};

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];
const shownAs = (format: string, n: number): string => {
  if (format === 'upperRoman') return ROMAN[n - 1] ?? String(n);
  if (format === 'aiueo' || format === 'aiueoFullWidth')
    return [...'アイウエオカキクケコサシスセソ'][n - 1] ?? String(n);
  if (format === 'lowerLetter' || format === 'upperLetter')
    return String.fromCharCode((format[0] === 'l' ? 96 : 64) + n);
  return String(n);
};

/** What Word shows before a numbered heading. */
const numberText = (list: ListLevel, number: number, counts: ReadonlyMap<string, number>): string =>
  list.text.replace(/%(\d)/g, (_, digit: string) => {
    const level = Number(digit) - 1;
    return shownAs(list.format, level === list.level ? number : (counts.get(`${list.numId}/${level}`) ?? 1));
  });
