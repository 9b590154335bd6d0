/**
 * Tokens that are read as one: dates, editions, numbers with their unit, addresses. Everything else is cut by ICU.
 * A date of which only the month changes is then shown as one date instead of another.
 */
const whole =
  /https?:\/\/[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\d{1,4}\s?年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?)?|\d{1,2}\s?月\s?\d{1,2}\s?日|第?\s?\d+(?:[.,:/-]\d+)*\s?(?:版|条|項|号|%|％|日間|日|か月|ヶ月|カ月|時間|分|回|台|名|件)?/g;

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
