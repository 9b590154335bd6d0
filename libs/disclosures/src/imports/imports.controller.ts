import { BLOB_STORE, type BlobStore } from '@app/blob-store';
import {
  Allowed,
  Answers,
  orProblem,
  readRawBody,
  ReadCaller,
  UNPRINTABLE_IN,
  type Caller,
  type UnprintableIn,
} from '@app/http';
import { PDF_READER, readDisclosureFile, type Anomaly, type ImportedDisclosure, type PdfReader } from '@app/importing';
import { Controller, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiConsumes, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { v7 as newId } from 'uuid';
import type { z } from 'zod';
import { importAnswer, importPreview } from '../contract';
import { importProblems } from '../problems';
import { importProblemOf } from './import-problem-of';
import { printedTextsOf } from '../printed-texts';
import { ImportDisclosure } from './import-disclosure';

/** From the file that a company has to a disclosure. The body of the request is the file. */
@ApiTags('imports')
@ApiConsumes('application/octet-stream')
@ApiQuery({ name: 'fileName', schema: { type: 'string' } })
@Controller('api/imports')
export class ImportsController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(PDF_READER) private readonly insidePdf: PdfReader,
    @Inject(UNPRINTABLE_IN) private readonly unprintableIn: UnprintableIn,
  ) {}

  /** Reads the file and stores nothing. */
  @Post('preview')
  @HttpCode(200)
  @Allowed('drafter')
  @Answers(importPreview)
  async preview(@Req() request: Request, @Query('fileName') fileName = ''): Promise<z.infer<typeof importPreview>> {
    return previewOf(await this.readUpload(request, fileName));
  }

  @Post()
  @Allowed('drafter')
  @ApiQuery({
    name: 'service',
    schema: { type: 'string' },
    description: 'Last part of the public address /d/{service}',
  })
  @Answers(importAnswer, 201)
  async import(
    @Req() request: Request,
    @ReadCaller() caller: Caller,
    @Query('fileName') fileName = '',
    @Query('service') service = '',
  ): Promise<z.infer<typeof importAnswer>> {
    const imported = await this.readUpload(request, fileName);
    const disclosureId = newId();
    for (const { bytes, mediaType } of imported.figures) await this.blobs.put(bytes, mediaType);
    const handled = await this.commands.execute(new ImportDisclosure(disclosureId, service, imported, caller));
    return { ...orProblem(handled, importProblems), disclosureId };
  }

  private async readUpload(request: Request, fileName: string): Promise<ImportedDisclosure> {
    const read = await readDisclosureFile(await readRawBody(request), fileName, this.insidePdf);
    if (read.ok) return withUnprintable(read.disclosure, this.unprintableIn);
    throw importProblemOf(read.problem);
  }
}

/** With an anomaly for each item, title or name that cannot be printed as it is: it can be imported, but not submitted. */
export const withUnprintable = (imported: ImportedDisclosure, unprintableIn: UnprintableIn): ImportedDisclosure => {
  const printed = printedTextsOf({ ...imported, history: imported.editions });
  const found = printed.flatMap(({ place, itemKey, text, onlyInFile }): Anomaly[] => {
    const characters = unprintableIn(text);
    if (characters.length === 0) return [];
    const todo = onlyInFile
      ? 'このままでは提出できず、取り込んだあとは画面で改められません。ファイルを直してから取り込んでください。'
      : '別の文字に改めるまで、提出できません。';
    const message = `${place}に、印刷できない文字があります：${characters.join(' ')}　${todo}`;
    return [{ code: 'UNPRINTABLE_CHARACTERS', line: 0, message, ...(itemKey === undefined ? {} : { itemKey }) }];
  });
  return found.length === 0 ? imported : { ...imported, anomalies: [...imported.anomalies, ...found] };
};

/** What the importer read, as it is shown before it is stored. */
export const previewOf = ({ source, ...imported }: ImportedDisclosure): z.infer<typeof importPreview> => ({
  title: imported.title,
  serviceName: imported.serviceName,
  issuer: imported.issuer,
  edition: imported.edition,
  editions: [...imported.editions],
  parts: imported.parts.map((part) => ({
    ...part,
    items: part.items.map((item) => ({ ...item, body: { type: 'doc', content: [...item.body.content] } })),
  })),
  anomalies: imported.anomalies.map((anomaly) => ({ ...anomaly, itemKey: anomaly.itemKey ?? null })),
  source: { fileName: source.fileName, sha256: source.sha256, byteSize: source.byteSize, encoding: source.encoding },
});
