import type { Face, Language } from '@app/publishing/portal/face';

const ja = {
  toIndex: '公開中の開示書の一覧へ',
  toService: (service: string) => `${service}の開示書`,
  edition: (n: number) => `第${n}版`,
  hospital: '医療機関の名称',
  mail: 'メールアドレス',
  follow: {
    title: '改訂のお知らせを受け取る',
    what: (service: string) =>
      `${service}の開示書が改訂されたとき、前回受領を記録された版からの変更箇所をメールでお知らせします。公開済みの版の正誤と、提供の終了もお知らせします。改訂のメールから、アカウントなしで受領を記録し、受領書を受け取れます。`,
    button: '確認のメールを受け取る',
    privacy:
      '入力されたアドレスに確認のメールをお送りします。メールに記載のページでボタンを押すまで、登録は完了しません。アドレスはお知らせの送信だけに使い、停止されると消去します。医療機関の名称は受領の記録に残ります。',
    badHospital: '医療機関の名称を、200字以内の1行で入力してください。',
    badMail: 'メールアドレスを1つ、「name@example.jp」の形で入力してください。',
  },
  asked: {
    title: '登録の申込みを受け付けました',
    what: '入力されたアドレスに確認のメールをお送りします。メールに記載のページを開き、ボタンを押すと、登録が完了します。',
    help: 'しばらくしても届かない場合は、迷惑メールの振り分けとアドレスの誤りをご確認ください。同じアドレスにお送りするのは15分間に3通まで、以前にお知らせや案内を停止されたアドレスには30日に1通までです。',
  },
  tooOften: {
    title: '申込みが続いています',
    what: 'この接続元からの申込みが続いているため、受け付けませんでした。15分ほど待ってから、もう一度お試しください。',
  },
  confirm: {
    title: '登録の確認',
    what: (service: string) => `${service}の開示書の改訂、正誤、提供の終了を、次のアドレスにお知らせします。`,
    button: '登録する',
  },
  following: {
    title: '登録が完了しました',
    what: (service: string, hospital: string) =>
      `${service}の開示書の改訂、正誤、提供の終了を、${hospital}にお知らせします。`,
    acknowledge: '最新の公開版を確認して受領を記録しておくと、次のお知らせで、その版からの変更箇所が分かります。',
    link: (edition: string) => `${edition}の受領を記録する`,
  },
  acknowledge: {
    title: (edition: string) => `${edition}の受領の記録`,
    recorded: '受領を記録しました',
    who: '医療機関',
    document: '文書',
    number: '版数',
    issuedOn: '発行日',
    effectiveOn: '施行日',
    at: '受領の日時',
    since: '前回受領した版',
    none: 'なし',
    contentHash: '内容ハッシュ（SHA-256）',
    whole: (edition: string) => `${edition}の全文を読む`,
    newer: (edition: string) => `この版より新しい${edition}が公開されています。`,
    readNewer: (edition: string) => `${edition}を読む`,
    receipt: '受領書（PDF）を受け取る',
    overtaken: (newer: string, edition: string) =>
      `この版より新しい${newer}の受領がすでに記録されているため、${edition}の受領は記録できません。`,
    first: '受領を記録された版がまだないため、全文をご確認ください。',
    changes: (older: string) => `${older}からの変更箇所`,
    unchanged: '本文に変更はありません。',
    table: '新旧対照表',
    legend: '（傍線部分は改正部分）',
    after: (n: number) => `改正後　第${n}版`,
    before: (n: number) => `改正前　第${n}版`,
    record: '受領の記録',
    what: (hospital: string, edition: string, compared: boolean) =>
      `ボタンを押すと、${hospital}が${edition}を受領し、${compared ? '上の変更' : 'その内容'}を確認したことが、日時とともに記録されます。`,
    button: '受領を記録する',
  },
  leave: {
    title: 'お知らせの停止',
    what: (hospital: string, mail: string, service: string) =>
      `${hospital}（${mail}）への、${service}の開示書のお知らせを停止します。発行者からの案内も、今後お送りしません。アドレスは消去し、受領の記録は残します。`,
    button: 'お知らせを停止する',
  },
  decline: {
    title: '案内の停止',
    what: (mail: string, service: string) =>
      `${service}の開示書についての案内を、今後 ${mail} にお送りしません。アドレスは消去し、停止の記録だけを、アドレスそのものではない値（ハッシュ値）で残します。`,
    whatOfErased: (service: string) =>
      `${service}の開示書についてのお知らせや案内を、このリンクをお送りしたアドレスに、今後お送りしません。アドレスは消去し、停止の記録だけを、アドレスそのものではない値（ハッシュ値）で残します。`,
    button: '今後この案内を受け取らない',
  },
  left: {
    title: 'お知らせを停止しました',
    what: 'この開示書についてのお知らせや案内は、もうお送りしません。アドレスは消去しました。お知らせが必要になったときは、開示書のページから登録してください。',
  },
  expired: {
    title: 'リンクの有効期限が切れています',
    what: '何も記録していません。登録のページで同じアドレスを入力すると、新しいリンクをお送りします。以前にお知らせや案内を停止されたアドレスには、30日に1通までです。',
    whatOfEnded:
      '何も記録していません。このサービスは提供終了が告知されているため、新しいリンクはお送りできません。開示書は公開ページで読めます。',
    link: '登録のページへ',
  },
  ended: {
    title: '登録は終了しています',
    what: '何も記録していません。このリンクをお送りした登録は終了し、アドレスは消去しました。お知らせが必要なときは、開示書のページから登録してください。',
  },
  wrongLink: {
    title: 'このリンクは使えません',
    what: '何も記録していません。リンクの一部が欠けているか、より新しいメールのリンクに替わっているか、登録がありません。届いたメールのリンクを、途中で切らずに開いてください。',
  },
};
export type Texts = typeof ja;

