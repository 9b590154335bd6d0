import { inJapanese, timeInJapanese } from '@app/calendar';
import type { ProblemTexts } from '@app/http';
import type { DisclosureRejection } from './domain/disclosure.decider';
import type { ImportRejection } from './imports/import-disclosure';
import type { StepInTheWay } from './domain/review';
import type { ReassignmentRejection, SigningRejection } from './review-decisions';
import { meaningNames, signatoriesNames } from './words';

/** Who is missing in a step, and what is in the way of each. */
const inTheWay = {
  ja: ({ step, meaning, signatories, candidates }: StepInTheWay): string => {
    const reasons = {
      author: 'この改訂を書いた方',
      signsAnotherStep: '別の段階の署名者',
    };
    const people = candidates.map(
      ({ person, why }) => `${person.name}さん${why === null ? '' : `（${reasons[why]}）`}`,
    );
    return `第${step + 1}段階の${meaningNames[meaning].ja}（${signatoriesNames(signatories).ja}）：${people.length === 0 ? '就いている方がいません' : people.join('、')}。`;
  },
  en: ({ step, signatories, candidates }: StepInTheWay): string => {
    const reasons = { author: 'an author', signsAnotherStep: 'needed in another step' };
    const people = candidates.map(({ person, why }) => `${person.name}${why === null ? '' : ` (${reasons[why]})`}`);
    return `Step ${step + 1} (${signatoriesNames(signatories).en}): ${people.length === 0 ? 'nobody' : people.join(', ')}.`;
  },
};

