import { randomUUID } from 'node:crypto';
import type { Clock } from '@app/event-sourcing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Response } from 'express';
import helmet from 'helmet';
import type { RequestWithSession } from './caller';
import { ProblemFilter } from './problem-filter';

export type ProductSettings = {
  readonly clock: Clock;
  /** Where users reach us, e.g. `https://kaijisho.example.co.jp`. With https, cookies are Secure and browsers are held to TLS. */
  readonly publicUrl: string;
  /**
   * Which proxies may say what the client's address is: Express's `trust proxy` (`loopback`, a CIDR, a number of hops).
   * Default: none, the connection's own address counts.
   */
  readonly trustProxy?: boolean | number | string | undefined;
};

/** So that an item body of 5 MB still gets the feature's own answer, which names the item's limit. */
const JSON_LIMIT = '6mb';

const requestIdForm = /^[A-Za-z0-9._-]{8,64}$/;

/**
 * What every answer of the product has in common: limits, security headers, request id, clock, problems.
 * Call it right after `NestFactory.create(…, { bodyParser: false })` and before `init` or `listen`; tests call it too.
 */
export const useProduct = (app: NestExpressApplication, { clock, publicUrl, trustProxy }: ProductSettings): void => {
  const secure = new URL(publicUrl).protocol === 'https:';
  app.set('trust proxy', trustProxy ?? false);
  app.use(helmet(headersFor(secure)));
  app.use((request: RequestWithSession, response: Response, next: NextFunction) => {
    const sent = request.headers['x-request-id'];
    const requestId = typeof sent === 'string' && requestIdForm.test(sent) ? sent : randomUUID();
    request.headers['x-request-id'] = requestId;
    response.setHeader('x-request-id', requestId);
    if (request.path.startsWith('/api')) response.setHeader('cache-control', 'no-store');
    request.now = clock;
    request.publicUrl = publicUrl;
    next();
  });
  app.useBodyParser('json', { limit: JSON_LIMIT });
  app.useGlobalFilters(new ProblemFilter());
};

const headersFor = (secure: boolean) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'self'"],
      'img-src': ["'self'", 'data:', 'blob:'], // a figure is shown before it is uploaded
      'style-src': ["'self'", "'unsafe-inline'"], // the component library sets inline styles
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'self'"],
    },
  },
  strictTransportSecurity: secure,
  referrerPolicy: { policy: 'same-origin' as const },
});
