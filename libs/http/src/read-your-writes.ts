import {
  Inject,
  Injectable,
  Optional,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { ACCESS, type Access } from './access';
import { problem } from './problem';

/** Nest injection token of a `PositionWait`. Where nobody binds it, no question waits. */
export const POSITION_WAIT = Symbol('PositionWait');

/** True when the read models have reached that position of the log; false when they had not within the wait's own bound. */
export type PositionWait = (position: string) => Promise<boolean>;

const positionForm = /^[\w.:/-]{1,64}$/;

/**
 * A question with `If-Position-At-Least` sees what the command that answered with this position did, or gets NotYetVisible
 * and may ask again. Bind it as `APP_INTERCEPTOR`: guards run first, so nobody waits who may not ask. Public routes do not
 * wait: those who read them have written nothing, and strangers could keep the database busy.
 */
@Injectable()
export class ReadYourWrites implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    @Optional() @Inject(POSITION_WAIT) private readonly wait?: PositionWait,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    const position = request.header('if-position-at-least');
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (
      position === undefined ||
      !this.wait ||
      !['GET', 'HEAD'].includes(request.method) ||
      access?.kind === 'public'
    ) {
      return next.handle();
    }
    if (!positionForm.test(position)) {
      throw problem('BadBody', { issues: [{ field: 'If-Position-At-Least', message: 'is not a position' }] });
    }
    if (!(await this.wait(position))) throw problem('NotYetVisible', { retryAfter: 1 });
    return next.handle();
  }
}
