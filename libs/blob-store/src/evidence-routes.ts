import { Allowed, Answers, AnyoneSignedIn, readBody, ReadCaller, Takes, type Caller } from '@app/http';
import { Body, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiConsumes } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { BLOB_STORE, type BlobStore } from './blob-store';
import { removeEvidenceBody } from './contract';
import type { Evidence } from './domain/evidence';
import { sendEvidence, takeEvidence } from './evidence';

/** What is decided about the evidence of whatever a register keeps. */
export type EvidenceCommand =
  | { readonly type: 'AttachEvidence'; readonly evidence: Evidence }
  | { readonly type: 'RemoveEvidence'; readonly sha256: string; readonly reason: string };

/** The routes of the evidence of what a register keeps, for its controller to extend. */
export const evidenceRoutes = <A>(answer: z.ZodType<A>) => {
  abstract class EvidenceRoutes {
    @Inject(BLOB_STORE) readonly blobs!: BlobStore;

    /** Whether there is something of that id, from the log itself. */
    abstract isKnown(id: string): Promise<boolean>;
    abstract show(id: string): Promise<{ readonly evidence: readonly Evidence[] }>;
    abstract decide(id: string, caller: Caller, asked: EvidenceCommand): Promise<A>;

    /** The file itself is the body: at most 20 MB of anything that is not a program. */
    @Post(':id/evidence')
    @HttpCode(201)
    @Allowed('drafter', 'administrator')
    @ApiConsumes('application/octet-stream')
    @Answers(answer, 201)
    async attach(
      @Param('id') id: string,
      @ReadCaller() caller: Caller,
      @Req() request: Request,
      @Query('fileName') fileName = '',
    ): Promise<A> {
      const evidence = await takeEvidence(this.blobs, request, fileName, () => this.isKnown(id));
      return this.decide(id, caller, { type: 'AttachEvidence', evidence });
    }

    @Get(':id/evidence/:sha256')
    @AnyoneSignedIn()
    async download(@Param('id') id: string, @Param('sha256') sha256: string, @Res() response: Response): Promise<void> {
      const { evidence } = await this.show(id);
      return sendEvidence(
        this.blobs,
        evidence.find((each) => each.sha256 === sha256),
        response,
      );
    }

    /** It is no longer shown here; the record that it was attached stays. */
    @Post(':id/evidence/:sha256/removal')
    @HttpCode(200)
    @Allowed('drafter', 'administrator')
    @Takes(removeEvidenceBody)
    @Answers(answer)
    removeEvidence(
      @Param('id') id: string,
      @Param('sha256') sha256: string,
      @ReadCaller() caller: Caller,
      @Body() body: unknown,
    ): Promise<A> {
      return this.decide(id, caller, { type: 'RemoveEvidence', sha256, ...readBody(removeEvidenceBody, body) });
    }
  }
  return EvidenceRoutes;
};
