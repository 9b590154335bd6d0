import { isLocalDate } from '@app/calendar';
import { everyLedgerEntry } from '@app/reminders';
import { CommandFailed, print, withInstallation } from './installation';

type Options = { readonly from?: string; readonly to?: string; readonly json?: boolean };

/** Prints the ledger of reminders, the newest first, some at a time: it may be long. */
export const printLedger = async ({ from, to, json }: Options): Promise<void> => {
  for (const date of [from, to])
    if (date !== undefined && !isLocalDate(date))
      throw new CommandFailed(`「${date}」は日付ではありません。2026-04-01 のように指定してください。`);
  await withInstallation(async ({ dataSource }) => {
    let printed = 0;
    if (json) process.stdout.write('[');
    for await (const entry of everyLedgerEntry(dataSource, { from, to })) {
      if (json) process.stdout.write(`${printed === 0 ? '\n' : ',\n'}${JSON.stringify(entry, null, 2)}`);
      else
        print(
          `${entry.at}  ${entry.label}  ${entry.about.title}（期限 ${entry.dueOn}）  ` +
            entry.deliveries.map(({ name, state }) => `${name}：${states[state]}`).join('、'),
        );
      printed++;
    }
    if (json) process.stdout.write(printed === 0 ? ']\n' : '\n]\n');
    else if (printed === 0) print('送付台帳に記録はありません。');
  });
};

const states = { waiting: '送信待ち', sent: '送信済み', failed: '送信できず' } as const;
