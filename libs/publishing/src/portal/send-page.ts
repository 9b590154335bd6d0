import { createHash } from 'node:crypto';
import type { Response } from 'express';

/** Nothing but our own style sheet and pictures; no scripts, frames or forms at all. */
export const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What goes with everything that is public. */
export const publicHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
} as const;

export const sendPage = (
  response: Response,
  status: number,
  page: string,
  policy = contentSecurityPolicy,
  // Kept by caches and asked for again each time: a new edition is seen at once, an unchanged page costs a 304.
  cacheControl = status === 200 ? 'public, no-cache' : 'no-store',
): void => {
  response
    .status(status)
    .set({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      // With no-referrer a browser would send the form of /verify from "null", and be refused.
      'referrer-policy': 'same-origin',
      'cache-control': cacheControl,
      etag: `"${createHash('sha256').update(page).digest('base64url')}"`,
    })
    .send(page);
};

/** A file for programs, under the same rules. */
export const sendText = (response: Response, mediaType: string, text: string): void => {
  response
    .set({
      ...publicHeaders,
      'content-type': `${mediaType}; charset=utf-8`,
      'cache-control': 'public, no-cache',
      etag: `"${createHash('sha256').update(text).digest('base64url')}"`,
    })
    .send(text);
};