/** What a person is told when a disclosure command is refused, and what to do about it. */
export const disclosureProblems: ProblemTexts<DisclosureRejection> = {
  AlreadyRegistered: {
    status: 409,
    ja: 'この開示書は登録済みです。開示書の一覧から開いてください。',
    en: 'This disclosure is registered already. Open it from the list.',
  },
  DisclosureNotFound: {
    status: 404,
    ja: '開示書が見つかりません。一覧から選び直してください。',
    en: 'There is no such disclosure. Choose it from the list.',
  },
  RevisionAlreadyOpen: ({ editionNumber }) => ({
    status: 409,
    ja: `第${editionNumber}版の改訂が進行中です。その改訂を続けるか、取り下げてから始めてください。`,
    en: `The revision towards edition ${editionNumber} is open. Go on with it, or withdraw it first.`,
  }),
  NoOpenRevision: {
    status: 409,
    ja: '進行中の改訂がありません。先に「改訂を始める」を選んでください。',
    en: 'No revision is open. Start one first.',
  },
  NotDrafting: ({ status }) => ({
    status: 409,
    ja:
      status === 'approved'
        ? 'この改訂は承認済みのため、編集できません。直すには責任者に差戻しを依頼してください。'
        : 'この改訂は回付中のため、編集できません。直すには引戻しを行うか、責任者に差戻しを依頼してください。',
    en: 'This revision is not being drafted, so its text is fixed. Recall it, or ask an officer to return it.',
  }),
  NotInReview: {
    status: 409,
    ja: 'この改訂は回付中ではありません。画面を読み込み直して、現在の状態を確認してください。',
    en: 'This revision is not in review. Load the page again to see where it stands.',
  },
  NotApproved: {
    status: 409,
    ja: '必要な署名がそろっていないため、公開できません。承認が終わってから公開してください。',
    en: 'Not all signatures are there, so it cannot be published. Publish after the approval.',
  },
  CauseMissing: {
    status: 422,
    ja: '改訂理由を一つ以上選んでください。',
    en: 'Choose at least one cause of the revision.',
  },
  UnknownItem: ({ itemKey }) => ({
    status: 404,
    ja: `項目 ${itemKey} はこの開示書にありません。目次から選び直してください。`,
    en: `This disclosure has no item ${itemKey}. Choose it from the contents.`,
  }),
  EditConflict: {
    status: 409,
    ja: '編集している間に、ほかの人がこの項目を保存しました。両方の文を見比べて、どちらを残すか選んでください。あなたの文は失われていません。',
    en: 'Somebody else saved this item while you were editing. Compare both texts and choose; yours is not lost.',
  },
  CaptionMissing: ({ alt }) => ({
    status: 422,
    ja: `図「${alt}」に題がありません。図をダブルクリックして、題を書いてください。`,
    en: `The figure “${alt}” has no caption. Double-click it and write one.`,
  }),
  UnknownFinding: {
    status: 409,
    ja: 'この指摘は、本文が直されたため、もうありません。画面を読み込み直してください。',
    en: 'This finding is gone because the text was mended. Load the page again.',
  },
  ReasonMissing: { status: 422, ja: '理由を書いてください。', en: 'Give a reason.' },
  NothingChanged: {
    status: 422,
    ja: '最新の公開版から変わった項目がありません。項目を編集してから提出してください。',
    en: 'No item differs from the edition published last. Edit one before you submit.',
  },
  HistoryTextMissing: {
    status: 422,
    ja: '改訂履歴に載せる文がありません。「改訂理由と履歴」に書いてから提出してください。',
    en: 'The text for the revision history is missing. Write it before you submit.',
  },
  BlockingFindings: ({ findings }) => ({
    status: 422,
    ja: `点検で見つかった${findings.length}件の指摘が残っています。本文を直すか、理由を付けて承知済みにしてください。`,
    en: `${findings.length} findings stand in the way. Mend the text, or waive them with a reason.`,
  }),
  CannotBePrinted: ({ at, ja, en }) => ({
    status: 422,
    ja: `この版は印刷できないため、公開できません（${at}）。${ja}`,
    en: `The edition cannot be printed (${at}), so it is not published. ${en}`,
  }),
  UnprintableCharacters: ({ place, characters, onlyInFile }) => ({
    status: 422,
    ja: `${place}に、印刷できない文字があります：${characters.join(' ')}　${onlyInFile ? '画面では改められない箇所です。ファイルを直し、別の公開名の新しい開示書として取り込んでください。' : '別の文字に改めてから、もう一度提出してください。'}`,
    en: `These characters of ${place} cannot be printed: ${characters.join(' ')} ${onlyInFile ? 'It cannot be edited here: mend the file and import it as a new disclosure with another public name.' : 'Replace them and submit again.'}`,
  }),
  ContentHasChanged: {
    status: 409,
    ja: '画面を開いた後に本文が変わりました。新しい差分を確認してから、署名、差戻しまたは却下をやり直してください。',
    en: 'The text has changed since the page was loaded. Look at the new difference, then sign, return or reject it again.',
  },
  AnotherStepWaits: ({ step }) => ({
    status: 409,
    ja: `画面を開いた後に回付が進み、いまは第${step + 1}段階の番です。画面を読み込み直し、署名する文を確認してから、もう一度署名してください。`,
    en: `The revision has been circulated since the page was loaded; step ${step + 1} waits now. Load the page again and read what you would sign.`,
  }),
  StepMissing: ({ steps }) => ({
    status: 422,
    ja: `あなたはこの回付で複数の段階（${steps.map((step) => `第${step + 1}段階`).join('、')}）の署名者です。どの段階の署名かを指定してください（step）。`,
    en: `You are asked in several steps (${steps.map((step) => step + 1).join(', ')}). Say for which one you sign (step, counted from 0).`,
  }),
  RouteAsksNobody: {
    status: 422,
    ja: '回付経路に、公開の前に署名する段階がありません。管理者に回付経路の見直しを依頼してください。',
    en: 'The route has no step that is signed before the publication. Ask an administrator to mend it.',
  },
  NobodyMaySign: ({ steps }) => ({
    status: 422,
    ja: `このままでは署名できる方が足りません。${steps.map(inTheWay.ja).join('')}組織の責任者か回付経路を管理者に見直してもらうか、ほかの方が書き直してから提出してください。`,
    en: `Too few people could sign. ${steps.map(inTheWay.en).join(' ')} Ask an administrator to mend the offices or the route.`,
  }),
  NotYourTurn: ({ waitingFor }) => ({
    status: 403,
    ja: `いまは${signatoriesNames(waitingFor).ja}の番です。あなたは、この段階の署名者でも、その代理でもありません。`,
    en: `It waits for: ${signatoriesNames(waitingFor).en}. You are neither a signatory of this step nor a deputy of one.`,
  }),
  SignerIsAuthor: {
    status: 403,
    ja: 'この改訂の本文や履歴を書いた方と、指摘を承知済みにした方は、署名できません（職務分掌）。ほかの責任者に依頼してください。',
    en: 'Who wrote in this revision cannot sign it (segregation of duties). Ask another officer.',
  },
  PrincipalIsAuthor: ({ principal }) => ({
    status: 403,
    ja: `${principal.name}さんはこの改訂の本文や履歴を書いた（または指摘を承知済みにした）ため、その代理としても署名できません（職務分掌）。`,
    en: `${principal.name} wrote in this revision, so nobody can sign it on their behalf either.`,
  }),
  SignedAnotherStep: {
    status: 403,
    ja: 'あなた、または代理の相手の方は、別の段階で署名（または後閲）しています。同じ方が二つの段階を受け持つことはできません。',
    en: 'You, or the person you act for, signed (or reviewed) another step. One person cannot fill two steps.',
  },
  SignedThisStep: {
    status: 409,
    ja: 'あなたはこの段階ですでに署名（または後閲）しています。同じ段階で二度行うことはできません。',
    en: 'You have signed (or reviewed) in this step already. Nobody does so twice.',
  },
  AlreadySignedFor: ({ principal }) => ({
    status: 409,
    ja: `この段階の${principal.name}さんの分は、すでに署名（または後閲）が済んでいます。`,
    en: `The signature or post-review of ${principal.name} is there already.`,
  }),
  StepNotComplete: ({ step }) => ({
    status: 409,
    ja: `第${step + 1}段階には、まだ署名していない署名者がいます。画面を読み込み直して、待っている方を確認してください。`,
    en: `Signatures are missing in step ${step + 1}. Load the page again to see for whom it waits.`,
  }),
  NoSuchStep: {
    status: 422,
    ja: '選ばれた段階は、この操作の対象になりません。画面を読み込み直して、選び直してください。',
    en: 'This cannot be done to that step. Load the page again and choose another.',
  },
  NotASignatory: ({ person }) => ({
    status: 409,
    ja: `${person.name}さんは、この段階の署名者ではありません。画面を読み込み直して、選び直してください。`,
    en: `${person.name} is no signatory of this step. Load the page again and choose another.`,
  }),
  ReplacementMayNotSign: ({ person, why }) => ({
    status: 422,
    ja: {
      oneself:
        '自分自身を署名者にすることはできません（職務分掌）。ほかの方を選ぶか、ほかの管理者に変更を依頼してください。',
      author: `${person.name}さんはこの改訂の本文や履歴を書いた（または指摘を承知済みにした）ため、署名者にできません（職務分掌）。`,
      signedAnotherStep: `${person.name}さんは別の段階で署名しているため、この段階の署名者にできません。`,
      signatory: `${person.name}さんは、すでにこの段階の署名者です。ほかの方を選んでください。`,
    }[why],
    en: {
      oneself:
        'You cannot put yourself in (segregation of duties). Choose somebody else, or ask another administrator.',
      author: `${person.name} wrote in this revision, so they cannot sign it.`,
      signedAnotherStep: `${person.name} signed another step, so they cannot sign this one.`,
      signatory: `${person.name} is a signatory of this step already. Choose somebody else.`,
    }[why],
  }),
  NoSuchApproval: ({ editionNumber }) => ({
    status: 409,
    ja: `第${editionNumber}版には、後閲できる承認の記録がありません。`,
    en: `There is no approval of edition ${editionNumber} to review afterwards.`,
  }),
  UnknownComment: {
    status: 404,
    ja: 'コメントが見つかりません。画面を読み込み直してください。',
    en: 'There is no such comment. Load the page again.',
  },
  CommentIsEmpty: { status: 422, ja: 'コメントを書いてください。', en: 'Write the comment.' },
  NotTheSubmitter: ({ submittedBy }) => ({
    status: 403,
    ja: `提出された改訂の引戻しと取下げは、提出した方（${submittedBy.name}さん）だけが行えます。その方の利用が停止されている場合は、管理者が取り下げられます。`,
    en: `Only ${submittedBy.name}, who submitted it, can recall or withdraw it; when that account is disabled, an administrator can withdraw it.`,
  }),
  AlreadySigned: {
    status: 409,
    ja: 'この段階ですでに署名があるため、引き戻せません。責任者に差戻しを依頼してください。',
    en: 'The waiting step has a signature, so it cannot be recalled. Ask an officer to return it.',
  },
  EffectiveBeforeIssued: {
    status: 422,
    ja: '施行日が発行日より前です。施行日を発行日以降にしてください。',
    en: 'It would take effect before it is issued. Choose a later effective date.',
  },
  EffectiveBeforeEarlier: ({ number, effectiveOn }) => ({
    status: 422,
    ja: `第${number}版より先に施行することはできません。施行日を、第${number}版の施行日（${inJapanese(effectiveOn)}）以降にしてください。`,
    en: `It cannot take effect before edition ${number}. Choose ${effectiveOn}, the day on which that one does, or later.`,
  }),
  AlreadyScheduled: ({ publishAt }) => ({
    status: 409,
    ja: `この改訂の公開は${timeInJapanese(publishAt)}に予約されています。変えるには、先に予約を取り消してください。`,
    en: `Its publication is scheduled for ${publishAt}. Cancel the schedule first.`,
  }),
  NotScheduled: {
    status: 409,
    ja: '公開の予約がありません。すでに公開されたか、取り消されています。画面を読み込み直してください。',
    en: 'No publication is scheduled. It was published or cancelled; load the page again.',
  },
  PublicationInPast: {
    status: 422,
    ja: '公開の日時が過ぎています。これから先の日時にしてください。',
    en: 'The time of the publication is over. Choose a later one.',
  },
  NotTheManagementOfficer: {
    status: 403,
    ja: '正誤と提供終了は、管理責任者だけが記録できます。管理責任者に依頼してください。',
    en: 'Only the management officer records an erratum or the end of a service. Ask that officer.',
  },
  NoSuchEdition: ({ number }) => ({
    status: 404,
    ja: `第${number}版はここで公開されていません。版の一覧から選び直してください。`,
    en: `Edition ${number} is not published here. Choose it from the list.`,
  }),
  ErratumIsEmpty: { status: 422, ja: '正誤の文を書いてください。', en: 'Write the erratum.' },
  RevisionIsOpen: ({ editionNumber }) => ({
    status: 409,
    ja: `第${editionNumber}版への改訂が進行中です。公開するか取り下げてから、提供終了を記録してください。`,
    en: `The revision towards edition ${editionNumber} is open. Publish or withdraw it first.`,
  }),
  DisclosureIsRetired: ({ on }) => ({
    status: 409,
    ja: `このサービスは${inJapanese(on)}をもって提供を終了すると記録されています。改訂は始められません。`,
    en: `The end of this service on ${on} is on record. It is not revised any more.`,
  }),
  EffectiveDateInPast: ({ today }) => ({
    status: 422,
    ja: `施行日が過去の日付です。本日（${today}）以降にするか、過去の日付にする理由を書いてください。`,
    en: `The effective date is in the past. Choose ${today} or later, or give a reason.`,
  }),
};

