import { PostgresBlobStore } from '@app/blob-store';
import {
  ImportDisclosure,
  ImportDisclosureHandler,
  importProblems,
  previewOf,
  withUnprintable,
} from '@app/disclosures';
import { problemTextOf } from '@app/http';
import { importProblemText, readDisclosureFile, type ImportedDisclosure, type ImportProblem } from '@app/importing';
import { readPdfToImport, unprintableIn } from '@app/publishing';
import { basename, extname } from 'node:path';
import { v7 as newId } from 'uuid';
import { bytesOf } from './bytes-of';
import { proposeFile } from './propose-file';
import { CommandFailed, operator, operatorMetadata, print, withInstallation } from './installation';

type Options = {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly service?: string;
  /** A disclosure that there is: what differs is proposed to it. */
  readonly into?: string;
};

export const importFile = async (file: string, options: Options): Promise<void> => {
  const { dryRun, json, service, into } = options;
  if (into !== undefined) return proposeFile(file, into, options);
  const read = await readDisclosureFile(await bytesOf(file), basename(file), readPdfToImport);
  if (!read.ok) throw new CommandFailed(`${importProblemText(read.problem).ja}${wayFor(read.problem)}`);
  const imported = withUnprintable(read.disclosure, unprintableIn);
  if (dryRun) return print(json ? previewOf(imported) : summaryOf(imported));

  await withInstallation(async ({ store, dataSource }) => {
    const at = new Date().toISOString();
    const disclosureId = newId();
    const name = service ?? publicNameFor(file);
    const caller = { by: operator, at, metadata: operatorMetadata(at) };
    const blobs = new PostgresBlobStore(dataSource);
    for (const { bytes, mediaType } of imported.figures) await blobs.put(bytes, mediaType);
    const handled = await new ImportDisclosureHandler(store).execute(
      new ImportDisclosure(disclosureId, name, imported, caller),
    );
    if (handled.outcome === 'rejected') {
      throw new CommandFailed(
        `${problemTextOf(handled.rejection, importProblems).ja}（--service で公開名を指定できます）`,
      );
    }
    print(
      json
        ? { disclosureId, service: name, ...previewOf(imported) }
        : `${summaryOf(imported)}\n登録しました：${disclosureId}（公開名 ${name}）`,
    );
  });
};

/** What can be done with a file that is no disclosure by itself. */
const wayFor = (problem: ImportProblem): string =>
  problem.type === 'NotADisclosure' && problem.missing.every((sought) => sought === 'edition')
    ? '一部の項目だけのファイルは、--into で登録済みの開示書を指定すると、その編集として提案できます（--dry-run は付けません）。'
    : '';

/** A public name made from a file's name, as far as it has letters and digits in it. */
const publicNameFor = (file: string): string =>
  basename(file, extname(file))
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '') || 'disclosure';

const summaryOf = ({ title, serviceName, issuer, edition, editions, parts, anomalies }: ImportedDisclosure): string =>
  [
    `${title}（${serviceName}） 第${edition.number}版 ${edition.issuedOn}`,
    `発行者：${issuer.name}`,
    ...parts.map((part) => `第${part.number}部：${part.items.length}項目`),
    `改訂履歴：${editions.length}行`,
    `取込時の気づき：${anomalies.length}件`,
    ...anomalies.map(({ line, code, message }) => `  ${line > 0 ? `${line}行目` : '全体'}  ${code}  ${message}`),
  ].join('\n');
