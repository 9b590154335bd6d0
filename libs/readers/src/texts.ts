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
      `${service}の開示書が改訂されたとき、前回受領を記録された版からの変更箇所をメールでお知らせします。メールから、アカウントなしで受領を記録し、受領書を受け取れます。`,
    button: '確認のメールを受け取る',
    privacy:
      '入力されたアドレスに確認のメールをお送りします。メールのページでボタンを押すまで、登録は完了しません。アドレスはお知らせの送信だけに使い、停止されると消去します。医療機関の名称は受領の記録に残ります。',
    badHospital: '医療機関の名称を、200字以内の1行で入力してください。',
    badMail: 'メールアドレスを1つ、「name@example.jp」の形で入力してください。',
  },
  asked: {
    title: '確認のメールをお送りしました',
    what: '入力されたアドレスに届いたメールのページを開き、ボタンを押すと、登録が完了します。',
    help: 'しばらくしても届かない場合は、迷惑メールの振り分けとアドレスの誤りをご確認ください。',
  },
  tooOften: {
    title: '申込みが続いています',
    what: 'この接続元からの申込みが続いているため、受け付けませんでした。15分ほど待ってから、もう一度お試しください。',
  },
  confirm: {
    title: '登録の確認',
    what: (service: string) => `${service}の開示書が改訂されたとき、次のアドレスにお知らせします。`,
    button: '登録する',
  },
  following: {
    title: '登録が完了しました',
    what: (service: string, hospital: string) => `${service}の開示書が改訂されると、${hospital}にお知らせします。`,
    acknowledge: '現在の版を確認して受領を記録しておくと、次のお知らせで、その版からの変更箇所が分かります。',
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
    at: '受領を記録した日時',
    since: '前回受領を記録した版',
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
      `${hospital}（${mail}）への、${service}の開示書の改訂のお知らせを停止します。アドレスは消去し、受領の記録は残します。`,
    button: 'お知らせを停止する',
  },
  left: {
    title: 'お知らせを停止しました',
    what: '改訂のお知らせはもうお送りしません。アドレスは消去しました。再び受け取る場合は、開示書のページから登録してください。',
  },
  expired: {
    title: 'リンクの有効期限が切れています',
    what: '何も記録していません。登録のページで同じアドレスを入力すると、新しいリンクが届きます。',
    link: '登録のページへ',
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
      `When the disclosure of ${service} is revised, a mail (in Japanese) tells you what has changed since the edition that you acknowledged last. From there you acknowledge the new one and get a receipt, without an account.`,
    button: 'Send me the mail to confirm with',
    privacy:
      'A mail to confirm with is sent to this address. Until you press the button on its page, nothing is registered. The address is used for these mails only and erased when you stop them; the name of the hospital stays in the record of what it acknowledged.',
    badHospital: 'Enter the name of the hospital, one line of at most 200 characters.',
    badMail: 'Enter one mail address, such as name@example.jp.',
  },
  asked: {
    title: 'A mail to confirm with is on its way',
    what: 'Open the page that the mail leads to and press the button there: then you are registered.',
    help: 'If it does not come, look among the unwanted mails, and whether the address was right.',
  },
  tooOften: {
    title: 'Too many requests',
    what: 'There were too many requests from where you are, so this one was not taken. Try again in about 15 minutes.',
  },
  confirm: {
    title: 'Confirm',
    what: (service) => `When the disclosure of ${service} is revised, this address is told.`,
    button: 'Register',
  },
  following: {
    title: 'You are registered',
    what: (service, hospital) => `When the disclosure of ${service} is revised, ${hospital} is told.`,
    acknowledge: 'Read and acknowledge the present edition: the next mail then says what has changed since.',
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
      `This stops the mails to ${hospital} (${mail}) about the disclosure of ${service}. The address is erased; what was acknowledged stays on record.`,
    button: 'Stop the mails',
  },
  left: {
    title: 'The mails are stopped',
    what: 'You get no more of these mails, and your address has been erased. To have them again, register on the page of the disclosure.',
  },
  expired: {
    title: 'This link has expired',
    what: 'Nothing was recorded. Enter the same address where you registered, and a new link comes by mail.',
    link: 'To the registration',
  },
  wrongLink: {
    title: 'This link cannot be used',
    what: 'Nothing was recorded. A part of the link is missing, a newer mail has replaced it, or nobody is registered. Open the link of the mail in full.',
  },
};

const all: Readonly<Record<Language, Texts>> = { ja, en };
export const textsOf = ({ language }: Face): Texts => all[language];
