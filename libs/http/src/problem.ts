import type { Handled } from '@app/event-sourcing';
import { HttpException } from '@nestjs/common';
import type { CommandAnswer } from './contract';

/** A sentence for the user: what is wrong and what to do, in both languages. */
export type ProblemText = { readonly status: number; readonly ja: string; readonly en: string };

/** RFC 9457 `application/problem+json`, with the Japanese sentence beside the English one. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly detailJa: string;
  readonly [extension: string]: unknown;
};

/** Problems that no feature owns. */
export const generalProblems = {
  NotSignedIn: {
    status: 401,
    ja: 'サインインしていないか、セッションの期限が切れています。サインインし直してください。書きかけの内容はこの端末に残っています。',
    en: 'You are not signed in, or your session has ended. Sign in again; what you were writing is kept on this device.',
  },
  NotAllowed: {
    status: 403,
    ja: 'この操作を行う権限がありません。必要な場合は管理者に役割の付与を依頼してください。',
    en: 'You are not allowed to do this. Ask an administrator for the role if you need it.',
  },
  CrossSiteRequest: {
    status: 403,
    ja: '別のサイトから送られた要求のため、実行しませんでした。Kaijisho の画面から操作してください。',
    en: 'This request came from another site and was not carried out. Use the pages of Kaijisho.',
  },
  CsrfTokenMismatch: {
    status: 403,
    ja: '画面を開いた後にサインインし直したため、実行しませんでした。画面を読み込み直して、もう一度お試しください。',
    en: 'You signed in again after this page was opened, so nothing was done. Reload the page and try again.',
  },
  BadBody: {
    status: 400,
    ja: '送られた内容に誤りがあります。示された欄を直して、もう一度送信してください。',
    en: 'The request is not valid. Correct the fields named and send it again.',
  },
  TooLarge: {
    status: 413,
    ja: '送られた内容が大きすぎます。上限を超えない大きさにしてください。',
    en: 'The request is too large. Make it smaller than the limit.',
  },
  NotFound: {
    status: 404,
    ja: '見つかりません。削除されたか、アドレスが誤っています。',
    en: 'There is nothing here. It was removed, or the address is wrong.',
  },
  NotYetVisible: {
    status: 503,
    ja: '直前の変更を反映しています。数秒後にもう一度読み込んでください。',
    en: 'Your last change is still being taken in. Load again in a few seconds.',
  },
  VersionConflict: {
    status: 412,
    ja: '表示している間に、ほかの人が先に変更しました。読み込み直して確認してください。',
    en: 'Somebody else changed this first. Load it again and look.',
  },
  LogCannotDoThat: {
    status: 501,
    ja: '記録を保存しているサーバー（KurrentDB）の版が古く、この操作を実行できません。何も保存していません。25.1 以降に更新するよう、管理者に依頼してください。',
    en: 'The server that keeps the log (KurrentDB) is too old for this; nothing was stored. Ask an administrator to update it to 25.1 or newer.',
  },
  Unexpected: {
    status: 500,
    ja: '処理中に問題が起きました。時間をおいてもう一度お試しください。続く場合は、管理者に要求番号を伝えてください。',
    en: 'Something went wrong. Try again later; if it goes on, give the request id to an administrator.',
  },
  TooManyRequests: {
    status: 429,
    ja: '試行回数が多すぎます。しばらく待ってからもう一度お試しください。',
    en: 'Too many attempts. Wait a while and try again.',
  },
} as const satisfies Record<string, ProblemText>;

export const problemOf = (name: string, text: ProblemText, extensions: Record<string, unknown> = {}): HttpException => {
  const body: Problem = {
    ...extensions,
    type: `urn:kaijisho:problem:${name}`,
    title: name,
    status: text.status,
    detail: text.en,
    detailJa: text.ja,
  };
  return new HttpException(body, text.status);
};

export const problem = (name: keyof typeof generalProblems, extensions: Record<string, unknown> = {}): HttpException =>
  problemOf(name, generalProblems[name], extensions);

/**
 * Rejections become problems. The table is a Record over the union, so a new rejection without a text does not compile.
 * A text may be a function of the rejection, to name what it is about.
 */
export type ProblemTexts<R extends { readonly type: string }> = {
  readonly [T in R['type']]: ProblemText | ((rejection: Extract<R, { type: T }>) => ProblemText);
};

/** What to tell the user about a rejection. */
export const problemTextOf = <R extends { readonly type: string }>(
  rejection: R,
  texts: ProblemTexts<R>,
): ProblemText => {
  const text = texts[rejection.type as R['type']] as ProblemText | ((rejection: R) => ProblemText);
  return typeof text === 'function' ? text(rejection) : text;
};

export const orProblem = <R extends { readonly type: string }>(
  handled: Handled<R>,
  texts: ProblemTexts<R>,
): CommandAnswer => {
  if (handled.outcome === 'accepted') return { version: handled.version, position: handled.position };
  const { type, ...detail } = handled.rejection;
  throw problemOf(type, problemTextOf(handled.rejection, texts), detail);
};
