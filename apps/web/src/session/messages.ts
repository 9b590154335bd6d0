import { inBoth } from '../messages/language';

export const messages = inBoth(
  {
    title: 'サインイン',
    name: 'ログイン名またはメールアドレス',
    password: 'パスワード',
    signIn: 'サインイン',
    wanted: 'サインインすると、開こうとしたページに移ります。',
    about:
      '医療情報を扱うクラウドサービスの「サービス仕様適合開示書」を、書き、審査し、承認し、公開するための業務ソフトウェアです。',
    ended: 'セッションの期限が切れました',
    endedText: 'もう一度サインインすると、このまま続きから作業できます。入力した内容は残っています。',
    later: 'あとで',
    changePassword: 'パスワードの変更',
    changePasswordAbout: 'ほかの端末でサインイン中の場合、その端末ではサインアウトされます。',
    currentPassword: '現在のパスワード',
    newPassword: '新しいパスワード',
    newPasswordHelp: '10文字以上',
    missing: '入力してください。',
    changePasswordNow: '変更する',
    passwordChanged: 'パスワードを変更しました。',
  },
  {
    title: 'Sign in',
    name: 'Login name or mail address',
    password: 'Password',
    signIn: 'Sign in',
    wanted: 'After signing in you go on to the page you wanted.',
    about:
      'Write, review, sign off and publish the service-specification disclosures of medical-information cloud services.',
    ended: 'Your session has ended',
    endedText: 'Sign in again and go on where you were. What you typed is still here.',
    later: 'Later',
    changePassword: 'Change password',
    changePasswordAbout: 'You are signed out on all other devices.',
    currentPassword: 'Current password',
    newPassword: 'New password',
    newPasswordHelp: '10 characters or more',
    missing: 'Fill this in.',
    changePasswordNow: 'Change',
    passwordChanged: 'The password is changed.',
  },
);
