import { createHmac, timingSafeEqual } from 'node:crypto';
import { UNCONFIRMED_HOURS, type ReaderContact } from './reader-contacts';

/**
 * What a link in a mail lets its holder do, in one letter: c confirms that they follow, a acknowledges an edition (and has the
 * receipt), u leaves. Nothing happens by opening it; a button on its page does it.
 */
export type Purpose = 'c' | 'a' | 'u';

export type ReaderLink = {
  readonly purpose: Purpose;
  readonly readerId: string;
  /** The edition to acknowledge; 0 where there is none. */
  readonly edition: number;
  /** Seconds since 1970; 0: it is good as long as the reader is there. */
  readonly expires: number;
};

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Days for which a link to acknowledge with is good: a hospital takes its time to read an edition. */
export const ACKNOWLEDGEABLE_DAYS = 90;
export const INVITATION_DAYS = 30;

/** Until when a link that is made now is good. Who asked for one to confirm with follows it soon; an invitation comes unasked. */
export const expiryOf = (purpose: Exclude<Purpose, 'u'>, { invited }: ReaderContact, now: Date): Date => {
  const toConfirm = invited ? INVITATION_DAYS * DAY : UNCONFIRMED_HOURS * HOUR;
  const lifetime = purpose === 'c' ? toConfirm : ACKNOWLEDGEABLE_DAYS * DAY;
  return new Date((Math.floor(now.getTime() / 1000) + lifetime) * 1000);
};

/**
 * The last part of the address `/reader/…`. The name to be confirmed is signed as well: who changes it voids the link. Leaving is
 * always possible.
 */
export const linkToken = (contact: ReaderContact, purpose: Purpose, now: Date, edition = 0): string => {
  const expires = purpose === 'u' ? 0 : expiryOf(purpose, contact, now).getTime() / 1000;
  const link: ReaderLink = { purpose, readerId: contact.readerId, edition, expires };
  return `${textOf(link)}.${macOf(link, contact)}`;
};

const textOf = ({ purpose, readerId, edition, expires }: ReaderLink): string =>
  [purpose, readerId, edition, expires].join('.');

const macOf = (link: ReaderLink, { secret, hospital }: Pick<ReaderContact, 'secret' | 'hospital'>): string =>
  createHmac('sha256', Buffer.from(secret, 'hex'))
    .update(JSON.stringify([textOf(link), link.purpose === 'c' ? hospital : '']))
    .digest('base64url');

const form = /^([cau])\.([0-9a-f-]{36})\.(\d{1,6})\.(\d{1,12})\.([\w-]{43})$/;

/** What a link claims to be; null when it is none of ours. Not to be trusted before `isSigned`. */
export const readLink = (token: string): (ReaderLink & { readonly mac: string }) | null => {
  const [, purpose, readerId, edition, expires, mac] = form.exec(token) ?? [];
  if (mac === undefined) return null;
  return { purpose: purpose as Purpose, readerId: readerId!, edition: Number(edition), expires: Number(expires), mac };
};

/** Whether it was made for this reader, for this purpose, and by us. */
export const isSigned = (
  link: ReaderLink & { readonly mac: string },
  contact: Pick<ReaderContact, 'readerId' | 'secret' | 'hospital'>,
): boolean =>
  link.readerId === contact.readerId && timingSafeEqual(Buffer.from(link.mac), Buffer.from(macOf(link, contact)));

export const hasExpired = ({ expires }: ReaderLink, now: Date): boolean =>
  expires !== 0 && expires * 1000 <= now.getTime();
