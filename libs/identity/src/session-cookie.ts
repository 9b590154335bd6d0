import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { RequestWithSession } from '@app/http';
import type { CookieOptions, Response } from 'express';

/** 7 days: after that, even a session in daily use ends. */
export const ABSOLUTE_LIFETIME = 7 * 24 * 60 * 60_000;
/** 12 hours without a request: a working day, not a night. */
export const IDLE_LIFETIME = 12 * 60 * 60_000;

/** 256 random bits that only the browser keeps. */
export const newSessionToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token, and a session's id: who reads the database cannot sign in with it. */
export const sessionIdOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Bound to the session without being stored: only who was given this session's token, or what it answered, can say it. */
export const csrfTokenOf = (token: string): string => createHmac('sha256', token).update('csrf').digest('base64url');

export const isCsrfTokenOf = (token: string, given: string | undefined): boolean => {
  const [expected, actual] = [Buffer.from(csrfTokenOf(token)), Buffer.from(given ?? '')];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
};

const isSecure = ({ publicUrl }: RequestWithSession): boolean => publicUrl?.startsWith('https:') ?? false;

/** `__Host-`: browsers take the cookie only over TLS and from this very host, so that a sister site cannot plant one. */
const nameFor = (request: RequestWithSession): string =>
  isSecure(request) ? '__Host-kaijisho_session' : 'kaijisho_session';

const optionsFor = (request: RequestWithSession): CookieOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  path: '/',
  secure: isSecure(request),
});

export const readSessionCookie = (request: RequestWithSession): string | undefined => {
  const prefix = `${nameFor(request)}=`;
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length);
};

export const setSessionCookie = (request: RequestWithSession, response: Response, token: string): void => {
  response.cookie(nameFor(request), token, { ...optionsFor(request), maxAge: ABSOLUTE_LIFETIME });
};

export const clearSessionCookie = (request: RequestWithSession, response: Response): void => {
  response.clearCookie(nameFor(request), optionsFor(request));
};
