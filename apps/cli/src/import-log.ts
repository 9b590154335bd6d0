import { importLog, type ImportLog } from '@app/log-archive';
import { outboxProjections } from '@app/runtime';
import { print, withInstallation } from './installation';
import { movedOrFailed } from './moved-or-failed';
import { progressOf } from './progress';

const steps = { verify: 'ファイルの検証', append: '記録の取り込み', compare: '取り込んだ記録の照合' };

type Options = { readonly json?: boolean };

/** Fills the empty log of a new installation from a file that `log export` has written. */
export const importLogFrom = async (file: string, { json }: Options): Promise<void> => {
  await withInstallation(async ({ store, dataSource, settings }) => {
    const outbox = outboxProjections({ store, ...settings }).map(({ name }) => name);
    let [step, progress] = ['verify', progressOf(steps.verify)];
    const onProgress: ImportLog['onProgress'] = (now, events, share) => {
      if (now !== step) {
        progress.end();
        [step, progress] = [now, progressOf(steps[now])];
      }
      progress.show(events, share);
    };
    const importing = importLog({ store, dataSource, path: file, outbox, onProgress });
    const imported = await movedOrFailed(file, importing).finally(() => progress.end());

    const { events, alreadyThere, sha256 } = imported;
    if (json) return print({ file, ...imported });
    if (alreadyThere === events) print(`すでに取り込まれています：${file}（イベント${events}件）`);
    else
      print(
        `取り込みました：${file}（イベント${events}件${alreadyThere > 0 ? `、うち前回までに${alreadyThere}件` : ''}）`,
      );
    print(`SHA-256 ${sha256}`);
  });
};
