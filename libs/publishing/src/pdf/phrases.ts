const words = new Intl.Segmenter('ja', { granularity: 'word' });

/** A piece of a heading. `keep`: not to be broken across lines; punctuation is never kept, so that 禁則 can handle it. */
export type Phrase = { readonly text: string; readonly keep: boolean };

/** Longer than this, a phrase may break: a line has to be filled with something. */
const LONGEST = 12;

const onlyHiragana = /^\p{Script=Hiragana}+$/u;
const onlyKatakana = /^[\p{Script=Katakana}ー]+$/u;
const oneKanji = /^\p{Script=Han}$/u;
const punctuation = /^[\p{P}\p{S}\s]+$/u;

/**
 * 文節 by rule of thumb, for breaking headings where a reader would pause: words of the segmenter, with what leans on the word
 * before it joined to it: particles and endings (hiragana), one-character suffixes (等, 者, 書), and the rest of a foreign word.
 * The texts of the phrases joined are the text.
 */
export const phrasesOf = (text: string): Phrase[] => {
  const phrases: { text: string; keep: boolean }[] = [];
  let before = '';
  for (const { segment } of words.segment(text)) {
    const last = phrases.at(-1);
    const leans =
      onlyHiragana.test(segment) || oneKanji.test(segment) || (onlyKatakana.test(segment) && onlyKatakana.test(before));
    if (punctuation.test(segment)) phrases.push({ text: segment, keep: false });
    else if (last?.keep === true && leans) last.text += segment;
    else phrases.push({ text: segment, keep: true });
    before = segment;
  }
  return phrases.map((phrase) => (phrase.text.length > LONGEST ? { ...phrase, keep: false } : phrase));
};
