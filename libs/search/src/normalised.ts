/** A text as it is searched, and where each of its UTF-16 units stands in the text that was written. */
export type Normalised = {
  readonly text: string;
  /** Of the cluster that the unit comes of: where it begins in the original, and where it ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
};

/**
 * A character with all that composes with it under NFKC: combining marks, half-width voicing marks, vowels and finals of
 * Hangul. Cut between two of them, a text normalises to the same as in one piece, and so a part of it is found in it.
 */
const clusters = /[^][\p{M}\uff9e\uff9f\u1160-\u11ff\u3131-\u318e\uffa0-\uffdc]*/gu;
/** What nobody sees: zero-width characters, soft hyphens, the choice among variants of a glyph. */
const unseen = /[\u00ad\u200b-\u200d\u2060\ufeff\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const katakana = /[ァ-ヶヽヾ]/g;
const dashes = /[‐-―−]/g;
/** Spaces set words apart for the eye; the ends of blocks and cells stay. */
const spaces = /[^\S\n\t]/gu;

/** Marks whose letter was a space: they would compose with the letter before it. */
const alone = /^\p{M}+/u;

const KATAKANA_TO_HIRAGANA = 0x60;

const ofCluster = (cluster: string): string =>
  cluster
    .replace(unseen, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/ς/g, 'σ')
    .replace(katakana, (letter) => String.fromCharCode(letter.charCodeAt(0) - KATAKANA_TO_HIRAGANA))
    .replace(dashes, '-')
    .replace(/〜/g, '~')
    .replace(spaces, '')
    .replace(alone, '');

/** Of clusters of one or two units; there are only so many. */
const known = new Map<string, string>();

const kept = (cluster: string): string => {
  const found = known.get(cluster);
  if (found !== undefined) return found;
  const made = ofCluster(cluster);
  if (cluster.length <= 2) known.set(cluster, made);
  return made;
};

/**
 * Full and half width, katakana and hiragana, capitals, dashes and spaces made one. The mark of a long vowel stays: see
 * `patternOf`. Pure.
 */
export const normalised = (written: string): Normalised => {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: cluster, index } of written.matchAll(clusters)) {
    const made = kept(cluster);
    text += made;
    for (let unit = 0; unit < made.length; unit++) {
      starts.push(index);
      ends.push(index + cluster.length);
    }
  }
  return { text, starts, ends };
};
