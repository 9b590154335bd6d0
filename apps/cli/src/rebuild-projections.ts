import { checkable, checkProjections, rebuildProjection } from '@app/projections';
import { readModels } from '@app/runtime';
import { CommandFailed, print, withInstallation } from './installation';

type Options = { readonly check?: boolean; readonly json?: boolean };

/** Rebuilds the read models from the log; with `--check` only says whether a rebuild would end as they are. */
export const rebuildProjections = async ({ check, json }: Options): Promise<void> => {
  await withInstallation(async ({ store, dataSource }) => {
    if (check) {
      const different = await checkProjections({ store, dataSource, projections: readModels });
      const names = readModels.filter(checkable).map(({ name }) => name);
      if (json) print({ checked: names, different });
      else print(names.map((name) => `${different.includes(name) ? '相違あり' : '一致'}  ${name}`).join('\n'));
      if (different.length > 0) {
        throw new CommandFailed(
          '作り直した結果と異なる読み取りモデルがあります。projections rebuild で作り直してください。',
        );
      }
      return;
    }
    const rebuilt: { name: string; events: number; seconds: number }[] = [];
    for (const projection of readModels) {
      const startedAt = performance.now();
      let events = 0;
      await rebuildProjection({ store, dataSource }, projection, (progress) => {
        events = progress.events;
        if (process.stderr.isTTY) process.stderr.write(`\r${projection.name}  ${events} 件`);
      });
      if (process.stderr.isTTY) process.stderr.write('\n');
      rebuilt.push({ name: projection.name, events, seconds: (performance.now() - startedAt) / 1000 });
    }
    if (json) print({ rebuilt });
    else print(rebuilt.map(({ name, events }) => `作り直しました：${name}（${events}件）`).join('\n'));
  });
};
