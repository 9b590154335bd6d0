import { inJapanese } from '@app/calendar';
import type { Request, Response } from 'express';
import { instantText } from '../wording';

/** In which language the public pages speak around the text, which stays as it was signed. */
export type Language = 'ja' | 'en';
export type Face = {
  readonly language: Language;
  /** Asked for by the address: then the links of the page ask for it too. */
  readonly chosen: boolean;
};

export const japanese: Face = { language: 'ja', chosen: false };

/** By `?lang=`, else by what the browser likes best; Japanese where it says nothing. */
export const faceOf = (asked: unknown, acceptLanguage: string | undefined): Face =>
  asked === 'ja' || asked === 'en'
    ? { language: asked, chosen: true }
    : { language: preferred(acceptLanguage ?? ''), chosen: false };

/** What a request asks for; caches are told that the answer depends on it. */
export const readFace = (request: Request, response: Response): Face => {
  response.vary('accept-language');
  return faceOf(request.query['lang'], request.headers['accept-language']);
};

const preferred = (header: string): Language => {
  const weights = header.split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const q = parameters.map((each) => /^\s*q=([\d.]+)\s*$/.exec(each)?.[1]).find(Boolean);
    return { tag, weight: q === undefined ? 1 : Number(q) };
  });
  const weightOf = (language: Language): number =>
    Math.max(0, ...weights.filter(({ tag }) => tag.split('-')[0] === language).map(({ weight }) => weight));
  return weightOf('en') > weightOf('ja') ? 'en' : 'ja';
};

/** The address of a page, in the language that was chosen. */
export const within = ({ chosen, language }: Face, url: string): string => {
  if (!chosen) return url;
  const [path = '', anchor] = url.split('#');
  return `${path}${path.includes('?') ? '&' : '?'}lang=${language}${anchor === undefined ? '' : `#${anchor}`}`;
};

/** 「2031年4月1日」, `1 April 2031`. */
export const dateIn = ({ language }: Pick<Face, 'language'>, date: string): string =>
  language === 'ja'
    ? inJapanese(date)
    : new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));

/** To the second, in Japan: 「2031年4月1日 14時03分12秒（Asia/Tokyo、UTC+09:00）」, `1 April 2031 at 14:03:12 GMT+9`. */
export const instantIn = ({ language }: Pick<Face, 'language'>, instant: string): string =>
  language === 'ja'
    ? instantText(instant, 'Asia/Tokyo')
    : new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'long', timeZone: 'Asia/Tokyo' }).format(
        new Date(instant),
      );
