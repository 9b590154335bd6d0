import type { Block } from '@app/content';
import { excerpt, type Report } from './anomalies';

/**
 * Lines with tabs between the cells, as they come out of a slide: merged cells have left empty cells to their right,
 * `<b>` is bold, two blanks end a line. The first row and the first column are headings.
 */
export const tabTable = (lines: readonly string[], firstLine: number, report: Report): Block => {
  const rows = lines.map((line) => line.split('\t').map((cell) => cell.trim()));
  const width = Math.max(...rows.map((row) => row.length));
  return {
    type: 'table',
    content: rows.map((row, r) => ({
      type: 'tableRow',
      content: cellsOf(row, r, width, firstLine + r, report),
    })),
  };
};

type Draft = { readonly text: string; readonly column: number; colspan: number };

const cellsOf = (row: readonly string[], r: number, width: number, line: number, report: Report): readonly Block[] => {
  const drafts: Draft[] = [];
  for (let column = 0; column < width; column++) {
    const text = row[column] ?? '';
    const left = drafts.at(-1);
    // Only the body of a table, and only beside a cell that says something: an empty first cell is just empty.
    const merged = text === '' && r > 0 && left !== undefined && left.column > 0 && left.text !== '';
    if (merged) left.colspan++;
    else drafts.push({ text, column, colspan: 1 });
  }
  return drafts.map(({ text, column, colspan }) => {
    if (colspan > 1) {
      report(
        'COLSPAN_INFERRED',
        line,
        `右隣が空のため、セル「${excerpt(plain(text))}」は横${colspan}列の結合と推定しました。元の表と合っているか確かめてください。`,
      );
    }
    return {
      type: r === 0 || column === 0 ? 'tableHeader' : 'tableCell',
      attrs: { colspan, rowspan: 1 },
      content: cellContent(text, r > 0, line, report),
    };
  });
};

const plain = (text: string): string => text.replace(/<\/?b>/gi, '');

/**
 * A single blank between Japanese letters is where the slide broke the line, and goes; but between two kanji it may
 * as well end a phrase (「責任 弊社」), and stays.
 */
const fold = /(?<=[^\x00-\x7f](?:<\/?b>)?) (?=(?:<\/?b>)?[^\x00-\x7f])/gi;
const unclear = /(?<=\p{Script=Han}(?:<\/?b>)?) (?=(?:<\/?b>)?\p{Script=Han})/giu;

const folded = (text: string): string => text.replace(unclear, '\u0000').replace(fold, '').replaceAll('\u0000', ' ');

const cellContent = (text: string, reportFolds: boolean, line: number, report: Report): readonly Block[] => {
  if (/<\/?b>/i.test(text))
    report('HTML_IN_CELL', line, `セル「${excerpt(plain(text))}」の中の <b> を太字にしました。`);
  const paragraphs = text.split(/\s{2,}/).filter((part) => part.trim() !== '');
  if (reportFolds && paragraphs.some((part) => part.trim().search(fold) !== -1)) {
    const kept = paragraphs.some((part) => part.trim().search(unclear) !== -1) ? '（漢字の間の空白は残しました）' : '';
    report(
      'CELL_SPACE_UNCLEAR',
      line,
      `セル「${excerpt(plain(text))}」の中の空白は折り返しの跡とみて詰めました${kept}。改行や区切りでなかったか確かめてください。`,
    );
  }
  if (paragraphs.length === 0) return [{ type: 'paragraph' }];

  let bold = false;
  return paragraphs.map((part) => {
    const content: Block[] = [];
    for (const piece of folded(part.trim()).split(/(<\/?b>)/i)) {
      if (/^<\/?b>$/i.test(piece)) bold = !piece.startsWith('</');
      else content.push(...textNode(content.length === 0 ? piece.trimStart() : piece, bold));
    }
    return paragraphOrNote(content);
  });
};

const textNode = (text: string, bold: boolean): readonly Block[] =>
  text === '' ? [] : [{ type: 'text', text, ...(bold ? { marks: [{ type: 'bold' }] } : {}) }];

const paragraphOrNote = (content: readonly Block[]): Block => {
  const [first, ...rest] = content;
  const text = first?.text ?? '';
  if (first === undefined || !text.startsWith('※')) return { type: 'paragraph', content };
  return { type: 'note', content: [...textNode(text.replace(/^※\s*/, ''), (first.marks ?? []).length > 0), ...rest] };
};
