import { inJapanese } from '@app/calendar';
import type { ProblemTexts } from '@app/http';
import type { AppointmentRejection } from './appoint-officer';
import { officeNames } from './domain/officer-role';

/** What a person is told when a command about officers or deputations is refused, and what to do about it. */
export const officerProblems: ProblemTexts<AppointmentRejection> = {
  UnknownUser: {
    status: 422,
    ja: '選ばれた利用者が見つかりません。利用者の一覧を読み込み直して選んでください。',
    en: 'There is no such user. Load the list of users again and choose one.',
  },
  NotInOffice: ({ on }) => ({
    status: 409,
    ja: `この利用者は${inJapanese(on)}にこの責任者ではありません。在任期間を確かめ、在任中の日を最終日に指定してください。`,
    en: `This person does not hold the office on ${on}. Check the period and give a day in it as the last one.`,
  }),
  NotThePrincipal: ({ principal }) => ({
    status: 403,
    ja: `この代理を設定・終了できるのは、${principal.name}さん本人か管理者です。本人か管理者に依頼してください。`,
    en: `Only ${principal.name} or an administrator can grant or end this deputation. Ask one of them.`,
  }),
  DeputyIsPrincipal: {
    status: 422,
    ja: '本人を自分の代理にすることはできません。別の人を選んでください。',
    en: 'Nobody is their own deputy. Choose somebody else.',
  },
  DeputyIsGranter: {
    status: 422,
    ja: '自分をほかの人の代理に設定することはできません。本人か、別の管理者に依頼してください。',
    en: 'Nobody makes themselves a deputy. Ask the person who is to be represented, or another administrator.',
  },
  EndsBeforeItBegins: {
    status: 422,
    ja: '終了日が開始日より前です。期間を直してください。',
    en: 'The last day is before the first one. Correct the period.',
  },
  BeginsInThePast: ({ today }) => ({
    status: 422,
    ja: `代理は、過去の日にさかのぼって始められません。開始日を${inJapanese(today)}以降にしてください。`,
    en: `A deputation cannot begin in the past. Choose ${today} or a later day.`,
  }),
  ScopeIsEmpty: {
    status: 422,
    ja: '代理の範囲が空です。責任者の役割と開示書を一つ以上選ぶか、「すべて」にしてください。',
    en: 'The deputation extends to nothing. Choose at least one office and one disclosure, or all.',
  },
  PrincipalHoldsNoOffice: ({ roles }) => ({
    status: 422,
    ja:
      roles.length === 0
        ? 'この人は、期間中にどの責任者にも就いていないため、代理を置けません。先に責任者の任命を記録してください。'
        : `この人は、期間中に${roles.map((role) => officeNames[role].ja).join('・')}に就いていません。役割を選び直すか、先に任命を記録してください。`,
    en:
      roles.length === 0
        ? 'This person holds no office in that period. Record the appointment first.'
        : `In that period this person is not ${roles.map((role) => officeNames[role].en).join(', ')}. Choose again, or record the appointment first.`,
  }),
  DeputationOverlaps: ({ from, until }) => ({
    status: 409,
    ja: `同じ範囲の代理が、すでに${inJapanese(from)}から${inJapanese(until)}まで設定されています。期間や範囲が重ならないようにするか、先にその代理を終了してください。`,
    en: `This person is their deputy already from ${from} to ${until}. Choose another period or scope, or end that one first.`,
  }),
  UnknownDeputation: {
    status: 404,
    ja: '代理の設定が見つかりません。一覧を読み込み直してください。',
    en: 'There is no such deputation. Load the list again.',
  },
  DeputationIsOver: ({ until }) => ({
    status: 409,
    ja: `この代理は、${inJapanese(until)}に終わっています。`,
    en: `This deputation ended on ${until}.`,
  }),
  CannotEndOn: ({ earliest, latest }) => ({
    status: 422,
    ja: `最終日は、${inJapanese(earliest)}から${inJapanese(latest)}までの日にしてください。延ばすには、新しい代理を設定してください。`,
    en: `Choose a last day from ${earliest} to ${latest}. To make it longer, grant another deputation.`,
  }),
};
