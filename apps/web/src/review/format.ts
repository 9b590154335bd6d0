import { language, type Language } from '../messages/language';

/** 2026年1月24日 13:05 — for what has to be found again years later; instants are shown in the office's time zone. */
export const fullTime = (instant: string, inLanguage: Language = language()): string =>
  new Intl.DateTimeFormat(inLanguage === 'ja' ? 'ja-JP' : 'en-GB', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Tokyo',
  }).format(new Date(instant));

/** The first characters of a hash: enough to recognise it by eye, never to decide by. */
export const shortHash = (hash: string): string => hash.slice(0, 8);

/** 「佐藤さん、鈴木さん」 without the courtesy: names in one line. */
export const listed = (names: readonly string[], inLanguage: Language = language()): string =>
  names.join(inLanguage === 'ja' ? '、' : ', ');
