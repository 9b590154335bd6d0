import { useSyncExternalStore } from 'react';
import { en } from './en';
import { ja } from './ja';

export type Language = 'ja' | 'en';

/** The same keys, each a text or a function of the same parameters that makes one. */
export type SameKeys<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...parameters: infer P) => string
      ? (...parameters: P) => string
      : SameKeys<T[K]>;
};

/** The texts of a folder in both languages: `export const messages = inBoth({ … }, { … })`. */
export const inBoth = <T>(
  inJapanese: T,
  inEnglish: SameKeys<T>,
): { readonly ja: SameKeys<T>; readonly en: SameKeys<T> } => ({
  ja: inJapanese as SameKeys<T>,
  en: inEnglish,
});

const KEY = 'kaijisho.language';
const listeners = new Set<() => void>();
let current: Language = globalThis.localStorage?.getItem(KEY) === 'en' ? 'en' : 'ja';

export const language = (): Language => current;

export const chooseLanguage = (chosen: Language): void => {
  current = chosen;
  localStorage.setItem(KEY, chosen);
  document.documentElement.lang = chosen;
  listeners.forEach((listener) => listener());
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useLanguage = (): Language => useSyncExternalStore(subscribe, language);

/** The texts of a folder in the chosen language; renders again when the language is switched. */
export const useMessages = <T>(messages: { readonly ja: T; readonly en: T }): T => messages[useLanguage()];

/** The texts every screen may use. */
export const common = inBoth(ja, en);
export const useCommon = (): SameKeys<typeof ja> => useMessages(common);

/** 2026年1月24日 / 24 January 2026. Takes `yyyy-mm-dd` or an instant; instants are shown in the office's time zone. */
export const longDate = (value: string, inLanguage: Language = current): string =>
  new Intl.DateTimeFormat(inLanguage === 'ja' ? 'ja-JP' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'Asia/Tokyo',
  }).format(new Date(value.length === 10 ? `${value}T00:00:00+09:00` : value));

/** 1月24日 13:05; in a year other than the present one 2025年1月24日 13:05. */
export const shortTime = (instant: string, inLanguage: Language = current): string =>
  timeIn(instant, inLanguage, yearOf(new Date(instant)) !== yearOf(new Date()));

/** 2026年1月24日 13:05: of what is promised, where nobody may have to guess the year. */
export const longTime = (instant: string, inLanguage: Language = current): string => timeIn(instant, inLanguage, true);

const timeIn = (instant: string, inLanguage: Language, withYear: boolean): string =>
  new Intl.DateTimeFormat(inLanguage === 'ja' ? 'ja-JP' : 'en-GB', {
    ...(withYear ? { year: 'numeric' as const } : {}),
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Tokyo',
  }).format(new Date(instant));

const yearOf = (moment: Date): string =>
  new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'Asia/Tokyo' }).format(moment);
