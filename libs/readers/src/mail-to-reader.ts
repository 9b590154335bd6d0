import { timeInJapanese } from '@app/calendar';
import { oneLine, renderMail, type Mail, type MailText } from '@app/mail';
import { mailIdPrefix, type ReaderContact } from './reader-contacts';
import { linkToken, type Purpose } from './reader-links';

/** Mails about editions, whose delivery is recorded in the reader's stream. */
export const READER_MAIL = 'reader';

export type About = {
  readonly contact: ReaderContact;
  readonly serviceName: string;
  readonly publicUrl: string;
  /** When what it is about happened: links count from then. */
  readonly at: Date;
};

/** One to a hospital that follows, under its name, with the way out. `id` is within the ids of this reader's mails. */
export const mailToReader = (
  about: About,
  { id, kind }: Pick<Mail, 'id' | 'kind'>,
  said: Omit<MailText, 'greeting' | 'footer' | 'leave'>,
): Mail => ({
  id: `${mailIdPrefix(about.contact.readerId)}${id}`,
  kind,
  to: addressee(about.contact),
  ...leavingHeaders(about),
  ...renderMail({
    ...said,
    subject: oneLine(said.subject),
    greeting: `${about.contact.hospital} 御中`,
    footer: `このメールは、${about.serviceName}の開示書のお知らせを受け取る登録をされた医療機関にお送りしています。`,
    leave: { label: 'お知らせを停止する', url: linkTo(about, 'u') },
  }),
});

export const addressee = ({ hospital, address }: ReaderContact) => ({ name: oneLine(hospital), address });

export const linkTo = ({ contact, publicUrl, at }: About, purpose: Purpose, edition = 0): string =>
  `${publicUrl}/reader/${linkToken(contact, purpose, at, edition)}`;

/** RFC 8058: the mail program's own button posts to this address, without a page in between. */
export const leavingHeaders = (about: About): Pick<Mail, 'headers'> => ({
  headers: {
    'List-Unsubscribe': `<${linkTo(about, 'u')}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
});

/** 「2030年4月20日 12時00分（日本時間）」: until when a link is good. */
export const untilText = (end: Date): string => `${timeInJapanese(end)}（日本時間）`;
