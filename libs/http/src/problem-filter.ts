import { VersionConflict } from '@app/event-sourcing';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { RequestWithSession } from './caller';
import { problem, type generalProblems, type Problem } from './problem';

/** What a framework's own refusal is called here; it has a status, but no sentence for the user. */
const nameOf: { readonly [status: number]: keyof typeof generalProblems } = {
  401: 'NotSignedIn',
  403: 'NotAllowed',
  404: 'NotFound',
  413: 'TooLarge',
  429: 'TooManyRequests',
};

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'type' in body && String(body.type).startsWith('urn:kaijisho:problem:');

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** Errors of the body parsers carry a status of their own (`http-errors`). */
const statusOf = (error: unknown): number => {
  if (error instanceof HttpException) return error.getStatus();
  const { status } = typeof error === 'object' && error !== null ? (error as { status?: unknown }) : {};
  return typeof status === 'number' ? status : 500;
};

/** PostgreSQL's words for U+0000 in a text or in JSON: the one character that it cannot hold. */
const NO_TEXT_HOLDS_IT = ['22021', '22P05'];

const asProblem = (error: unknown): Problem | null => {
  const body = error instanceof HttpException ? error.getResponse() : null;
  if (isProblem(body)) return body;
  if (error instanceof VersionConflict) return problem('VersionConflict').getResponse() as Problem;
  // By its name: the adapter is loaded by those only who use it.
  if (error instanceof Error && error.name === 'ServerTooOld')
    return problem('LogCannotDoThat').getResponse() as Problem;
  if (NO_TEXT_HOLDS_IT.includes(codeOf(error))) {
    const issues = [{ field: '', message: 'must not contain the character U+0000' }];
    return problem('BadBody', { issues }).getResponse() as Problem;
  }
  const status = statusOf(error);
  return status >= 400 && status < 500 ? (problem(nameOf[status] ?? 'BadBody').getResponse() as Problem) : null;
};

/** What a security review wants to find in the log. A page that asks whether somebody is signed in is not among it. */
const isRefusal = ({ status, title }: Problem): boolean => [401, 403, 429].includes(status) && title !== 'NotSignedIn';

/** The address of a calendar and of a reader's page is its secret. */
const withoutSecret = (path: string): string => path.replace(/^\/(calendar|reader)\/.*/, '/$1/…');

/** Never the query, the headers or the body: they may hold what must not be in a log. */
const inLog = (request: RequestWithSession): string =>
  `${request.method} ${withoutSecret(request.path)} user=${request.signedIn?.id ?? '-'} ip=${request.ip} request=${request.header('x-request-id')}`;

/**
 * Every error leaves as RFC 9457 `application/problem+json`. What nobody foresaw is logged once, with its stack, under the
 * request id that the answer names; the answer says nothing else about it. Refusals are logged in one line.
 *
 * A problem with `retryAfter` (seconds) also gets the header `Retry-After`.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<RequestWithSession>();
    const response = host.switchToHttp().getResponse<Response>();
    const body = asProblem(error) ?? this.unexpected(error, request);
    if (isRefusal(body)) this.logger.warn(`${body.title}: ${inLog(request)}`);
    if (response.headersSent) {
      response.destroy(); // half an answer must not look like a whole one
      return;
    }
    if (typeof body['retryAfter'] === 'number') response.setHeader('retry-after', String(body['retryAfter']));
    response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
  }

  private unexpected(error: unknown, request: RequestWithSession): Problem {
    const what = error instanceof Error ? error.message : String(error);
    this.logger.error(`${what}: ${inLog(request)}`, error instanceof Error ? error.stack : undefined);
    return problem('Unexpected', { requestId: request.header('x-request-id') }).getResponse() as Problem;
  }
}
