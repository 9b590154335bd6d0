import { TOKYO, type Matter } from '@app/calendar';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { reminderView } from './contract';
import { everyLedgerEntry, type LedgerFilters } from './ledger';

const columns = [
  '通知ID',
  '対象',
  '事由',
  '期限',
  '段階',
  '兼ねる段階',
  '停止中',
  '検知日時',
  '送り先',
  '区分',
  '状態',
  '送信日時',
  'Message-ID',
  'メールサーバーの応答',
  '対応の記録',
  '送信の経過',
] as const;

const states = {
  waiting: '送信待ち',
  sent: '送信済み',
  failed: '送信できず',
  unneeded: '送信不要（送る前に更新・完了など）',
} as const;
const outcomes = { sent: '送信', refused: '拒否・返送', failed: '断念' } as const;
const escalations = {
  unacknowledged: 'エスカレーション（未対応）',
  undeliverable: 'エスカレーション（不達）',
} as const;

/** What fell due. */
const matters: Readonly<Record<Matter, string>> = {
  renewal: '有効期限',
  application: '更新申請',
  decision: '更新申請の結果の確認',
  surveillance: '維持審査',
  renewalAudit: '更新審査',
  audit: '実施',
  followUp: '対応事項',
};

/** The ledger as a table, a line per mail, read some at a time: RFC 4180, UTF-8 with the mark that spreadsheets look for. */
export async function* ledgerCsv(dataSource: DataSource, filters: LedgerFilters): AsyncGenerator<string> {
  yield `\uFEFF${lineOf(columns)}`;
  for await (const entry of everyLedgerEntry(dataSource, filters)) yield linesOf(entry);
}

const linesOf = (entry: z.infer<typeof reminderView>): string => {
  const { rungId, about, matter, part, dueOn, label, collapsed, missed, at, deliveries, acknowledged } = entry;
  const what = part === null ? matters[matter] : `${matters[matter]}：${part}`;
  const seen = acknowledged ? `${acknowledged.by.name}（${localTime(acknowledged.at)}）` : '';
  return deliveries
    .map(({ name, escalation, state, at: sentAt, messageId, answer, attempts }) =>
      lineOf([
        ...[rungId, about.title, what, dueOn, label, collapsed.join('、'), missed ? '停止中の分' : ''],
        ...[localTime(at), name],
        ...[escalation ? escalations[escalation] : '', states[state], sentAt ? localTime(sentAt) : ''],
        ...[messageId ?? '', answer ?? '', seen],
        attempts
          .map((attempt) => `${localTime(attempt.at)} ${outcomes[attempt.outcome]} ${attempt.answer}`)
          .join(' / '),
      ]),
    )
    .join('');
};

const lineOf = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\r\n`;

/** Spreadsheets take what begins with one of these for a formula, and would carry it out; Japanese ones also in full width. */
const cellOf = (text: string): string => `"${text.replace(/^[=+\-@＝＋－＠\t\r\n]/, "'$&").replaceAll('"', '""')}"`;

const localTime = (instant: string): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: TOKYO }).format(
    new Date(instant),
  );
