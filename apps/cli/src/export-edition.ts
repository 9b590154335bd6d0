import { PostgresBlobStore } from '@app/blob-store';
import { PublishedEdition, PublishedEditionHandler } from '@app/disclosures';
import { closePdfPool, editionJson, editionMarkdown, renderPdf } from '@app/publishing';
import { writeFile } from 'node:fs/promises';
import { CommandFailed, withInstallation } from './installation';

type Options = { readonly edition?: string; readonly format: string; readonly output?: string };

export const exportEdition = async (disclosure: string, { edition, format, output }: Options): Promise<void> => {
  if (!['pdf', 'json', 'md'].includes(format)) {
    throw new CommandFailed(`形式「${format}」はありません。pdf, json, md から選んでください。`);
  }
  if (edition !== undefined && !/^\d{1,6}$/.test(edition)) {
    throw new CommandFailed(`版の番号「${edition}」は数字ではありません。--edition 6 のように指定してください。`);
  }
  if (format === 'pdf' && output === undefined && process.stdout.isTTY) {
    throw new CommandFailed('PDF は画面に表示できません。-o ファイル名 で書き出し先を指定してください。');
  }
  await withInstallation(async ({ dataSource }) => {
    const handler = new PublishedEditionHandler(dataSource, () => new Date());
    const number = edition === undefined ? 'inForce' : Number(edition);
    const view =
      (await handler.execute(new PublishedEdition({ disclosureId: disclosure }, number))) ??
      (await handler.execute(new PublishedEdition({ service: disclosure }, number)));
    if (!view) {
      throw new CommandFailed(
        `開示書「${disclosure}」に、その版はありません。ID または公開名と、版の番号を確かめてください。`,
      );
    }
    const blobs = new PostgresBlobStore(dataSource);
    const document = { ...view, loadFigure: (sha256: string) => blobs.get(sha256) };
    try {
      const content =
        format === 'pdf' ? await renderPdf(document) : format === 'json' ? editionJson(view) : editionMarkdown(view);
      if (output === undefined) process.stdout.write(content);
      else await writeFile(output, content);
    } finally {
      await closePdfPool();
    }
  });
};
