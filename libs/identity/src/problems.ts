import type { ProblemTexts } from '@app/http';
import type { UserRejection } from './domain/user.decider';
import type { RegistrationRejection } from './register-user';

/** The same words whatever was wrong: the answer must not tell which names exist. */
export const signInRefused = {
  status: 401,
  ja: 'サインインできませんでした。ログイン名（またはメールアドレス）とパスワードを確認してください。アカウントが停止されている場合は、管理者に問い合わせてください。',
  en: 'You could not be signed in. Check the login name (or mail address) and the password. If your account was disabled, ask an administrator.',
} as const;

export const wrongPassword = {
  status: 422,
  ja: 'パスワードが違います。もう一度入力してください。',
  en: 'That is not your password. Enter it again.',
} as const;

export const resetLinkInvalid = {
  status: 422,
  ja: 'このリンクは、期限が切れたか、すでに使われています。管理者に、パスワードの再設定をもう一度依頼してください。',
  en: 'This link has expired or was used already. Ask an administrator to reset your password again.',
} as const;

const alreadyRegistered = {
  status: 409,
  ja: 'この利用者はすでに登録されています。',
  en: 'This user is registered already.',
} as const;

export const passwordTooShort = (minimum: number) => ({
  status: 422,
  ja: `パスワードは${minimum}文字以上にしてください。`,
  en: `Choose a password of at least ${minimum} characters.`,
});

export const userProblems: ProblemTexts<UserRejection> = {
  AlreadyRegistered: alreadyRegistered,
  UnknownUser: { status: 404, ja: 'この利用者は登録されていません。', en: 'There is no such user.' },
  WouldLockYourselfOut: {
    status: 409,
    ja: '自分自身を停止したり、自分の管理者の役割を外したりすることはできません。ほかの管理者に依頼してください。',
    en: 'You cannot disable yourself or give up your own role of administrator. Ask another administrator.',
  },
  UserIsDisabled: {
    status: 409,
    ja: 'この利用者は停止されています。停止を解除してから、パスワードを再設定してください。',
    en: 'This user is disabled. Enable the account before you reset its password.',
  },
  OwnPassword: {
    status: 409,
    ja: '自分のパスワードは再設定できません。「パスワードの変更」から変えてください。',
    en: 'You cannot reset your own password. Change it instead.',
  },
};

const addressFaults = {
  controlCharacter: {
    ja: 'メールアドレスに改行または制御文字が含まれています。取り除いて、もう一度入力してください。',
    en: 'The mail address contains a line break or another control character. Remove it and try again.',
  },
  severalAddresses: {
    ja: 'メールアドレスは一つだけ入力してください。',
    en: 'Enter one mail address only.',
  },
  form: {
    ja: 'メールアドレスの形式が正しくありません。「name@example.co.jp」の形で入力してください。',
    en: 'This is not a mail address. Enter it in the form name@example.co.jp.',
  },
};

export const registrationProblems: ProblemTexts<RegistrationRejection> = {
  AlreadyRegistered: alreadyRegistered,
  LoginNameTaken: ({ loginName }) => ({
    status: 409,
    ja: `ログイン名「${loginName}」は使われています。別の名前にしてください。`,
    en: `The login name ${loginName} is taken. Choose another one.`,
  }),
  AddressTaken: {
    status: 409,
    ja: 'このメールアドレスは、ほかの利用者が使っています。',
    en: 'Another user has this mail address.',
  },
  LoginNameInvalid: {
    status: 422,
    ja: 'ログイン名は、英小文字・数字・「.」「_」「-」の2~40文字とし、英数字で始めてください。',
    en: 'A login name has 2 to 40 lower-case letters, digits, “.”, “_” or “-”, and starts with a letter or digit.',
  },
  NameInvalid: {
    status: 422,
    ja: '氏名は、改行を含めずに1~100文字で入力してください。',
    en: 'Enter a name of 1 to 100 characters without line breaks.',
  },
  MailAddressInvalid: ({ fault }) => ({ status: 422, ...addressFaults[fault] }),
  PasswordTooShort: ({ minimum }) => passwordTooShort(minimum),
};
