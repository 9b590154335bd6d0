import { normalised } from './normalised';

/** Longer than anybody types; what comes after is not looked at. */
const MOST_CHARACTERS = 200;
const MOST_WORDS = 8;

const meaningful = /[.*+?^$()[\]{}|\\]/g;
/** Two sounds, and at least one more, of which each may be lengthened. */
const longerWord = /([ぁ-ゖ][ぁ-ゖー])([ぁ-ゖー]+)/g;
const lengthened = /([ぁ-ゖ])ー*/g;

/** The words of a question, each as a pattern over normalised texts. All of them have to be found. */
export const patternsOf = (question: string): readonly string[] =>
  question
    .slice(0, MOST_CHARACTERS)
    .split(/[\s\u0000-\u001f]+/u)
    .map((word) => normalised(word).text)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
    .map(patternOf);

/**
 * A regular expression, for PostgreSQL as for JavaScript, that finds a normalised word. サーバ and サーバー are one word, and so are
 * サーバルーム and サーバールーム: from the third sound on the mark of a long vowel may be there or not. In short words it makes another word
 * (キー, ビル), and has to be as it was asked for.
 */
export const patternOf = (word: string): string =>
  word
    .replace(meaningful, '\\$&')
    .replace(longerWord, (_, start: string, rest: string) => start + rest.replace(lengthened, '$1ー*'));
