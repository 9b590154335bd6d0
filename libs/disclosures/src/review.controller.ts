import {
  Allowed,
  Answers,
  AnyoneSignedIn,
  orProblem,
  problem,
  ReadCaller,
  readBody,
  Takes,
  type Asked,
  type Caller,
  type CommandAnswer,
  refuseUnprintable,
  UNPRINTABLE_IN,
  type UnprintableIn,
} from '@app/http';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query as UrlQuery } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { v7 as newId } from 'uuid';
import type { z } from 'zod';
import {
  addCommentBody,
  addedComment,
  commandAnswer,
  completionBody,
  inboxView,
  movedView,
  postReviewBody,
  reassignBody,
  rejectBody,
  returnBody,
  signBody,
  submissionPreview,
  withdrawalBody,
} from './contract';
import { DecideDisclosure } from './decide-disclosure';
import type { DisclosureCommand } from './domain/disclosure.decider';
import { Inbox } from './inbox/inbox';
import { disclosureProblems, reassignmentProblems, signingProblems } from './problems';
import { DecideReview, ReassignSignatory, SignRevision, SubmitRevision, WithdrawRevision } from './review-decisions';
import { MovedSince } from './moved/moved-since';
import { PreviewSubmission } from './submission/preview-submission';

/** From the submission to the decision, and what is said about the text meanwhile. */
@ApiTags('review')
@Controller('api')
export class ReviewController {
  constructor(
    private readonly commands: CommandBus,
    private readonly questions: QueryBus,
    @Inject(UNPRINTABLE_IN) private readonly unprintableIn: UnprintableIn,
  ) {}

  @Get('inbox')
  @AnyoneSignedIn()
  @Answers(inboxView)
  inbox(@ReadCaller() { by, roles }: Caller) {
    return this.questions.execute(new Inbox(by, roles));
  }

  /** What submitting would lead to: the route, why each step is in it, who can sign, and what is in the way. */
  @Get('disclosures/:disclosureId/submission-preview')
  @AnyoneSignedIn()
  @Answers(submissionPreview)
  async preview(@Param('disclosureId') id: string) {
    return found(await this.questions.execute(new PreviewSubmission(id)));
  }

  @Get('disclosures/:disclosureId/moved')
  @AnyoneSignedIn()
  @ApiQuery({
    name: 'since',
    required: false,
    schema: { type: 'integer' },
    description: 'Version of the stream that a link was made at; 0 (default): everything',
  })
  @Answers(movedView)
  async moved(@Param('disclosureId') id: string, @UrlQuery('since') since = '0') {
    if (!/^\d{1,9}$/.test(since)) throw problem('NotFound');
    return found(await this.questions.execute(new MovedSince(id, Number(since))));
  }

  @Post('disclosures/:disclosureId/revision/submission')
  @HttpCode(200)
  @Allowed('drafter')
  @Answers(commandAnswer)
  async submit(@Param('disclosureId') id: string, @ReadCaller() caller: Caller): Promise<CommandAnswer> {
    return orProblem(await this.commands.execute(new SubmitRevision(id, caller)), disclosureProblems);
  }

  /** Whoever's turn it is; the decider asks for that. */
  @Post('disclosures/:disclosureId/revision/signatures')
  @HttpCode(200)
  @AnyoneSignedIn()
  @Takes(signBody)
  @Answers(commandAnswer)
  async sign(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    const signing = readBody(signBody, body);
    refuseUnprintable(this.unprintableIn, caller.by.name, '氏名');
    refuseUnprintable(this.unprintableIn, signing.comment ?? '');
    return orProblem(await this.commands.execute(new SignRevision(id, caller, signing)), signingProblems);
  }

  /** 差戻し: to the drafter, or to an earlier step. */
  @Post('disclosures/:disclosureId/revision/return')
  @HttpCode(200)
  @AnyoneSignedIn()
  @Takes(returnBody)
  @Answers(commandAnswer)
  returnForChanges(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    const { toStep = null, ...said } = readBody(returnBody, body);
    return this.decideReview(id, caller, { type: 'ReturnForChanges', ...said, toStep });
  }

  /** 却下. */
  @Post('disclosures/:disclosureId/revision/rejection')
  @HttpCode(200)
  @AnyoneSignedIn()
  @Takes(rejectBody)
  @Answers(commandAnswer)
  reject(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    return this.decideReview(id, caller, { type: 'Reject', ...readBody(rejectBody, body) });
  }

