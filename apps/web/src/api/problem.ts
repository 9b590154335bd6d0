import { en } from '../messages/en';
import { ja } from '../messages/ja';

/**
 * What the api answers when it does not do what was asked (RFC 9457), or what we say ourselves when there is no answer.
 * `name` is the problem's stable name, e.g. `EditConflict`; `detail…` say what to do; `extensions` carry what the problem is about.
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(
    readonly problem: string,
    readonly status: number,
    readonly detailJa: string,
    readonly detail: string,
    readonly extensions: { readonly [name: string]: unknown } = {},
  ) {
    super(`${problem} (${status}): ${detail}`);
  }
}

/** No answer at all: the server or the network is away. */
export const offline = (): ApiProblem => new ApiProblem('Offline', 0, ja.offline, en.offline);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * From an answer that is not 2xx. A proxy in between may answer with a page instead of a problem: then the sentence is ours.
 * @param body the parsed JSON, or undefined when it was none
 */
export const problemFrom = (status: number, body: unknown): ApiProblem => {
  if (!isRecord(body) || typeof body['detail'] !== 'string') {
    // 502, 503, 504 from a proxy mean that the api is not there, not that it failed.
    if (status >= 502 && status <= 504) return offline();
    return new ApiProblem('Unexpected', status, ja.unexpected, en.unexpected);
  }
  const { type, title, detail, detailJa, status: _status, ...extensions } = body;
  const name =
    typeof type === 'string' && type.startsWith('urn:kaijisho:problem:')
      ? type.slice(21)
      : String(title ?? 'Unexpected');
  return new ApiProblem(
    name,
    status,
    typeof detailJa === 'string' ? detailJa : String(detail),
    String(detail),
    extensions,
  );
};

/** The sentence for the person, whatever was thrown. */
export const sentenceOf = (error: unknown, language: 'ja' | 'en'): string => {
  if (error instanceof ApiProblem) return language === 'ja' ? error.detailJa : error.detail;
  return language === 'ja' ? ja.unexpected : en.unexpected;
};
