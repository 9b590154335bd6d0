import { BLOB_STORE, FIGURE_POLICY, type BlobStore } from '@app/blob-store';
import { textOf } from '@app/content';
import {
  Allowed,
  Answers,
  AnyoneSignedIn,
  orProblem,
  problem,
  ReadCaller,
  readBody,
  readRawBody,
  Takes,
  type Caller,
  type CommandAnswer,
  refuseUnprintable,
  UNPRINTABLE_IN,
  type UnprintableIn,
} from '@app/http';
import { PDF_READER, readItemsFile, type PdfReader } from '@app/importing';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query as UrlQuery, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiConsumes, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { commandAnswer } from '../contract';
import { importProblemOf } from '../imports/import-problem-of';
import { CloseProposals, DecideProposal, ProposeFile, type ProposalAction } from './decide-proposal';
import { proposalProblems } from './problems';
import { acceptProposalBody, placeProposalBody, proposedFileList, proposedFileView } from './proposals.contract';
import { ListProposedFiles, ShowProposedFile, type ProposedFileView } from './show-proposals';

const proposedAnswer = commandAnswer.extend({ fileId: z.string() });

/** A file into a disclosure that there is: its items as proposed edits, accepted or refused one at a time. */
@ApiTags('proposals')
@Controller('api/disclosures/:disclosureId/proposals')
export class ProposalsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly questions: QueryBus,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(UNPRINTABLE_IN) private readonly unprintableIn: UnprintableIn,
    @Inject(PDF_READER) private readonly insidePdf: PdfReader,
  ) {}

  /** The body of the request is the file. */
  @Post()
  @Allowed('drafter')
  @ApiConsumes('application/octet-stream')
  @ApiQuery({ name: 'fileName', schema: { type: 'string' } })
  @Answers(proposedAnswer, 201)
  async propose(
    @Param('disclosureId') id: string,
    @Req() request: Request,
    @ReadCaller() caller: Caller,
    @UrlQuery('fileName') fileName = '',
  ): Promise<z.infer<typeof proposedAnswer>> {
    const upload = await readRawBody(request);
    const read = await readItemsFile(upload, fileName, this.insidePdf);
    if (!read.ok) throw importProblemOf(read.problem);
    const fileId = newId();
    await this.blobs.put(upload, read.file.source.mediaType);
    for (const { bytes, mediaType } of read.file.figures) await this.blobs.put(bytes, mediaType);
    const handled = await this.commands.execute(new ProposeFile(id, fileId, read.file, caller));
    return { ...orProblem(handled, proposalProblems), fileId };
  }

  /** Of files that are done with, nothing. */
  @Get()
  @AnyoneSignedIn()
  @Answers(proposedFileList)
  async list(@Param('disclosureId') id: string): Promise<z.infer<typeof proposedFileList>> {
    return { files: [...found(await this.questions.execute(new ListProposedFiles(id)))] };
  }

  @Get(':fileId')
  @AnyoneSignedIn()
  @Answers(proposedFileView)
  async show(@Param('disclosureId') id: string, @Param('fileId') fileId: string): Promise<ProposedFileView> {
    return found(await this.questions.execute(new ShowProposedFile(id, fileId)));
  }

  /** The file as it was chosen. 404 where it was chosen before files were kept. */
  @Get(':fileId/source')
  @AnyoneSignedIn()
  async source(
    @Param('disclosureId') id: string,
    @Param('fileId') fileId: string,
    @Res() response: Response,
  ): Promise<void> {
    const { sha256, mediaType } = found(await this.questions.execute(new ShowProposedFile(id, fileId)));
    const blob = found(await this.blobs.get(sha256));
    response
      .set({
        'content-type': mediaType,
        // A browser keeps it, and runs nothing of it.
        'content-disposition': 'attachment',
        'x-content-type-options': 'nosniff',
        'content-security-policy': FIGURE_POLICY,
        'cache-control': 'private, max-age=31536000, immutable',
      })
      .send(Buffer.from(blob.bytes));
  }

  /** An edit like any other, which says which file it is from. 409 `EditConflict` when another text than `basedOn` stands there by now. */
  @Post(':fileId/texts/:index/acceptance')
  @HttpCode(200)
  @Allowed('drafter')
  @Takes(acceptProposalBody)
  @Answers(commandAnswer)
  async accept(
    @Param('disclosureId') id: string,
    @Param('fileId') fileId: string,
    @Param('index') index: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    const { basedOn } = readBody(acceptProposalBody, body);
    const { proposals } = found(await this.questions.execute(new ShowProposedFile(id, fileId)));
    const proposed = proposals[indexOf(index)];
    if (proposed) refuseUnprintable(this.unprintableIn, textOf(proposed.body as never));
    return this.decide(id, fileId, index, { type: 'accept', basedOn }, caller);
  }

  @Post(':fileId/texts/:index/refusal')
  @HttpCode(200)
  @Allowed('drafter')
  @Answers(commandAnswer)
  refuse(
    @Param('disclosureId') id: string,
    @Param('fileId') fileId: string,
    @Param('index') index: string,
    @ReadCaller() caller: Caller,
  ): Promise<CommandAnswer> {
    return this.decide(id, fileId, index, { type: 'refuse' }, caller);
  }

  /** Says by hand which item it is of. */
  @Put(':fileId/texts/:index/place')
  @Allowed('drafter')
  @Takes(placeProposalBody)
  @Answers(commandAnswer)
  place(
    @Param('disclosureId') id: string,
    @Param('fileId') fileId: string,
    @Param('index') index: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    return this.decide(id, fileId, index, { type: 'place', ...readBody(placeProposalBody, body) }, caller);
  }

  /** Puts aside what nobody has decided. */
  @Post(':fileId/closing')
  @HttpCode(200)
  @Allowed('drafter')
  @Answers(commandAnswer)
  async close(
    @Param('disclosureId') id: string,
    @Param('fileId') fileId: string,
    @ReadCaller() caller: Caller,
  ): Promise<CommandAnswer> {
    return orProblem(await this.commands.execute(new CloseProposals(id, fileId, caller)), proposalProblems);
  }

  private async decide(
    id: string,
    fileId: string,
    index: string,
    action: ProposalAction,
    caller: Caller,
  ): Promise<CommandAnswer> {
    const handled = await this.commands.execute(new DecideProposal(id, fileId, indexOf(index), action, caller));
    return orProblem(handled, proposalProblems);
  }
}

const indexOf = (written: string): number => {
  if (!/^\d{1,6}$/.test(written)) throw problem('NotFound');
  return Number(written);
};

const found = <T>(answer: T | null): T => {
  if (answer === null) throw problem('NotFound');
  return answer;
};
