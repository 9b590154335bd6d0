import { ACCESS, problem, type Access, type generalProblems, type RequestWithSession } from '@app/http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isCsrfTokenOf, readSessionCookie } from './session-cookie';
import { Sessions } from './sessions';

const isSafe = (method: string) => ['GET', 'HEAD', 'OPTIONS'].includes(method);

/** The only door: what a route does not say may be called, may not. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<RequestWithSession>();
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    const refusal = access === undefined ? 'NotAllowed' : await this.refusalOf(request, access);
    if (refusal === null) return true;
    throw problem(refusal);
  }

  private async refusalOf(request: RequestWithSession, access: Access): Promise<keyof typeof generalProblems | null> {
    const unsafe = !isSafe(request.method);
    if (unsafe && comesFromElsewhere(request)) return 'CrossSiteRequest';
    if (access.kind === 'public') return null;

    const token = readSessionCookie(request);
    const signedIn = token === undefined ? null : await this.sessions.find(token);
    if (token === undefined || !signedIn) return 'NotSignedIn';
    request.signedIn = signedIn;
    if (unsafe && !isCsrfTokenOf(token, request.header('x-csrf-token'))) return 'CsrfTokenMismatch';
    if (access.kind === 'roles' && !access.roles.some((role) => signedIn.roles.includes(role))) return 'NotAllowed';
    return null;
  }
}

/**
 * Browsers say where a request comes from and pages cannot make them lie. Programs that are no browser send neither header.
 * An origin is ours when it is the public address, or the very host that was asked (behind another name, or a port of its own).
 */
const comesFromElsewhere = (request: RequestWithSession): boolean => {
  if (request.header('sec-fetch-site') === 'cross-site') return true;
  const origin = request.header('origin');
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true; // "null": a sandboxed page, a redirect across sites
  const { host, origin: from } = new URL(origin);
  return host !== request.header('host') && from !== (request.publicUrl && new URL(request.publicUrl).origin);
};
