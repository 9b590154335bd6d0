import { randomUUID } from 'node:crypto';
import type { EventMetadata } from '@app/event-sourcing';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { SignedIn, UserRole } from './access';
import { problem } from './problem';

/** Who asks, and when: read from the request once, here, and passed on as plain data. */
export type Caller = {
  readonly by: { readonly id: string; readonly name: string };
  readonly roles: readonly UserRole[];
  readonly sessionId: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly metadata: EventMetadata;
};

/** What a body asks for: a command without who asks and when (and what else `Known` names), which the caller supplies. */
export type Asked<C, Known extends PropertyKey = never> = C extends unknown ? Omit<C, 'by' | 'at' | Known> : never;

/** What the API puts on a request: who is signed in, the injected clock as "now", and the address users reach us under. */
export type RequestWithSession = Request & { signedIn?: SignedIn; now?: () => Date; publicUrl?: string };

export const ReadCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const request = context.switchToHttp().getRequest<RequestWithSession>();
  const { signedIn } = request;
  if (!signedIn) throw problem('NotSignedIn');
  const by = { id: signedIn.id, name: signedIn.name };
  const at = (request.now?.() ?? new Date()).toISOString();
  const requestId = request.header('x-request-id') ?? randomUUID();
  return {
    by,
    roles: signedIn.roles,
    sessionId: signedIn.sessionId,
    at,
    metadata: { actor: by, recordedAt: at, correlationId: requestId, causationId: requestId },
  };
});
