import { closeSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The fonts of the printed disclosure, as in renderer.cjs; a character has to be in all of them. */
const fonts = [
  ['noto-sans-jp', '400Regular/NotoSansJP_400Regular.ttf'],
  ['noto-sans-jp', '500Medium/NotoSansJP_500Medium.ttf'],
  ['noto-sans-jp', '700Bold/NotoSansJP_700Bold.ttf'],
  ['noto-serif-jp', '600SemiBold/NotoSerifJP_600SemiBold.ttf'],
] as const;

/** Characters that choose or join others and print nothing: variation selectors, joiners, soft hyphen, marks of direction. */
const invisible = /^\p{Default_Ignorable_Code_Point}$/u;
/** Those that have what follows printed in another order than it is written. */
const reordering = /^[\u202d\u202e]$/;

/**
 * The characters of a text that the printed disclosure cannot show as they are (emoji, for one), each once, in order of appearance.
 * Line breaks and tabs are layout, not characters. Reads the fonts' tables on first use (a few milliseconds).
 */
export const missingGlyphs = (text: string): string[] => {
  const covered = glyphMaps();
  const missing = new Set<string>();
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (/[\n\r\t\u0085\u2028\u2029]/.test(character)) continue;
    if (invisible.test(character) && !reordering.test(character)) continue;
    if (!covered.every((font) => font.has(codePoint))) missing.add(character);
  }
  return [...missing];
};

/** Characters as they are shown to who is to replace them: by number where they cannot be seen. */
export const namesOfCharacters = (characters: readonly string[]): string[] =>
  characters.map((one) =>
    /^[\p{C}\p{Z}]$/u.test(one) ? `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` : one,
  );

/** `missingGlyphs` as who is to replace them is told. */
export const unprintableIn = (text: string): string[] => namesOfCharacters(missingGlyphs(text));

/** The characters of a text that are printed with one glyph (〜 and ～, 一 and the radical ⼀) as one of them: a PDF may give back either. */
export const asPrinted = (text: string): string => {
  foldings ??= foldingsOf(glyphMaps());
  return [...text].map((character) => foldings?.get(character) ?? character).join('');
};

let foldings: ReadonlyMap<string, string> | undefined;

/** The fonts print the horizontal bar as the em dash in Japanese text (their `locl`, which is not read here). */
const HORIZONTAL_BAR = [0x2015, 0x2014] as const;

/** Of 一 and the radical ⼀ people mean the first. */
const isUsual = (point: number): boolean => point >= 0x3000 && point <= 0x9fff;

const foldingsOf = (maps: readonly ReadonlyMap<number, number>[]): ReadonlyMap<string, string> => {
  const folded = new Map<number, number>([HORIZONTAL_BAR]);
  const root = (point: number): number => {
    const next = folded.get(point);
    return next === undefined ? point : root(next);
  };
  for (const map of maps) {
    const first = new Map<number, number>();
    for (const [point, glyph] of map) {
      const known = first.get(glyph) ?? point;
      first.set(glyph, known);
      const [one, other] = [root(known), root(point)];
      if (one === other) continue;
      const [kept, gone] = isUsual(one) || (!isUsual(other) && one < other) ? [one, other] : [other, one];
      folded.set(gone, kept);
    }
  }
  return new Map([...folded.keys()].map((point) => [String.fromCodePoint(point), String.fromCodePoint(root(point))]));
};

let maps: readonly ReadonlyMap<number, number>[] | undefined;

const glyphMaps = () =>
  (maps ??= fonts.map(([family, file]) =>
    glyphsOf(join(dirname(require.resolve(`@expo-google-fonts/${family}/package.json`)), file)),
  ));

/** The glyph of each code point of a TrueType font, from its `cmap` table (OpenType 1.9 §cmap, formats 4 and 12). */
const glyphsOf = (path: string): Map<number, number> => {
  const file = openSync(path, 'r');
  const read = (offset: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, offset);
    return bytes;
  };
  try {
    const tables = read(12, read(4, 2).readUInt16BE(0) * 16);
    for (let at = 0; at < tables.length; at += 16) {
      if (tables.toString('latin1', at, at + 4) === 'cmap')
        return codePointsOf(read(tables.readUInt32BE(at + 8), tables.readUInt32BE(at + 12)));
    }
    throw new Error(`${path} has no cmap table`);
  } finally {
    closeSync(file);
  }
};

const codePointsOf = (cmap: Buffer): Map<number, number> => {
  const points = new Map<number, number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + i * 8 + 4));
    const format = table.readUInt16BE(0);
    if (format === 12) addGroups(table, points);
    if (format === 4) addSegments(table, points);
  }
  return points;
};

const addGroups = (table: Buffer, points: Map<number, number>): void => {
  for (let group = 0; group < table.readUInt32BE(12); group++) {
    const at = 16 + group * 12;
    const glyph = table.readUInt32BE(at + 8);
    const first = table.readUInt32BE(at);
    for (let point = first; point <= table.readUInt32BE(at + 4); point++)
      if (glyph + point - first !== 0) points.set(point, glyph + point - first);
  }
};

const addSegments = (table: Buffer, points: Map<number, number>): void => {
  const twice = table.readUInt16BE(6);
  for (let at = 0; at < twice; at += 2) {
    const [last, first] = [table.readUInt16BE(14 + at), table.readUInt16BE(16 + twice + at)];
    const delta = table.readUInt16BE(16 + twice * 2 + at);
    const rangeAt = 16 + twice * 3 + at;
    const range = table.readUInt16BE(rangeAt);
    for (let point = first; point <= last && point !== 0xffff; point++) {
      const glyph = range === 0 ? point + delta : table.readUInt16BE(rangeAt + range + (point - first) * 2);
      if ((glyph & 0xffff) !== 0) points.set(point, glyph & 0xffff);
    }
  }
};
