import { recordText, signatureRecordOf } from '@app/disclosures';
import { CommandFailed, print, withInstallation } from './installation';

type Options = { readonly edition: string; readonly json?: boolean };

/** Prints all that was signed on the way to an edition, from the log itself. */
export const printRecord = async (disclosure: string, { edition, json }: Options): Promise<void> => {
  if (!/^\d{1,6}$/.test(edition)) {
    throw new CommandFailed(`版の番号「${edition}」は数字ではありません。--edition 7 のように指定してください。`);
  }
  await withInstallation(async ({ store, dataSource }) => {
    const [named]: { id: string }[] = await dataSource.query(
      'select id from disclosure_view where id = $1 or service = $1 order by (id = $1) desc limit 1',
      [disclosure],
    );
    const record = signatureRecordOf(await store.read(`disclosure-${named?.id ?? disclosure}`), Number(edition));
    if (record === null) {
      throw new CommandFailed(
        `開示書「${disclosure}」に、第${edition}版への改訂の記録はありません。ID または公開名と、版の番号を確かめてください。`,
      );
    }
    print(json ? record : recordText(record));
  });
};
