import { recordText, signatureRecordOf } from '@app/disclosures';
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
    const record = signatureRecordOf(await store.read(`disclosure-${id}`), Number(edition));
    if (record === null) {
      throw new CommandFailed(
        `開示書「${disclosure}」に、第${edition}版への改訂の記録はありません。ID または公開名と、版の番号を確かめてください。`,
      );
    }
    print(json ? record : recordText(record));
  });
};
