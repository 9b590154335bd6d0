import { isLocalDate, localDateOf } from '@app/calendar';
import { remindersPlan } from '@app/reminders';
import { CommandFailed, withInstallation } from './installation';
import { printList } from './print-list';

type Options = { readonly asOf?: string; readonly json?: boolean };

export const planReminders = async ({ asOf = localDateOf(new Date()), json = false }: Options): Promise<void> => {
  if (!isLocalDate(asOf))
    throw new CommandFailed(`「${asOf}」は日付ではありません。2026-04-01 のように指定してください。`);
  await withInstallation((installation) =>
    printList(remindersPlan(installation, asOf), {
      json,
      line: ({ sendOn, label, about, dueOn, escalation }) =>
        `${sendOn}  ${label}${escalation ? '（対応の記録がない場合）' : ''}  ${about.title}（期限 ${dueOn}）`,
      none: '予定されている通知はありません。',
    }),
  );
};
