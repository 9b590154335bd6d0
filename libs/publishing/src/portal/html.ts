import { escapeHtml } from '@app/content';

/** Markup that is safe to send: made by `markup`, or by a renderer that escapes (`trusted`). */
export class Html {
  constructor(readonly markup: string) {}
}

type Value = Html | string | number | null | readonly Value[];

/** A template in which every text is escaped; only `Html` goes in as it is. null leaves nothing. */
export const markup = (strings: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(strings.reduce((done, literal, i) => done + written(values[i - 1] ?? null) + literal));

/** Only for the output of `renderHtml`, which escapes everything itself. */
export const trusted = (markup: string): Html => new Html(markup);

const written = (value: Value): string => {
  if (value === null) return '';
  if (value instanceof Html) return value.markup;
  return typeof value === 'object' ? value.map(written).join('') : escapeHtml(String(value));
};
