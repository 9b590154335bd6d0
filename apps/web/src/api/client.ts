import { forgetPosition, positionHeader, rememberPosition } from './position';
import { ApiProblem, offline, problemFrom } from './problem';

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

type Request = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: { readonly [name: string]: string | number | undefined };
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, e.g. a file. */
  readonly raw?: { readonly content: Blob; readonly mediaType: string };
  readonly signal?: AbortSignal | undefined;
  /** A 401 is the answer, not the end of a session. */
  readonly sessionQuestion?: boolean;
};

const wait = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/**
 * One request to the api. Answers the parsed JSON (undefined for an empty answer); throws `ApiProblem`.
 * Adds the CSRF token and the position; waits for read models; has an ended session renewed and repeats.
 */
export const request = async <T>(path: string, options: Request = {}): Promise<T> => {
  const { method = 'GET', query = {}, body, raw, signal, sessionQuestion = false } = options;
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));

  const send = async (): Promise<Response> => {
    try {
      return await fetch(url, {
        method,
        credentials: 'same-origin',
        headers: {
          accept: 'application/json, application/problem+json',
          ...(method === 'GET' ? positionHeader() : csrfToken === null ? {} : { 'x-csrf-token': csrfToken }),
          ...(raw
            ? { 'content-type': raw.mediaType }
            : body === undefined
              ? {}
              : { 'content-type': 'application/json' }),
        },
        ...(raw ? { body: raw.content } : body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw offline();
    }
  };

  let askedToSignIn = false;
  for (let waits = 0; ;) {
    const response = await send();
    const text = await response.text();
    const answer = parsed(text);
    if (response.ok) {
      rememberPosition(answer);
      return answer as T;
    }
    const problem = problemFrom(response.status, answer);
    if (problem.problem === 'NotYetVisible' && waits < MAX_WAITS_FOR_READ_MODELS) {
      waits++;
      await wait(Math.min(Number(response.headers.get('retry-after')) || 1, 5));
      continue;
    }
    if (
      response.status === 401 &&
      problem.problem === 'NotSignedIn' &&
      !sessionQuestion &&
      signInAgain &&
      !askedToSignIn
    ) {
      askedToSignIn = true;
      await signInAgain();
      continue;
    }
    throw problem;
  }
};

const parsed = (text: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const isProblem = (error: unknown, name: string): error is ApiProblem =>
  error instanceof ApiProblem && error.problem === name;
