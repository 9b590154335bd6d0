import { inJapanese } from '@app/calendar';
import type { ProblemTexts } from '@app/http';
import type { CertificateAudit } from './domain/certificate';
import type { CertificateRejection } from './domain/certificate.decider';

const audits: Record<CertificateAudit, { readonly ja: string; readonly en: string }> = {
  surveillance: { ja: '維持審査', en: 'surveillance audit' },
  renewal: { ja: '更新審査', en: 'renewal audit' },
};

/** What to tell the user: every answer but "yes" of the register of certificates. */
export const certificateProblems: ProblemTexts<CertificateRejection> = {
  UnknownCertificate: {
    status: 404,
    ja: 'この証明書は登録されていません。証明書の一覧を読み込み直してください。',
    en: 'There is no such certificate. Load the list of certificates again.',
  },
  UnknownKind: {
    status: 422,
    ja: 'この種類の証明書は設定されていません。種類を選び直すか、管理者に追加を依頼してください。',
    en: 'There is no such kind of certificate. Choose another one, or ask an administrator to add it.',
  },
  AlreadyRegistered: {
    status: 409,
    ja: 'この証明書はすでに登録されています。新しい有効期限は「更新を記録」で入力してください。',
    en: 'This certificate is registered already. Record a new expiry as a renewal.',
  },
  CertificateWithdrawn: {
    status: 409,
    ja: 'この証明書は取下げ済みのため、変更できません。取り直した証明書は新しく登録してください。',
    en: 'This certificate was withdrawn and cannot be changed. Register the one that replaces it.',
  },
  ExpiryBeforeIssue: ({ issuedOn, validUntil }) => ({
    status: 422,
    ja: `有効期限（${inJapanese(validUntil)}）が発行日（${inJapanese(issuedOn)}）より前になっています。証明書の原本を確かめ、どちらかの日付を直してください。`,
    en: `The expiry (${validUntil}) is before the issue (${issuedOn}). Look at the certificate and correct one of them.`,
  }),
  ExpiryBeforeStart: ({ validFrom, validUntil }) => ({
    status: 422,
    ja: `有効期限（${inJapanese(validUntil)}）が有効期間の開始日（${inJapanese(validFrom)}）より前になっています。証明書の原本を確かめ、どちらかの日付を直してください。`,
    en: `The expiry (${validUntil}) is before the first day of validity (${validFrom}). Look at the certificate and correct one of them.`,
  }),
  UnchangedRenewal: ({ validUntil }) => ({
    status: 409,
    ja: `登録されている内容（有効期限 ${inJapanese(validUntil)}）と同じです。更新後の証明書の番号と日付を入力してください。`,
    en: `This is what is registered already (expiry ${validUntil}). Enter the number and dates of the renewed certificate.`,
  }),
  UnknownEvidence: {
    status: 404,
    ja: 'このファイルは添付されていません。証明書の画面を読み込み直してください。',
    en: 'There is no such file on this certificate. Load its page again.',
  },
  TooManyFiles: ({ most }) => ({
    status: 409,
    ja: `添付できるファイルは${most}個までです。不要なものを外してから添付してください。`,
    en: `At most ${most} files can be attached. Remove one that is not needed first.`,
  }),
  DayInFuture: ({ on, today }) => ({
    status: 422,
    ja: `${inJapanese(on)}は本日（${inJapanese(today)}）より後です。実際に行った日を入力してください。`,
    en: `${on} is after today (${today}). Enter the day on which it was done.`,
  }),
  FiledBeforeWindow: ({ filedOn, from }) => ({
    status: 422,
    ja: `更新申請を受け付けているのは${inJapanese(from)}からです。申請日（${inJapanese(filedOn)}）か有効期限を確かめてください。`,
    en: `The renewal may be applied for from ${from} on. Check the day of the application (${filedOn}) and the expiry.`,
  }),
  FiledAfterExpiry: ({ filedOn, validUntil }) => ({
    status: 422,
    ja: `更新申請日（${inJapanese(filedOn)}）が有効期限（${inJapanese(validUntil)}）より後になっています。日付を確かめてください。期限後に取り直した証明書は「更新を記録」で入力してください。`,
    en: `The application (${filedOn}) is after the expiry (${validUntil}). Check the dates; record a certificate obtained after it lapsed as a renewal.`,
  }),
  NotFiled: {
    status: 409,
    ja: '更新申請は記録されていません。証明書の画面を読み込み直してください。',
    en: 'No application for renewal is recorded. Load the page of the certificate again.',
  },
  NoSurveillancePlanned: ({ audit }) => ({
    status: 409,
    ja: `${audits[audit].ja}の予定が登録されていません。先に予定日を登録してください。`,
    en: `No ${audits[audit].en} is planned. Plan it first.`,
  }),
  SurveillanceAfterExpiry: ({ audit, dueOn, validUntil }) => ({
    status: 422,
    ja: `${audits[audit].ja}の期限（${inJapanese(dueOn)}）が有効期限（${inJapanese(validUntil)}）より後になっています。有効期限までの日を入力してください。`,
    en: `The ${audits[audit].en} (${dueOn}) would be after the expiry (${validUntil}). Enter a day up to the expiry.`,
  }),
  NextNotLater: ({ on, nextDueOn }) => ({
    status: 422,
    ja: `次回の期限（${inJapanese(nextDueOn)}）は、今回の審査日（${inJapanese(on)}）より後の日にしてください。`,
    en: `The next one (${nextDueOn}) has to be later than this one (${on}).`,
  }),
};
