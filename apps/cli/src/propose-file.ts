import { PostgresBlobStore } from '@app/blob-store';
import {
  proposalProblems,
  ProposeFile,
  ProposeFileHandler,
  proposedFileOf,
  type ProposedFileView,
} from '@app/disclosures';
import { problemTextOf } from '@app/http';
import { importProblemText, readItemsFile } from '@app/importing';
import { readPdfToImport } from '@app/publishing';
import { basename } from 'node:path';
import { v7 as newId } from 'uuid';
import { bytesOf } from './bytes-of';
import { disclosureIdOf } from './disclosure-id';
import { CommandFailed, operator, operatorMetadata, print, withInstallation } from './installation';

/** `import FILE --into DISCLOSURE`: what differs in the file waits for decisions in the product; nothing is edited. */
export const proposeFile = async (
  file: string,
  disclosure: string,
  { dryRun, json, service }: { readonly dryRun?: boolean; readonly json?: boolean; readonly service?: string },
): Promise<void> => {
  if (dryRun || service !== undefined)
    throw new CommandFailed('--into と --dry-run、--service は、いっしょに指定できません。');
  const bytes = await bytesOf(file);
  const read = await readItemsFile(bytes, basename(file), readPdfToImport);
  if (!read.ok) throw new CommandFailed(importProblemText(read.problem).ja);
  await withInstallation(async ({ store, dataSource }) => {
    const at = new Date().toISOString();
    const [id, fileId] = [await disclosureIdOf(dataSource, disclosure), newId()];
    const blobs = new PostgresBlobStore(dataSource);
    await blobs.put(bytes, read.file.source.mediaType);
    for (const figure of read.file.figures) await blobs.put(figure.bytes, figure.mediaType);
    const handled = await new ProposeFileHandler(store).execute(
      new ProposeFile(id, fileId, read.file, { by: operator, at, metadata: operatorMetadata(at) }),
    );
    if (handled.outcome === 'rejected') throw new CommandFailed(problemTextOf(handled.rejection, proposalProblems).ja);
    const proposed = await proposedFileOf(store, id, fileId);
    if (proposed) print(json ? { disclosureId: id, ...proposed } : summaryOf(proposed));
  });
};

const summaryOf = ({ fileName, proposals, unchanged, missing, anomalies }: ProposedFileView): string =>
  [
    `${fileName}：${proposals.length}件を提案しました。画面の［ファイルから取込］で、一件ずつ取り込むかどうかを決めてください。`,
    ...proposals.flatMap(({ item, inFile, difference }) => [
      item
        ? `${item.partNumber}-${item.number}　${item.title}`
        : `項目が未定　${inFile.partNumber}-${inFile.number}　${inFile.title}`,
      ...(difference?.blocks ?? [])
        .filter(({ kind }) => kind !== 'same')
        .map(({ runs }) => `  ${runs.map(({ kind, text }) => marked[kind](text)).join('')}`),
    ]),
    `同じ本文：${unchanged}項目`,
    ...missing.map(({ partNumber, number, title }) => `ファイルにない項目：${partNumber}-${number}　${title}`),
    `取込時の気づき：${anomalies.length}件`,
    ...anomalies.map(({ line, code, message }) => `  ${line > 0 ? `${line}行目` : '全体'}  ${code}  ${message}`),
  ].join('\n');

const marked = {
  same: (text: string) => text,
  removed: (text: string) => `［－${text}－］`,
  added: (text: string) => `［＋${text}＋］`,
};
