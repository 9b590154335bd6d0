/** Equal for titles that differ only in blanks and in the width of characters. */
export const comparable = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

/** Without the blanks that a line break has left between Japanese letters. */
export const unfolded = (text: string): string =>
  text
    .replace(/\s*\n\s*/g, '\n')
    .replace(/(?<=[^\x00-\x7f])[ \n]+(?=[^\x00-\x7f])/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const ROMAN = ['I', 'II', 'III', 'IV', 'V'];

export type NumberedTitle = { readonly number: string; readonly title: string; readonly asWritten: string };

/** `II. …`, also with Ⅱ (U+2161) and full-width letters; the number in ASCII letters. */
export const partTitle = (text: string): NumberedTitle | null => {
  const [, asWritten = '', title = ''] = /^([IVＩＶ]{1,3}|[Ⅰ-Ⅴ])\s*[.．、]\s*(\S[\s\S]*)$/.exec(text.trim()) ?? [];
  const number = asWritten.normalize('NFKC').toUpperCase();
  return ROMAN.includes(number) ? { number, title, asWritten } : null;
};

/** `12. …` */
export const itemTitle = (text: string): { readonly number: number; readonly title: string } | null => {
  const [, number, title] = /^[（(]?([0-9０-９]{1,2})[)）]?\s*[.．、]?\s*(\S[\s\S]*)$/.exec(text.trim()) ?? [];
  if (number === undefined || title === undefined || !/^[（(]?[0-9０-９]{1,2}\s*[.．、)）]/.test(text.trim()))
    return null;
  return { number: Number(number.normalize('NFKC')), title };
};

/** The first date in a text as yyyy-mm-dd: 2025年1月28日, 令和7年1月28日, 2025-01-28, 2025/1/28; null when there is none. */
export const dateIn = (text: string): string | null => {
  const plain = text.normalize('NFKC').replace(/\s+/g, '');
  const western = /(\d{4})(?:年|-|\/|\.)(\d{1,2})(?:月|-|\/|\.)(\d{1,2})日?/.exec(plain);
  const reiwa = /令和(\d{1,2}|元)年(\d{1,2})月(\d{1,2})日/.exec(plain);
  const [year, month, day] =
    reiwa !== null
      ? [2018 + (reiwa[1] === '元' ? 1 : Number(reiwa[1])), Number(reiwa[2]), Number(reiwa[3])]
      : [Number(western?.[1]), Number(western?.[2]), Number(western?.[3])];
  const valid =
    year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  return valid ? `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` : null;
};

/** The number of `第6版`. */
export const editionNumberIn = (text: string): number | null => {
  const number = /第\s*(\d{1,4})\s*版/.exec(text.normalize('NFKC'))?.[1];
  return number === undefined ? null : Number(number);
};
