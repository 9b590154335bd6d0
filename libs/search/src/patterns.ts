import { normalised } from './normalised';

/** Longer than anybody types; what comes after is not looked at. */
const MOST_CHARACTERS = 200;
const MOST_WORDS = 8;

const meaningful = /[.*+?^$()[\]{}|\\]/g;
/** Two sounds, and at least one more, of which each may be lengthened. */
const longerWord = /([ぁ-ゖ][ぁ-ゖー])([ぁ-ゖー]+)/g;
const lengthened = /([ぁ-ゖ])ー*/g;

/** Stands in a word where the mark of a long vowel may be. No word has it: control characters set words apart. */
const MAYBE_LONG = '\u0000';

const wordsOf = (question: string): readonly string[] =>
  question
    .slice(0, MOST_CHARACTERS)
    .split(/[\s\u0000-\u001f]+/u)
    .map((word) => normalised(word).text)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
    .map((word) =>
      word.replace(longerWord, (_, start: string, rest: string) => start + rest.replace(lengthened, `$1${MAYBE_LONG}`)),
    );

/**
 * The words of a question, each as a regular expression, for PostgreSQL as for JavaScript, over normalised texts. All of them have to be
 * found. サーバ and サーバー are one word, and so are サーバルーム and サーバールーム: from the third sound on the mark of a long vowel may be there or
 * not. In short words it makes another word (キー, ビル), and has to be as it was asked for.
 */
export const patternsOf = (question: string): readonly string[] => wordsOf(question).map(patternOf);

const patternOf = (word: string): string => word.replace(meaningful, '\\$&').replaceAll(MAYBE_LONG, 'ー*');

/**
 * The same for LIKE, which is ten times as fast: what every text that has the words is like. `inexact` are the patterns of those words that
 * it cannot say, because a long vowel may be inside.
 */
export const likenessOf = (
  question: string,
): { readonly likes: readonly string[]; readonly inexact: readonly string[] } => {
  const words = wordsOf(question);
  return {
    likes: words.map((word) => `%${word.replace(/[%_\\]/g, '\\$&').replaceAll(MAYBE_LONG, '%')}%`),
    inexact: words.filter((word) => word.slice(0, -1).includes(MAYBE_LONG)).map(patternOf),
  };
};
