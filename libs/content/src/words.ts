const digit = '[0-9０-９]';
const number = `${digit}+(?:[.,:/．，：／-]${digit}+)*`;
const units = [
  '年度|年間|年以内|年|か月|ヶ月|ヵ月|カ月|ケ月|箇月|週間|日間|日以内|日前|日|時間|時|分間|分|秒|営業日',
  '版|条|項|号|章|節|部|頁|ページ|番|歳|回|台|名|人|件|社|個|本|枚|行|列|桁|文字|世代|重|階|円|万円|億円',
  '%|％|パーセント|bit|ビット|[KMGT]i?B|[kMG]?bps|[KMGT]?Hz|m|km|kg',
].join('|');

/**
 * Tokens that are read as one: dates (western and Japanese years), times, editions, versions, numbers with their unit,
 * addresses, standards. Everything else is cut by ICU. A date of which only the month changes is then shown as one date
 * instead of another.
 */
const whole = new RegExp(
  [
    'https?://[!-~]+',
    '[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+',
    `(?:(?:令和|平成|昭和|[RHS])\\s?)?(?:元|${digit}{1,4})\\s?年(?:\\s?${digit}{1,2}\\s?月(?:\\s?${digit}{1,2}\\s?日)?)?(?![間度以])`,
    `${digit}{1,2}\\s?月\\s?${digit}{1,2}\\s?日`,
    `${digit}{1,2}\\s?時\\s?${digit}{1,2}\\s?分`,
    '(?:ISO/IEC|ISO|IEC|JIS\\s?Q?|RFC|NIST\\s?SP|SP)\\s?\\d[\\d.:-]*\\d',
    '[vV](?:er\\.?\\s?)?\\d+(?:\\.\\d+)*',
    '[A-Za-z][A-Za-z/]*\\s?\\d+(?:\\.\\d+)+',
    `(?:第\\s?)?${number}\\s?(?:${units})?`,
  ].join('|'),
  'g',
);

let segmenter: Intl.Segmenter | undefined;

/** Cuts Japanese text into words; joined they are the text again. Server only, because browsers cut differently. */
export const wordsOf = (text: string): readonly string[] => {
  const words: string[] = [];
  let from = 0;
  for (const match of text.matchAll(whole)) {
    words.push(...cut(text.slice(from, match.index)), match[0]);
    from = match.index + match[0].length;
  }
  return [...words, ...cut(text.slice(from))];
};

const cut = (text: string): readonly string[] => {
  if (text === '') return [];
  segmenter ??= new Intl.Segmenter('ja', { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
};
