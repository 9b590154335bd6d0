import { isLocalDate } from '@app/calendar';
import { everyLedgerEntry } from '@app/reminders';
import { CommandFailed, withInstallation } from './installation';
import { printList } from './print-list';

type Options = { readonly from?: string; readonly to?: string; readonly json?: boolean };

/** Prints the ledger of reminders, the newest first. */
export const printLedger = async ({ from, to, json = false }: Options): Promise<void> => {
  for (const date of [from, to])
    if (date !== undefined && !isLocalDate(date))
      throw new CommandFailed(`「${date}」は日付ではありません。2026-04-01 のように指定してください。`);
  await withInstallation(({ dataSource }) =>
    printList(everyLedgerEntry(dataSource, { from, to }), {
      json,
      line: ({ at, label, about, dueOn, deliveries }) =>
        `${at}  ${label}  ${about.title}（期限 ${dueOn}）  ` +
        deliveries.map(({ name, state }) => `${name}：${states[state]}`).join('、'),
      none: '送付台帳に記録はありません。',
    }),
  );
};

const states = { waiting: '送信待ち', sent: '送信済み', failed: '送信できず', unneeded: '送信不要' } as const;