  /** 引戻し. */
  @Post('disclosures/:disclosureId/revision/recall')
  @HttpCode(200)
  @Allowed('drafter')
  @Answers(commandAnswer)
  recall(@Param('disclosureId') id: string, @ReadCaller() caller: Caller): Promise<CommandAnswer> {
    return this.decide(id, caller, { type: 'Recall' });
  }

  /** 取下げ. */
  @Post('disclosures/:disclosureId/revision/withdrawal')
  @HttpCode(200)
  @Allowed('drafter', 'administrator')
  @Takes(withdrawalBody)
  @Answers(commandAnswer)
  async withdraw(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    const { reason = null } = readBody(withdrawalBody, body ?? {});
    return orProblem(await this.commands.execute(new WithdrawRevision(id, caller, reason)), disclosureProblems);
  }

  /** Records that nobody is missing in the waiting step any more, because somebody has left: see `mayBeCompleted`. */
  @Post('disclosures/:disclosureId/revision/completion')
  @HttpCode(200)
  @AnyoneSignedIn()
  @Takes(completionBody)
  @Answers(commandAnswer)
  complete(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    return this.decideReview(id, caller, { type: 'CompleteStep', ...readBody(completionBody, body) });
  }

  /** 担当者の変更. */
  @Post('disclosures/:disclosureId/revision/reassignments')
  @HttpCode(200)
  @Allowed('administrator')
  @Takes(reassignBody)
  @Answers(commandAnswer)
  async reassign(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    const asked = readBody(reassignBody, body);
    return orProblem(await this.commands.execute(new ReassignSignatory(id, caller, asked)), reassignmentProblems);
  }

  /** 後閲, from the approval on. */
  @Post('disclosures/:disclosureId/editions/:number/post-reviews')
  @HttpCode(200)
  @AnyoneSignedIn()
  @Takes(postReviewBody)
  @Answers(commandAnswer)
  postReview(
    @Param('disclosureId') id: string,
    @Param('number') number: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<CommandAnswer> {
    if (!/^\d{1,6}$/.test(number)) throw problem('NotFound');
    const { onBehalfOf = null, ...read } = readBody(postReviewBody, body);
    refuseUnprintable(this.unprintableIn, caller.by.name, '氏名');
    refuseUnprintable(this.unprintableIn, read.comment ?? '');
    return this.decideReview(id, caller, {
      ...{ type: 'PostReview', editionNumber: Number(number), onBehalfOf, ...read },
    });
  }

  @Post('disclosures/:disclosureId/comments')
  @AnyoneSignedIn()
  @Takes(addCommentBody)
  @Answers(addedComment, 201)
  async comment(
    @Param('disclosureId') id: string,
    @ReadCaller() caller: Caller,
    @Body() body: unknown,
  ): Promise<z.infer<typeof addedComment>> {
    const commentId = newId();
    const asked = { type: 'AddComment', commentId, ...readBody(addCommentBody, body) } as const;
    return { ...(await this.decide(id, caller, asked)), commentId };
  }

  @Post('disclosures/:disclosureId/comments/:commentId/resolution')
  @HttpCode(200)
  @AnyoneSignedIn()
  @Answers(commandAnswer)
  resolve(
    @Param('disclosureId') id: string,
    @Param('commentId') commentId: string,
    @ReadCaller() caller: Caller,
  ): Promise<CommandAnswer> {
    return this.decide(id, caller, { type: 'ResolveComment', commentId });
  }

  @Post('disclosures/:disclosureId/comments/:commentId/reopening')
  @HttpCode(200)
  @AnyoneSignedIn()
  @Answers(commandAnswer)
  reopen(
    @Param('disclosureId') id: string,
    @Param('commentId') commentId: string,
    @ReadCaller() caller: Caller,
  ): Promise<CommandAnswer> {
    return this.decide(id, caller, { type: 'ReopenComment', commentId });
  }

  private async decide(
    id: string,
    { by, at, metadata }: Caller,
    asked: Asked<DisclosureCommand>,
  ): Promise<CommandAnswer> {
    const command = { ...asked, by, at } as DisclosureCommand;
    return orProblem(await this.commands.execute(new DecideDisclosure(id, command, metadata)), disclosureProblems);
  }

  private async decideReview(id: string, caller: Caller, asked: DecideReview['asked']): Promise<CommandAnswer> {
    return orProblem(await this.commands.execute(new DecideReview(id, caller, asked)), disclosureProblems);
  }
}

const found = <T>(answer: T | null): T => {
  if (answer === null) throw problem('NotFound');
  return answer;
};