export const signingProblems: ProblemTexts<SigningRejection> = {
  ...disclosureProblems,
  WrongPassword: {
    status: 403,
    ja: 'パスワードが違います。署名はされていません。入力し直してください。',
    en: 'The password is wrong. Nothing was signed; enter it again.',
  },
  TooManyPasswords: {
    status: 429,
    ja: 'パスワードの誤りが続いたため、しばらく署名できません。時間をおいてからお試しください。',
    en: 'Too many wrong passwords. Wait a while before you sign.',
  },
};

export const reassignmentProblems: ProblemTexts<ReassignmentRejection> = {
  ...disclosureProblems,
  UnknownUser: {
    status: 422,
    ja: '選ばれた利用者が見つからないか、停止されています。ほかの方を選んでください。',
    en: 'There is no such user, or they are disabled. Choose somebody else.',
  },
};

export const importProblems: ProblemTexts<ImportRejection> = {
  ...disclosureProblems,
  ServiceNameTaken: ({ service }) => ({
    status: 409,
    ja: `公開名「${service}」は別の開示書で使われています。別の公開名を付けてください。`,
    en: `The public name ${service} is taken by another disclosure. Choose another.`,
  }),
  ServiceNameInvalid: {
    status: 422,
    ja: '公開名は、半角の英小文字・数字・ハイフンで62文字以内にしてください（先頭と末尾はハイフン以外）。',
    en: 'A public name has up to 62 lower-case letters, digits and hyphens, and neither begins nor ends with a hyphen.',
  },
};
