import { PostgresBlobStore } from '@app/blob-store';
import { PublishedEdition, PublishedEditionHandler } from '@app/disclosures';
import { proofText } from '@app/proof';
import {
  Appearances,
  closePdfPool,
  editionDocx,
  editionHtml,
  editionJson,
  editionMarkdown,
  EditionPdfs,
  EditionProofs,
  NotSealedYet,
} from '@app/publishing';
import { writeFile } from 'node:fs/promises';
import { CommandFailed, withInstallation } from './installation';

type Options = { readonly edition?: string; readonly format: string; readonly output?: string };

/** `pdf-16x9`: pages for a screen. `proof`: what shows a stranger that the edition is as it was published. */
const formats: readonly string[] = ['pdf', 'pdf-16x9', 'docx', 'html', 'json', 'md', 'proof'];

export const exportEdition = async (disclosure: string, { edition, format, output }: Options): Promise<void> => {
  if (!formats.includes(format)) {
    throw new CommandFailed(`形式「${format}」はありません。${formats.join(', ')} から選んでください。`);
  }
  if (edition !== undefined && !/^\d{1,6}$/.test(edition)) {
    throw new CommandFailed(`版の番号「${edition}」は数字ではありません。--edition 6 のように指定してください。`);
  }
  if (/^(pdf|docx)/.test(format) && output === undefined && process.stdout.isTTY) {
    throw new CommandFailed('PDF と Word は画面に表示できません。-o ファイル名 で書き出し先を指定してください。');
  }
  await withInstallation(async ({ dataSource, store, settings }) => {
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
    const contentOf = async (): Promise<string | Uint8Array> => {
      if (format === 'json') return editionJson(view);
      if (format === 'md') return editionMarkdown(view);
      if (format === 'html') return editionHtml(document, await new Appearances(store).of(view));
      if (format === 'docx') return editionDocx(document, await new Appearances(store).of(view));
      if (format === 'proof') {
        const proof = await new EditionProofs(dataSource, store).toHead(view);
        if (proof === null)
          throw new CommandFailed(
            'この版の記録はまだ封印されていないため、証明がありません。ワーカーを動かしてから、もう一度お試しください。',
          );
        return proofText(proof);
      }
      const asked = { layout: format === 'pdf' ? 'a4' : 'wide', publicUrl: settings.publicUrl } as const;
      return (await new EditionPdfs(dataSource, blobs, store).of(view, asked)).bytes;
    };
    try {
      const content = await contentOf().catch((error: unknown) => {
        if (error instanceof NotSealedYet)
          throw new CommandFailed(
            'この版の記録はまだ封印されていないため、PDFを書き出せません。ワーカーが動いているかを確かめてください。',
          );
        throw error;
      });
      if (output === undefined) process.stdout.write(content);
      else await writeFile(output, content);
    } finally {
      await closePdfPool();
    }
  });
};
