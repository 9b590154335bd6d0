import type { EventStore, LogPosition } from '@app/event-sourcing';
import { checkReadModels, rebuildReadModels, type RebuildProgress } from '@app/projections';
import { readModels } from '@app/runtime';
import { CommandFailed, print, withInstallation } from './installation';
import { progressOf } from './progress';

type Options = { readonly check?: boolean; readonly json?: boolean };

/** Makes the read models anew from the log; with `--check` only says whether that would leave them as they are. */
export const rebuildProjections = async (wanted: readonly string[], { check, json }: Options): Promise<void> => {
  const known = readModels.map(({ name }) => name);
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new CommandFailed(
      `${unknown.join('、')}という読み取りモデルはありません。次の中から指定してください：${known.join('、')}\n` +
        `There is no read model ${unknown.join(', ')}. These there are: ${known.join(', ')}`,
    );
  }
  const chosen = readModels.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const names = chosen.map(({ name }) => name);
  await withInstallation(async (installation) => {
    const progress = progressOf(check ? '読み取りモデルの照合' : '読み取りモデルの作り直し');
    const shareAt = await shareOfLog(installation.store);
    let read = 0;
    const onProgress = ({ events, position }: RebuildProgress) => {
      progress.show((read = events), shareAt(position));
    };
    const startedAt = performance.now();
    if (check) {
      const different = await checkReadModels(installation, chosen, onProgress).finally(progress.end);
      if (json) print({ checked: names, different });
      else print(names.map((name) => `${different.includes(name) ? '相違あり' : '一致'}  ${name}`).join('\n'));
      if (different.length > 0) {
        throw new CommandFailed(
          '作り直した結果と異なる読み取りモデルがあります。projections rebuild で作り直してください。\n' +
            'Some read models differ from what the log gives. Make them anew with projections rebuild.',
        );
      }
      return;
    }
    await rebuildReadModels(installation, chosen, onProgress).finally(progress.end);
    if (json) print({ rebuilt: names, events: read, seconds: (performance.now() - startedAt) / 1000 });
    else print([...names.map((name) => `作り直しました：${name}`), `読み取ったイベント：${read}件`].join('\n'));
  });
};

/** How much of the log lies before a position, more or less: positions are padded numbers with gaps between them. */
const shareOfLog = async (store: EventStore): Promise<(position: LogPosition) => number> => {
  const [[first], head] = await Promise.all([store.readAll(null, 1), store.head()]);
  const numberOf = (position: LogPosition) => BigInt(position.replaceAll(/\D/g, ''));
  if (!first || head === null) return () => 1;
  const [begin, end] = [numberOf(first.position), numberOf(head)];
  return (position) => (end > begin ? Number(numberOf(position) - begin) / Number(end - begin) : 1);
};
