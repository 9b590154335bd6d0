import { quoted } from '@app/disclosures/words';
import { inBoth } from '../messages/language';

export const messages = inBoth(
  {
    title: '開示書の取込',
    intro:
      '取り込むと、部・項目・表・改訂履歴に分けて読み取ります。まず読み取った結果を表示します。確かめるまで何も保存しません。',
    drop: 'ここにファイルを置くか、選んでください',
    formats:
      'Word（.docx）、PDF、Markdown（.md）、テキスト。Kaijisho で発行したPDFは、発行したときの本文のまま読み取ります。テキストの文字コードは UTF-8 のほか Shift_JIS、EUC-JP も読み取れます。',
    choose: 'ファイルを選ぶ',
    reading: (name: string): string => `${name} を読み取っています`,
    another: '別のファイルにする',
    read: '読み取った内容',
    serviceName: 'サービス',
    issuer: '発行者',
    edition: '版',
    contents: '内容',
    counts: (parts: number, items: number, tables: number, figures: number): string =>
      `${parts}部 ${items}項目・表 ${tables}・図 ${figures}`,
    source: 'ファイル',
    encoding: (encoding: string): string => (encoding === 'utf-8' ? 'UTF-8' : `${encoding} から UTF-8 に変換しました`),
    history: '改訂履歴',
    historyColumns: { edition: '版', issuedOn: '発行日', text: '改訂内容' },
    anomalies: (count: number): string => `確認が必要な箇所（${count}）`,
    noAnomalies: '読み取りに迷った箇所はありません。',
    anomaliesIntro:
      '読み取りに迷った箇所、補った箇所、ファイルに無かったものです。取り込んだ後も、開示書の画面で確かめながら直せます。',
    line: (line: number): string => (line === 0 ? '全体' : `${line}行目`),
    parts: '部と項目',
    openAll: 'すべて開く',
    closeAll: 'すべて閉じる',
    emptyItem: '本文がありません。',
    doImport: 'この内容で取り込む',
    service: '公開アドレスの名前',
    serviceHelp: '半角の英小文字・数字・ハイフン。公開後は変えられません。',
    serviceWrong: '半角の英小文字・数字・ハイフンで、英数字で始めて英数字で終えてください（62文字まで）。',
    done: (title: string): string => `${quoted(title)}を取り込みました。`,
  },
  {
    title: 'Import a disclosure',
    intro:
      'Parts, items, tables and revision history are read and shown first. Nothing is stored until you have looked at it.',
    drop: 'Drop a file here, or choose one',
    formats:
      'Word (.docx), PDF, Markdown (.md) or text. A PDF that Kaijisho printed is read exactly; of text UTF-8, Shift_JIS and EUC-JP are read.',
    choose: 'Choose a file',
    reading: (name) => `Reading ${name}`,
    another: 'Another file',
    read: 'What was read',
    serviceName: 'Service',
    issuer: 'Issuer',
    edition: 'Edition',
    contents: 'Contents',
    counts: (parts, items, tables, figures) => `${parts} parts, ${items} items, ${tables} tables, ${figures} figures`,
    source: 'File',
    encoding: (encoding) => (encoding === 'utf-8' ? 'UTF-8' : `converted from ${encoding} to UTF-8`),
    history: 'Revision history',
    historyColumns: { edition: 'Edition', issuedOn: 'Issued', text: 'What was revised' },
    anomalies: (count) => `To be confirmed (${count})`,
    noAnomalies: 'Nothing was doubtful.',
    anomaliesIntro:
      'Where the reading was unsure, where something was mended, and what the file lacks. You can settle these after the import, beside the text.',
    line: (line) => (line === 0 ? 'whole file' : `line ${line}`),
    parts: 'Parts and items',
    openAll: 'Open all',
    closeAll: 'Close all',
    emptyItem: 'No text.',
    doImport: 'Import this',
    service: 'Name in the public address',
    serviceHelp: 'Lower-case letters, digits and hyphens. It cannot be changed once published.',
    serviceWrong:
      'Use lower-case letters, digits and hyphens, beginning and ending with a letter or digit (up to 62 characters).',
    done: (title) => `“${title}” was imported.`,
  },
);
