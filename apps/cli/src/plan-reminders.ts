import { isLocalDate, localDateOf } from '@app/calendar';
import { remindersPlan } from '@app/reminders';
import { CommandFailed, print, withInstallation } from './installation';

type Options = { readonly asOf?: string; readonly json?: boolean };

export const planReminders = async ({ asOf = localDateOf(new Date()), json }: Options): Promise<void> => {
  if (!isLocalDate(asOf))
    throw new CommandFailed(`「${asOf}」は日付ではありません。2026-04-01 のように指定してください。`);
  await withInstallation(async ({ store, dataSource }) => {
    const planned = await remindersPlan({ store, dataSource }, asOf);
    if (json) return print(planned);
    if (planned.length === 0) return print('予定されている通知はありません。');
    print(
      planned
        .map(({ sendOn, label, about, dueOn }) => `${sendOn}  ${label}  ${about.title}（期限 ${dueOn}）`)
        .join('\n'),
    );
  });
};
