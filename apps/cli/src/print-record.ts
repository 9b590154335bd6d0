import { recordText, signatureRecordOf } from '@app/disclosures';
import { ChainBroken } from '@app/event-sourcing';
import { disclosureIdOf } from './disclosure-id';
import { CommandFailed, print, withInstallation } from './installation';

type Options = { readonly edition: string; readonly json?: boolean };

/** Prints all that was signed on the way to an edition, from the log itself. */
export const printRecord = async (disclosure: string, { edition, json }: Options): Promise<void> => {
  if (!/^\d{1,6}$/.test(edition)) {
    throw new CommandFailed(`版の番号「${edition}」は数字ではありません。--edition 7 のように指定してください。`);
  }
  await withInstallation(async ({ store, dataSource }) => {
    const id = await disclosureIdOf(dataSource, disclosure);
    const events = await store.readVerified(`disclosure-${id}`).catch((error: unknown) => {
      if (!(error instanceof ChainBroken)) throw error;
      throw new CommandFailed(
        `この開示書の記録は、${error.version}番目のイベントから保存時のものと一致しないため、署名の証拠として示せません。kaijisho log verify で記録全体を検証してください。\n` +
          `The record of this disclosure is not what was recorded, from event ${error.version} on. Run kaijisho log verify.`,
      );
    });
    const record = signatureRecordOf(events, Number(edition));
    if (record === null) {
      throw new CommandFailed(
        `開示書「${disclosure}」に、第${edition}版への改訂の記録はありません。ID または公開名と、版の番号を確かめてください。`,
      );
    }
    print(json ? record : recordText(record));
  });
};
