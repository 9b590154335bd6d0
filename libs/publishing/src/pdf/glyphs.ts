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

/**
 * The characters of a text that the printed disclosure cannot show (emoji, for one), each once, in order of appearance.
 * Line breaks and tabs are layout, not characters. Reads the fonts' tables on first use (a few milliseconds).
 */
export const missingGlyphs = (text: string): string[] => {
  covered ??= fonts.map(([family, file]) =>
    coverageOf(join(dirname(require.resolve(`@expo-google-fonts/${family}/package.json`)), file)),
  );
  const missing = new Set<string>();
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (/[\n\r\t\u0085\u2028\u2029]/.test(character) || invisible.test(character)) continue;
    if (!covered.every((font) => font.has(codePoint))) missing.add(character);
  }
  return [...missing];
};

let covered: readonly ReadonlySet<number>[] | undefined;

/** The code points of a TrueType font, from its `cmap` table (OpenType 1.9 §cmap, formats 4 and 12). */
const coverageOf = (path: string): Set<number> => {
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

const codePointsOf = (cmap: Buffer): Set<number> => {
  const points = new Set<number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + i * 8 + 4));
    const format = table.readUInt16BE(0);
    if (format === 12) addGroups(table, points);
    if (format === 4) addSegments(table, points);
  }
  return points;
};

const addGroups = (table: Buffer, points: Set<number>): void => {
  for (let group = 0; group < table.readUInt32BE(12); group++) {
    const at = 16 + group * 12;
    const glyph = table.readUInt32BE(at + 8);
    const first = table.readUInt32BE(at);
    for (let point = first; point <= table.readUInt32BE(at + 4); point++)
      if (glyph + point - first !== 0) points.add(point);
  }
};

const addSegments = (table: Buffer, points: Set<number>): void => {
  const twice = table.readUInt16BE(6);
  for (let at = 0; at < twice; at += 2) {
    const [last, first] = [table.readUInt16BE(14 + at), table.readUInt16BE(16 + twice + at)];
    const delta = table.readUInt16BE(16 + twice * 2 + at);
    const rangeAt = 16 + twice * 3 + at;
    const range = table.readUInt16BE(rangeAt);
    for (let point = first; point <= last && point !== 0xffff; point++) {
      const glyph = range === 0 ? point + delta : table.readUInt16BE(rangeAt + range + (point - first) * 2);
      if ((glyph & 0xffff) !== 0) points.add(point);
    }
  }
};
