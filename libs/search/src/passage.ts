import { normalised } from './normalised';

/** A piece of a text as it was written, and whether it is what was asked for. */
export type Run = { readonly text: string; readonly marked: boolean };
type Range = { readonly start: number; readonly end: number };

const BEFORE = 30;
const AFTER = 110;

/** Where the patterns are found in a text, in the order of the text, none touching another. Pure. */
export const found = (written: string, patterns: readonly string[]): readonly Range[] => {
  if (patterns.length === 0) return [];
  const { text, starts, ends } = normalised(written);
  const ranges = patterns
    .flatMap((pattern) => [...text.matchAll(new RegExp(pattern, 'g'))])
    .map(({ 0: piece, index }) => ({ start: starts[index] ?? 0, end: ends[index + piece.length - 1] ?? 0 }))
    .toSorted((one, other) => one.start - other.start);
  const apart: Range[] = [];
  for (const range of ranges) {
    const last = apart.at(-1);
    if (last && range.start <= last.end) apart[apart.length - 1] = { ...last, end: Math.max(last.end, range.end) };
    else apart.push(range);
  }
  return apart;
};

/** The whole text with what was found marked. Pure. */
export const marked = (written: string, patterns: readonly string[]): readonly Run[] =>
  runsOf(written, found(written, patterns), 0, written.length);

/** The first place where something was found with what stands around it; the beginning where nothing was. Pure. */
export const passage = (written: string, patterns: readonly string[]): readonly Run[] => {
  const ranges = found(written, patterns);
  const first = ranges[0] ?? { start: 0, end: 0 };
  const line = written.lastIndexOf('\n', first.start - 1) + 1;
  const from = first.start - line <= BEFORE ? line : whole(written, first.start - BEFORE);
  const to = whole(written, Math.min(written.length, Math.max(first.end, first.start + AFTER)));
  return [
    ...(from > 0 ? [{ text: '…', marked: false }] : []),
    ...runsOf(written, ranges, from, to),
    ...(to < written.length ? [{ text: '…', marked: false }] : []),
  ];
};

const runsOf = (written: string, ranges: readonly Range[], from: number, to: number): readonly Run[] => {
  const runs: Run[] = [];
  let at = from;
  const upTo = (end: number, isMarked: boolean): void => {
    if (end > at) runs.push({ text: written.slice(at, end), marked: isMarked });
    at = Math.max(at, end);
  };
  for (const { start, end } of ranges) {
    upTo(Math.min(start, to), false);
    if (start < to) upTo(Math.min(end, to), true);
  }
  upTo(to, false);
  return runs;
};

/** Not between the halves of a character. */
const whole = (written: string, at: number): number => (/[\udc00-\udfff]/.test(written.charAt(at)) ? at - 1 : at);