const en: Texts = {
  toIndex: 'All published disclosures',
  toService: (service) => `The disclosure of ${service}`,
  edition: (n) => `edition ${n}`,
  hospital: 'Name of the hospital',
  mail: 'Mail address',
  follow: {
    title: 'Be told of new editions',
    what: (service) =>
      `When the disclosure of ${service} is revised, a mail (in Japanese) tells you what has changed since the edition that you acknowledged last. From there you acknowledge the new one and get a receipt, without an account. You are also told of errata and of the end of the service.`,
    button: 'Send me the mail to confirm with',
    privacy:
      'A mail to confirm with is sent to this address. Until you press the button on its page, nothing is registered. The address is used for these mails only and erased when you stop them; the name of the hospital stays in the record of what it acknowledged.',
    badHospital: 'Enter the name of the hospital, one line of at most 200 characters.',
    badMail: 'Enter one mail address, such as name@example.jp.',
  },
  asked: {
    title: 'Your request was taken',
    what: 'A mail to confirm with is sent to this address. Open the page that it leads to and press the button there: then you are registered.',
    help: 'If it does not come, look among the unwanted mails, and whether the address was right. An address gets at most three such mails in 15 minutes, and one in 30 days if it has stopped our mails before.',
  },
  tooOften: {
    title: 'Too many requests',
    what: 'There were too many requests from where you are, so this one was not taken. Try again in about 15 minutes.',
  },
  confirm: {
    title: 'Confirm',
    what: (service) =>
      `This address is told of new editions and errata of the disclosure of ${service}, and of the end of the service.`,
    button: 'Register',
  },
  following: {
    title: 'You are registered',
    what: (service, hospital) =>
      `${hospital} is told of new editions and errata of the disclosure of ${service}, and of the end of the service.`,
    acknowledge: 'Read and acknowledge the newest edition: the next mail then says what has changed since.',
    link: (edition) => `Acknowledge ${edition}`,
  },
  acknowledge: {
    title: (edition) => `Acknowledge ${edition}`,
    recorded: 'Acknowledged',
    who: 'Hospital',
    document: 'Document',
    number: 'Edition',
    issuedOn: 'Issued',
    effectiveOn: 'In force from',
    at: 'Acknowledged at',
    since: 'Acknowledged before',
    none: 'none',
    contentHash: 'Content hash (SHA-256)',
    whole: (edition) => `Read all of ${edition}`,
    newer: (edition) => `There is a newer one, ${edition}. `,
    readNewer: (edition) => `Read ${edition}`,
    receipt: 'Get the receipt (PDF, in Japanese)',
    overtaken: (newer, edition) => `You have acknowledged ${newer}, which is newer, so ${edition} cannot be any more.`,
    first: 'You have not acknowledged any edition yet: please read the whole text.',
    changes: (older) => `What has changed since ${older}`,
    unchanged: 'The text is the same.',
    table: 'Table of what changed',
    legend: 'Underlined: what changed. （略）: left out, unchanged. （新設）: new. （削除）: removed. （移動）: moved.',
    after: (n) => `After: edition ${n}`,
    before: (n) => `Before: edition ${n}`,
    record: 'Acknowledge',
    what: (hospital, edition, compared) =>
      `The button records, with the time, that ${hospital} has received ${edition} and has read ${compared ? 'the changes above' : 'it'}.`,
    button: 'Acknowledge',
  },
  leave: {
    title: 'Stop the mails',
    what: (hospital, mail, service) =>
      `This stops the mails and invitations to ${hospital} (${mail}) about the disclosure of ${service}. The address is erased; what was acknowledged stays on record.`,
    button: 'Stop the mails',
  },
  decline: {
    title: 'No more invitations',
    what: (mail, service) =>
      `No more invitations about the disclosure of ${service} go to ${mail}. The address is erased; only a hash is kept so as not to write to it again.`,
    whatOfErased: (service) =>
      `No more mails or invitations about the disclosure of ${service} go to the address that this link was sent to. The address is erased; only a hash is kept so as not to write to it again.`,
    button: 'Send no more',
  },
  left: {
    title: 'The mails are stopped',
    what: 'You get no more mails or invitations about this disclosure, and your address has been erased. To have them again, register on the page of the disclosure.',
  },
  expired: {
    title: 'This link has expired',
    what: 'Nothing was recorded. Enter the same address where you registered, and a new link comes by mail; at most one in 30 days if this address has stopped our mails before.',
    whatOfEnded:
      'Nothing was recorded. The end of this service has been announced, so no new link is sent. The disclosure stays on its page.',
    link: 'To the registration',
  },
  ended: {
    title: 'The registration has ended',
    what: 'Nothing was recorded. The registration that this link was sent for has ended, and its address was erased. To be told of new editions, register on the page of the disclosure.',
  },
  wrongLink: {
    title: 'This link cannot be used',
    what: 'Nothing was recorded. A part of the link is missing, a newer mail has replaced it, or nobody is registered. Open the link of the mail in full.',
  },
};

const all: Readonly<Record<Language, Texts>> = { ja, en };
export const textsOf = ({ language }: Face): Texts => all[language];
