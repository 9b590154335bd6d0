import type { Report } from './anomalies';

/** The fence language that marks a table of lines with tabs between the cells. */
export const TAB_TABLE = 'x-tab-table';
const FENCE = '~~~~~~~~~~~~';

export type RepairedText = {
  readonly text: string;
  /** The line of the source for a line of the repaired text, both from 1. */
  readonly sourceLine: (line: number) => number;
};

/**
 * Text made by copying out of slides, so that Markdown understands it: blank lines are blank, tables of tabs are fenced,
 * a numbered line after a paragraph begins a list.
 */
export const repairLines = (source: string, report: Report): RepairedText => {
  const lines = source.split(/\r\n|[\n\r\u2028\u2029\f]/);
  const repaired: string[] = [];
  const numbers: number[] = [];
  const push = (line: string, number: number) => {
    repaired.push(line);
    numbers.push(number);
  };

  for (let i = 0; i < lines.length; i++) {
    const line = mendEscapes(lines[i] ?? '', i + 1, report);
    const end = endOfTabTable(lines, i);
    if (end > i + 1) {
      report(
        'TAB_TABLE',
        i + 1,
        `${i + 1}～${end}行目はタブ区切りの表として読み取りました。列の位置を確かめてください。`,
      );
      push('', i + 1);
      push(`${FENCE}${TAB_TABLE}`, i + 1);
      for (; i < end; i++) push(lines[i] ?? '', i + 1);
      push(FENCE, end);
      push('', end);
      i = end - 1;
      continue;
    }
    if (isSwallowed(line, repaired.at(-1))) {
      report(
        'NUMBERED_LINE_SWALLOWED',
        i + 1,
        `前の段落に続いて書かれた番号付きの行「${line.trim().slice(0, 20)}…」の前で段落を区切りました。`,
      );
      push('', i + 1);
    } else if (/^\d{1,2}[.．]\s/.test(line) && repaired.at(-1) !== '') {
      push('', i + 1);
    }
    push(/^\s*$/.test(line) ? '' : line.replace(/^(\s*)(\d{1,3})．\s*/, '$1$2. '), i + 1);
  }
  return { text: repaired.join('\n'), sourceLine: (line) => numbers[line - 1] ?? numbers.at(-1) ?? 0 };
};

/** `\\_` in a file is an underscore that was escaped twice. */
const mendEscapes = (line: string, number: number, report: Report): string => {
  if (!line.includes('\\\\_')) return line;
  report(
    'DOUBLE_ESCAPED_UNDERSCORE',
    number,
    '二重にエスケープされた「\\\\_」を「_」に戻しました。URL を確かめてください。',
  );
  return line.replaceAll('\\\\_', '_');
};

/** The line after the last of those with tabs between words that begin here; a table has at least two. */
const endOfTabTable = (lines: readonly string[], from: number): number => {
  const begins = /\S.*\t/.test(lines[from] ?? '');
  let end = from;
  while (begins && (lines[end] ?? '').includes('\t') && !indented.test(lines[end] ?? '')) end++;
  return end - from >= 2 ? end : from;
};

/** A list entry whose mark is followed by a tab: no table. */
const indented = /^\s*([-*+]|\d+[.)])?\t+[^\t]*$/;

/** In CommonMark only a list that starts at 1 can interrupt a paragraph; `3. …` would become a part of it. */
const isSwallowed = (line: string, before: string | undefined): boolean =>
  /^\d{1,2}[.．]\s/.test(line) && before !== undefined && before !== '' && !/^\s*([-*+]|\d+[.)．])\s|^#/.test(before);
