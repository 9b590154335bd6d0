import createClient from 'openapi-fetch';
import { forgetPosition, positionHeader, rememberPosition } from './position';
import { ApiProblem, offline, problemFrom } from './problem';
import type { paths } from './schema';

/** How long a read waits in total for the read models before it gives up and says so. */
const MAX_WAITS_FOR_READ_MODELS = 8;

let csrfToken: string | null = null;
export const setCsrfToken = (token: string | null): void => {
  csrfToken = token;
  if (token === null) forgetPosition();
};

/**
 * Asked when a session has ended while somebody works: resolves when they have signed in again (the request is then repeated),
 * rejects when they would rather not. Until the shell has set it, a 401 is simply a problem.
 */
let signInAgain: (() => Promise<void>) | null = null;
export const onSessionEnd = (ask: (() => Promise<void>) | null): void => {
  signInAgain = ask;
};

const wait = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

const parsed = (text: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

const sent = async (request: Request): Promise<Response> => {
  const attempt = request.clone();
  attempt.headers.set('accept', 'application/json, application/problem+json');
  const own = request.method === 'GET' ? positionHeader() : csrfToken === null ? {} : { 'x-csrf-token': csrfToken };
  for (const [name, value] of Object.entries(own)) attempt.headers.set(name, value);
  try {
    return await fetch(attempt);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw offline();
  }
};

/**
 * One exchange with the api: adds the CSRF token and the position, waits for read models, has an ended session renewed and repeats.
 * Answers only what is 2xx; throws `ApiProblem` for everything else.
 */
const exchange = async (request: Request): Promise<Response> => {
  // Whether somebody is signed in is a question whose answer may be no.
  const asksForSession = new URL(request.url).pathname === '/api/session';
  let askedToSignIn = false;
  for (let waits = 0; ;) {
    const response = await sent(request);
    const answer = parsed(await response.clone().text());
    if (response.ok) {
      rememberPosition(answer);
      return response;
    }
    const problem = problemFrom(response.status, answer);
    if (problem.problem === 'NotYetVisible' && waits < MAX_WAITS_FOR_READ_MODELS) {
      waits++;
      await wait(Math.min(Number(response.headers.get('retry-after')) || 1, 5));
    } else if (problem.problem === 'NotSignedIn' && !asksForSession && signInAgain && !askedToSignIn) {
      askedToSignIn = true;
      await signInAgain();
    } else {
      throw problem;
    }
  }
};

/** Every route of the api, typed by its OpenAPI document (`npm run openapi`). */
export const http = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '', fetch: exchange });

/** What the api answered; whatever is no answer was thrown on the way. */
export const answerOf = async <T>(exchanged: Promise<{ readonly data?: T }>): Promise<T> => (await exchanged).data as T;

type Options = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: { readonly [name: string]: string | number | undefined };
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, e.g. a file. */
  readonly raw?: { readonly content: Blob; readonly mediaType: string };
  readonly signal?: AbortSignal | undefined;
};

/** A request by hand: for files, and for routes whose answer the caller names. */
export const request = async <T>(path: string, options: Options = {}): Promise<T> => {
  const { method = 'GET', query = {}, body, raw, signal } = options;
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  const content = raw
    ? { headers: { 'content-type': raw.mediaType }, body: raw.content }
    : body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await exchange(new Request(url, { method, ...content, ...(signal ? { signal } : {}) }));
  return parsed(await response.text()) as T;
};

export const isProblem = (error: unknown, name: string): error is ApiProblem =>
  error instanceof ApiProblem && error.problem === name;
