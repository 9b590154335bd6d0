import { blameViewOf, lifeOf, meaningNames, signerName, type BlameView } from '@app/disclosures';
import { disclosureIdOf } from './disclosure-id';
import { CommandFailed, print, withInstallation } from './installation';
import { timeInTokyo } from './show-disclosure';

type Options = { readonly edition?: string; readonly json?: boolean };

/** Prints for each block of an item who wrote it, when, and who signed it. */
export const blameItem = async (disclosure: string, item: string, { edition, json }: Options): Promise<void> => {
  if (edition !== undefined && !/^\d{1,6}$/.test(edition)) {
    throw new CommandFailed(`版の番号「${edition}」は数字ではありません。--edition 7 のように指定してください。`);
  }
  await withInstallation(async ({ store, dataSource }) => {
    const id = await disclosureIdOf(dataSource, disclosure);
    const life = await lifeOf(store, id);
    const blame = blameViewOf(life, id, item, edition === undefined ? 'now' : { edition: Number(edition) });
    if (blame === null) {
      throw new CommandFailed(
        `開示書「${disclosure}」に、その版の項目「${item}」はありません。ID または公開名、項目（例：II-4）、版の番号を確かめてください。\n` +
          `There is no item ${item} of ${disclosure} in that edition. Check the name, the item (for example II-4) and the edition.`,
      );
    }
    print(json ? blame : inWords(blame));
  });
};

const verbs = { imported: '取込', revised: '編集', restored: '復元' } as const;

const inWords = ({ partNumber, number, title, blocks, signatures }: BlameView): string =>
  [
    `${partNumber}-${number}. ${title}`,
    ...blocks.flatMap(({ text, origin, signatures: covering }) => {
      const { by, at, kind, editionNumber, version, restoredFrom } = origin;
      const from = restoredFrom === null ? '' : `、記録${restoredFrom}から`;
      const newest = signatures[covering.at(-1) ?? -1];
      const last = covering
        .flatMap((index) => signatures[index] ?? [])
        .filter((signature) => signature.editionNumber === newest?.editionNumber)
        .map((signature) => `${meaningNames[signature.meaning].ja} ${signerName(signature)}`);
      return [
        '',
        text,
        `    ${by.name}　${timeInTokyo(at)}　第${editionNumber}版　${verbs[kind]}${from}　記録${version}`,
        newest
          ? `    署名：第${newest.editionNumber}版　${last.join('、')}（全${covering.length}件）`
          : '    署名：なし',
      ];
    }),
  ].join('\n');
