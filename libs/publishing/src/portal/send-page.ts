import { createHash } from 'node:crypto';
import type { Response } from 'express';

const policy = (formAction: "'none'" | "'self'"): string =>
  `default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action ${formAction}; frame-ancestors 'none'`;

/** Nothing but our own style sheet and pictures; no scripts, frames or forms at all. */
export const contentSecurityPolicy = policy("'none'");
/** The same for a page with a form that is sent to us. */
export const formPolicy = policy("'self'");

/** What goes with everything that is public. */
export const publicHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
} as const;

/** What is sent: the bytes, and what is said about them. */
export type Answer = { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

const answerOf = (headers: Answer['headers'], text: string): Answer => ({
  headers: { ...headers, etag: `"${createHash('sha256').update(text).digest('base64url')}"` },
  body: Buffer.from(text),
});

export const pageAnswer = (
  page: string,
  // Kept by caches and asked for again each time: a new edition is seen at once, an unchanged page costs a 304.
  cacheControl = 'public, no-cache',
  contentPolicy = contentSecurityPolicy,
): Answer =>
  answerOf(
    {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentPolicy,
      'x-content-type-options': 'nosniff',
      // With no-referrer a browser would send a form from "null", and be refused. A signed link in an address leaves for nobody else.
      'referrer-policy': 'same-origin',
      'cache-control': cacheControl,
    },
    page,
  );

/** A file for programs, under the same rules. */
export const textAnswer = (mediaType: string, text: string): Answer =>
  answerOf(
    { ...publicHeaders, 'content-type': `${mediaType}; charset=utf-8`, 'cache-control': 'public, no-cache' },
    text,
  );

export const send = (response: Response, { headers, body }: Answer, status = 200): void => {
  response.status(status).set(headers).send(body);
};

export const sendPage = (
  response: Response,
  status: number,
  page: string,
  contentPolicy = contentSecurityPolicy,
  cacheControl = status === 200 ? 'public, no-cache' : 'no-store',
): void => send(response, pageAnswer(page, cacheControl, contentPolicy), status);

export const sendText = (response: Response, mediaType: string, text: string): void =>
  send(response, textAnswer(mediaType, text));
