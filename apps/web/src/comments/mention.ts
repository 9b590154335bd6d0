import type { PersonView } from '../api/types';

const AT = /[@＠]([^\s@＠]{0,20})$/u;

/** The name that is being typed after an `@` before the caret; null when none is. */
export const mentionAt = (text: string, caret: number): { readonly start: number; readonly typed: string } | null => {
  const found = AT.exec(text.slice(0, caret));
  return found === null ? null : { start: found.index, typed: found[1] ?? '' };
};

/** Names are found by any part of them, whether or not a space was typed between family and given name. */
export const matching = (people: readonly PersonView[], typed: string): readonly PersonView[] =>
  people.filter(({ name }) => squeezed(name).includes(squeezed(typed)));

/** The text with the name written out, and where the caret is then. */
export const withMention = (
  text: string,
  caret: number,
  start: number,
  name: string,
): { readonly text: string; readonly caret: number } => {
  const before = `${text.slice(0, start)}@${name} `;
  return { text: before + text.slice(caret), caret: before.length };
};

/** Who is named with an `@`. */
export const mentionsIn = (text: string, people: readonly PersonView[]): string[] =>
  people.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id);

const squeezed = (name: string): string => name.replace(/\s/gu, '').toLowerCase();
