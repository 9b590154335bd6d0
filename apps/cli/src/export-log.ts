import { exportLog } from '@app/log-archive';
import { waitForPosition } from '@app/projections';
import { outboxProjections } from '@app/runtime';
import { print, withInstallation } from './installation';
import { movedOrFailed } from './moved-or-failed';
import { progressOf } from './progress';

type Options = { readonly json?: boolean };

/** Writes the log to a file from which another installation can be filled. */
export const exportLogTo = async (file: string, { json }: Options): Promise<void> => {
  await withInstallation(async ({ store, dataSource, settings }) => {
    const progress = progressOf('記録の書き出し');
    const exported = await movedOrFailed(file, exportLog(store, file, progress.show)).finally(progress.end);

    const { events, alreadyWritten, head, sha256 } = exported;
    const outbox = outboxProjections({ store, ...settings }).map(({ name }) => name);
    // An import never mails what is in the log.
    const mailsWritten = head === null || (await waitForPosition(dataSource, outbox, head, 0));
    if (json) print({ file, ...exported, mailsWritten });
    else {
      print(
        `書き出しました：${file}（イベント${events}件${alreadyWritten > 0 ? `、うち前回までに${alreadyWritten}件` : ''}）`,
      );
      print(`記録の末尾 ${head ?? '（空）'}`);
      print(`SHA-256 ${sha256}`);
    }
    if (!mailsWritten) {
      console.error(
        '書き出した記録には、通知メールがまだ作られていないものがあります。引っ越しのための書き出しなら、api を止め、worker が追いついてから、もう一度書き出してください。\n' +
          'Some mails about what was exported have not been written yet. To move the installation, stop the api, let the worker catch up, and export again.',
      );
    }
  });
};
