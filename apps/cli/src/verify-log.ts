import { headText, parseHead, verifyLog as verify, type Head, type Verification } from '@app/sealing';
import { CommandFailed, print, withInstallation } from './installation';
import { progressOf } from './progress';

type Options = { readonly from?: string; readonly pinned?: string; readonly json?: boolean };

/** Recomputes chains and seals from the log, and names the first thing that does not hold. Then the exit code is 1. */
export const verifyLog = async ({ from, pinned, json }: Options): Promise<void> => {
  const request = {
    from: from === undefined ? 1 : sealNumberOf(from),
    pinned: pinned === undefined ? undefined : headOf(pinned),
  };
  await withInstallation(async ({ store, dataSource }) => {
    const progress = progressOf('記録の検証');
    const answer = await verify({ store, dataSource, ...request, onProgress: ({ events }) => progress.show(events) })
      .catch((error: unknown) => {
        if (error instanceof RangeError)
          throw new CommandFailed(
            `封印${request.from - 1}がないため、封印${request.from}からは検証できません。--from を付けずに実行すると、最新の封印の番号が分かります。\n` +
              `There is no seal ${request.from - 1} for seal ${request.from} to follow on. Without --from, the number of the newest seal is printed.`,
          );
        throw error;
      })
      .finally(progress.end);
    if (json) print(answer);
    else if (answer.finding === null) print(summaryOf(answer));
    if (answer.finding !== null) throw new CommandFailed(`${answer.finding.ja}\n${answer.finding.en}`);
  });
};

const sealNumberOf = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new CommandFailed(
      `「${text}」は封印の番号ではありません。12 のように指定してください。\n“${text}” is no number of a seal: give one such as 12.`,
    );
  return Number(text);
};

const headOf = (text: string): Head => {
  const head = parseHead(text);
  if (head === null)
    throw new CommandFailed(
      '控えの形が正しくありません。12:3fa9… のように、封印の番号と64桁のハッシュで指定してください。\n' +
        'This is no head: give the number of a seal and its hash of 64 digits, such as 12:3fa9….',
    );
  return head;
};

const summaryOf = ({ events, unsealed, streams, seals, head, keys }: Verification): string =>
  [
    `記録は無傷です：イベント${events}件（うち未封印${unsealed}件）、ストリーム${streams}本、封印${seals}個`,
    ...keys.map(({ id, firstSeal, lastSeal }) => `鍵 ${id}（封印${firstSeal}～${lastSeal}）`),
    ...(head ? [`最新の封印 ${headText(head)}`] : []),
    ...(unsealed > 0 ? ['未封印のイベントは、ストリームごとの連鎖だけを確かめました。'] : []),
  ].join('\n');
