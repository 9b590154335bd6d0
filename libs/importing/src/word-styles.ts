import { textOfPart, type WordFile } from './word-file';
import { elementsIn, valueOf } from './word-xml';

export type ListLevel = {
  readonly numId: string;
  readonly level: number;
  /** As Word calls it: bullet, decimal, decimalEnclosedCircle, upperRoman, … */
  readonly format: string;
  /** `%1.`, or the bullet. */
  readonly text: string;
  readonly start: number;
};
export type WordStyles = {
  /** The name of a paragraph's or table's style; '' for the style of all that has none. */
  readonly nameOf: (styleId: string | null) => string;
  /** 1 … 6 for headings, by name or by outline level. */
  readonly headingOf: (styleId: string | null) => number | null;
  /** The numbering of a paragraph: its own, else that of its style; null for none. */
  readonly listOf: (paragraphProperties: string, styleId: string | null) => ListLevel | null;
};

type Style = { readonly name: string; readonly basedOn: string | null; readonly xml: string };

export const stylesOf = ({ parts }: WordFile): WordStyles => {
  const styles = new Map(
    elementsIn(textOfPart(parts.get('word/styles.xml')), 'w:style').map((xml): [string, Style] => [
      valueOf(xml, 'w:style', 'w:styleId') ?? '',
      { name: valueOf(xml, 'w:name') ?? '', basedOn: valueOf(xml, 'w:basedOn'), xml },
    ]),
  );
  const numbering = textOfPart(parts.get('word/numbering.xml'));
  const abstracts = new Map(
    elementsIn(numbering, 'w:abstractNum').map((xml) => [
      valueOf(xml, 'w:abstractNum', 'w:abstractNumId') ?? '',
      levelsIn(xml),
    ]),
  );
  const lists = new Map(
    elementsIn(numbering, 'w:num').map((xml) => {
      const levels = new Map(abstracts.get(valueOf(xml, 'w:abstractNumId') ?? ''));
      for (const override of elementsIn(xml, 'w:lvlOverride')) {
        const at = Number(valueOf(override, 'w:lvlOverride', 'w:ilvl'));
        const start = valueOf(override, 'w:startOverride');
        const level = levelsIn(override).get(at) ?? levels.get(at);
        if (level !== undefined) levels.set(at, { ...level, ...(start === null ? {} : { start: Number(start) }) });
      }
      return [valueOf(xml, 'w:num', 'w:numId') ?? '', levels] as const;
    }),
  );

  /** The style and those that it is based on. */
  const ancestry = (styleId: string | null): readonly Style[] => {
    const found: Style[] = [];
    for (let id = styleId; id !== null && found.length < 12; id = found.at(-1)?.basedOn ?? null) {
      const style = styles.get(id);
      if (style === undefined) break;
      found.push(style);
    }
    return found;
  };
  return {
    nameOf: (styleId) => styles.get(styleId ?? '')?.name ?? styleId ?? '',
    headingOf: (styleId) => {
      for (const { name, xml } of ancestry(styleId)) {
        if (/^(title|subtitle|表題|副題)$/i.test(name)) return 1;
        const named = /^(?:heading|見出し)\s*([1-6])$/i.exec(name)?.[1];
        const outline = valueOf(xml, 'w:outlineLvl');
        if (named !== undefined) return Number(named);
        if (outline !== null && Number(outline) < 6) return Number(outline) + 1;
      }
      return null;
    },
    listOf: (properties, styleId) => {
      const own = [properties, ...ancestry(styleId).map(({ xml }) => xml)].find((xml) => xml.includes('<w:numPr>'));
      const [numPr] = own === undefined ? [] : elementsIn(own, 'w:numPr');
      const numId = numPr === undefined ? null : valueOf(numPr, 'w:numId');
      if (numPr === undefined || numId === null || numId === '0') return null;
      const level = Number(valueOf(numPr, 'w:ilvl') ?? 0);
      const found = lists.get(numId)?.get(level);
      return found === undefined || found.format === 'none' ? null : { numId, level, ...found };
    },
  };
};

type Level = Omit<ListLevel, 'numId' | 'level'>;

const levelsIn = (xml: string): Map<number, Level> =>
  new Map(
    elementsIn(xml, 'w:lvl').map((level) => [
      Number(valueOf(level, 'w:lvl', 'w:ilvl')),
      {
        format: valueOf(level, 'w:numFmt') ?? 'decimal',
        text: valueOf(level, 'w:lvlText') ?? '',
        start: Number(valueOf(level, 'w:start') ?? 1),
      },
    ]),
  );
