import type { Report } from './anomalies';
import { dateIn, editionNumberIn } from './japanese-text';

export type HistoryRow = {
  readonly number: number;
  readonly issuedOn: string;
  readonly historyText: string;
  readonly line: number;
};

/** The rows of 改訂履歴 (版数, 発行日, 改訂履歴) below their head; 「 ・」 in a text begins a line of its own. */
export const readHistory = (
  rows: readonly (readonly string[])[],
  line: number,
  report: Report,
): readonly HistoryRow[] =>
  rows.slice(1).flatMap((row, i) => {
    const [numberText = '', dateText = '', ...texts] = row;
    const number = editionNumberIn(numberText) ?? editionNumberIn(`第${numberText}版`);
    const issuedOn = dateIn(dateText);
    const at = line + i + 1;
    if (number === null || issuedOn === null) {
      report(
        'HISTORY_ROW_UNREADABLE',
        at,
        `改訂履歴の行「${row.join('　')}」の版数または発行日を読み取れません。取り込んでいないので、書き足してください。`,
      );
      return [];
    }
    const historyText = texts
      .filter((text) => text !== '')
      .join('\n')
      .replace(/[ \u3000]+(?=・)/g, '\n');
    return [{ number, issuedOn, historyText, line: at }];
  });
