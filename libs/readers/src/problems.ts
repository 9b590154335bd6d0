import type { ProblemTexts } from '@app/http';
import type { ReaderRejection } from './domain/reader.decider';

/** What to tell the vendor: every answer but "yes". */
export const readerProblems: ProblemTexts<ReaderRejection> = {
  UnknownReader: {
    status: 404,
    ja: 'この医療機関は登録されていません。一覧を読み込み直してください。',
    en: 'There is no such reader. Load the list of readers again.',
  },
  AlreadyFollowing: {
    status: 409,
    ja: 'このアドレスはすでに登録されています。一覧で確かめてください。',
    en: 'This address follows the service already. Look for it in the list.',
  },
  NotConfirmed: {
    status: 409,
    ja: 'この医療機関は、まだ登録を確認していません。',
    en: 'This reader has not confirmed yet.',
  },
  HasUnfollowed: {
    status: 409,
    ja: 'この医療機関は、お知らせを停止しています。改めて案内してください。',
    en: 'This reader has left. Invite them anew.',
  },
  AcknowledgedNewer: ({ number, last }) => ({
    status: 409,
    ja: `第${last}版の受領が記録されているため、第${number}版の受領は記録できません。`,
    en: `Edition ${last} has been acknowledged, so edition ${number} cannot be.`,
  }),
};

export const hasRefusedMails = {
  status: 409,
  ja: 'このアドレスの方は、この開示書についてのメールを受け取らないと回答されています。希望される場合は、公開ページの登録フォームから、ご自身で登録していただいてください。',
  en: 'Whoever owns this address has asked not to be mailed about this disclosure. If they want it now, ask them to use the form on the public page.',
} as const;

export const invalidAddress = {
  status: 422,
  ja: 'メールアドレスを1つ、「name@example.jp」の形で入力してください。',
  en: 'Enter one mail address, such as name@example.jp.',
} as const;
