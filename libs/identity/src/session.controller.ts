import {
  AnyoneSignedIn,
  Answers,
  problem,
  problemOf,
  Public,
  readBody,
  Takes,
  type RequestWithSession,
  type SignedIn,
} from '@app/http';
import { Body, Controller, Delete, Get, HttpCode, Inject, Optional, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ChangePassword } from './change-password';
import { passwordBody, passwordChoiceBody, sessionView, signInBody, type SessionView } from './contract';
import { MINIMUM_PASSWORD_LENGTH } from './password';
import { passwordTooShort, resetLinkInvalid, signInRefused, wrongPassword } from './problems';
import { ChoosePassword } from './reset-password';
import { clearSessionCookie, csrfTokenOf, readSessionCookie, sessionIdOf, setSessionCookie } from './session-cookie';
import { Sessions } from './sessions';

/** Nest injection token of an `OfficesOf`. Where nobody binds it, nobody is said to hold an office. */
export const OFFICES_OF = Symbol('OfficesOf');

/** The 責任者 roles that a user holds now. */
export type OfficesOf = (userId: string) => Promise<readonly string[]>;

@ApiTags('session')
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly commands: CommandBus,
    @Optional() @Inject(OFFICES_OF) private readonly officesOf?: OfficesOf,
  ) {}

  @Post()
  @Public()
  @HttpCode(200)
  @Takes(signInBody)
  @Answers(sessionView)
  async signIn(
    @Req() request: RequestWithSession,
    @Res({ passthrough: true }) response: Response,
    @Body() body: unknown,
  ): Promise<SessionView> {
    const { loginName, address, password } = readBody(signInBody, body);
    const answer = await this.sessions.signIn({ name: loginName ?? address ?? '', password, ip: request.ip ?? '' });
    if (answer.outcome === 'refused') throw problemOf('SignInRefused', signInRefused);
    if (answer.outcome === 'throttled') throw problem('TooManyRequests', { retryAfter: answer.retryAfter });

    const previous = readSessionCookie(request);
    if (previous !== undefined) await this.sessions.end(sessionIdOf(previous));
    setSessionCookie(request, response, answer.token);
    return this.viewOf(answer.signedIn, answer.token);
  }

  @Get()
  @AnyoneSignedIn()
  @Answers(sessionView)
  async show(@Req() request: RequestWithSession): Promise<SessionView> {
    const token = readSessionCookie(request);
    if (!request.signedIn || token === undefined) throw problem('NotSignedIn');
    return this.viewOf(request.signedIn, token);
  }

  @Delete()
  @AnyoneSignedIn()
  @HttpCode(204)
  async signOut(@Req() request: RequestWithSession, @Res({ passthrough: true }) response: Response): Promise<void> {
    if (request.signedIn) await this.sessions.end(request.signedIn.sessionId);
    clearSessionCookie(request, response);
  }

  /** Changes one's own password; the user's other sessions end. */
  @Post('password')
  @AnyoneSignedIn()
  @HttpCode(204)
  @Takes(passwordBody)
  async changePassword(@Req() { signedIn }: RequestWithSession, @Body() body: unknown): Promise<void> {
    if (!signedIn) throw problem('NotSignedIn');
    const { currentPassword, newPassword } = readBody(passwordBody, body);
    const change = new ChangePassword(signedIn.id, signedIn.sessionId, currentPassword, newPassword);
    const outcome = await this.commands.execute(change);
    if (outcome === 'WrongPassword') throw problemOf('WrongPassword', wrongPassword);
    if (outcome === 'PasswordTooShort') throw problemOf('PasswordTooShort', passwordTooShort(MINIMUM_PASSWORD_LENGTH));
    if (outcome === 'TooManyRequests') throw problem('TooManyRequests');
  }

  /** Chooses the password after an administrator has reset it; whoever has the link signs in afterwards. */
  @Post('password-choice')
  @Public()
  @HttpCode(204)
  @Takes(passwordChoiceBody)
  async choosePassword(@Body() body: unknown): Promise<void> {
    const { token, newPassword } = readBody(passwordChoiceBody, body);
    const outcome = await this.commands.execute(new ChoosePassword(token, newPassword));
    if (outcome === 'ResetLinkInvalid') throw problemOf('ResetLinkInvalid', resetLinkInvalid);
    if (outcome === 'PasswordTooShort') throw problemOf('PasswordTooShort', passwordTooShort(MINIMUM_PASSWORD_LENGTH));
  }

  private async viewOf({ id, name, roles }: SignedIn, token: string): Promise<SessionView> {
    const offices = (await this.officesOf?.(id)) ?? [];
    return { user: { id, name, roles: [...roles] }, csrfToken: csrfTokenOf(token), offices: [...offices] };
  }
}
