import { problemOf } from './problem';

/** Nest injection token of an `UnprintableIn`. */
export const UNPRINTABLE_IN = Symbol('UnprintableIn');

/** The characters of a text that the fonts of the printed edition lack. */
export type UnprintableIn = (text: string) => readonly string[];

/** What is printed in the edition has to be printable: after the signatures it is too late to mend it. `place`: where it stands, when that is not plain. */
export const refuseUnprintable = (unprintableIn: UnprintableIn, text: string, place?: string): void => {
  const characters = unprintableIn(text);
  if (characters.length === 0) return;
  throw problemOf(
    'UnprintableCharacters',
    {
      status: 422,
      ja: `${place === undefined ? '' : `${place}に、`}印刷できない文字があります：${characters.join(' ')}　別の文字に改めてから、もう一度行ってください。`,
      en: `These characters${place === undefined ? '' : ` of ${place}`} cannot be printed: ${characters.join(' ')} Replace them and do it again.`,
    },
    { characters },
  );
};
