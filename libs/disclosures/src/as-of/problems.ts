import { inJapanese } from '@app/calendar';
import type { ProblemTexts } from '@app/http';
import type { AsOfRejection } from './as-of';
import type { WhenProblem } from './read-when';

export type WhenRejection =
  | AsOfRejection
  | WhenProblem
  | { readonly type: 'TimeGivenTwice' }
  | { readonly type: 'ClockUnknown'; readonly written: string };

const tokyo = (instant: string): string =>
  new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Tokyo' }).format(
    new Date(instant),
  );

/** What a person is told who asks for a time at which there is nothing to show. */
export const asOfProblems: ProblemTexts<WhenRejection> = {
  DisclosureNotFound: {
    status: 404,
    ja: '開示書が見つかりません。一覧から選び直してください。',
    en: 'There is no such disclosure. Choose it from the list.',
  },
  MomentUnknown: ({ last }) => ({
    status: 404,
    ja: `この開示書に、その時点の記録はありません。記録1から記録${last}までを指定してください。`,
    en: `This disclosure has no such moment. Ask for one from 1 to ${last}.`,
  }),
  BeforeFirstEvent: ({ first }) => ({
    status: 404,
    ja: `その時点では、開示書はまだ登録されていません。最初の記録は${tokyo(first)}です。それ以降を指定してください。`,
    en: `The disclosure was not registered then. Its record begins at ${first}; ask for that or later.`,
  }),
  InTheFuture: ({ now }) => ({
    status: 422,
    ja: `未来の時点は示せません。現在（${tokyo(now)}）までの時点を指定してください。`,
    en: `That is in the future. Ask for ${now} or earlier.`,
  }),
  NothingPublishedYet: {
    status: 404,
    ja: 'その時点では、公開された版がまだありません。後の時点を選ぶか、「記録」の時計で見てください。',
    en: 'No edition was published then. Choose a later moment, or the clock "recorded".',
  },
  NothingInForceYet: ({ first }) => ({
    status: 404,
    ja: `その日には、まだどの版もありません。最初の版の発行日は${inJapanese(first)}です。`,
    en: `There was no edition on that day. The first was issued on ${first}.`,
  }),
  TextNotKept: ({ number }) => ({
    status: 404,
    ja: `その日に施行されていたのは第${number}版ですが、取り込みより前の版のため、本文はここに残っていません。改訂履歴だけが残っています。`,
    en: `Edition ${number} was in force on that day. It is older than the import: only its row of the revision history is kept here.`,
  }),
  TimeAmbiguous: ({ written }) => ({
    status: 422,
    ja: `「${written}」には時差がなく、どの時刻か決まりません。2026-05-01T09:00:00+09:00 のように時差を付けるか、2026-05-01 のように日付だけにしてください。`,
    en: `${written} could be several instants. Add the offset, as in 2026-05-01T09:00:00+09:00, or give the day alone.`,
  }),
  TimeUnreadable: ({ written }) => ({
    status: 422,
    ja: `「${written}」を日時として読み取れません。2026-05-01 または 2026-05-01T09:00:00+09:00 の形で書いてください。`,
    en: `${written} is no time. Write 2026-05-01 or 2026-05-01T09:00:00+09:00.`,
  }),
  TimeGivenTwice: {
    status: 422,
    ja: '時点の指定が重なっています。at、version、position のうち一つだけを指定してください。',
    en: 'The time is given more than once. Give one of at, version and position.',
  },
  ClockUnknown: ({ written }) => ({
    status: 422,
    ja: `時計「${written}」はありません。recorded（記録された本文）、effective（施行された版）、public（公開されていた版）から選んでください。`,
    en: `There is no clock ${written}. Choose recorded, effective or public.`,
  }),
};
