const japanese = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}\u3000-\u303f\uff01-\uff60]/u;
const empty = new Set(['meta', 'link', 'img', 'input', 'br', 'hr', 'col']);

/**
 * What a page of ours says in Japanese letters, in its text and in what is read out instead, where it does not say by `lang`
 * that this is Japanese. Its title in the tab is left out: it is the document's.
 */
export const japaneseOutside = (html: string): readonly string[] => {
  const languages: string[] = [];
  const found: string[] = [];
  const look = (text: string): void => {
    if (languages.at(-1) !== 'ja' && japanese.test(text)) found.push(text.trim());
  };
  for (const [, end, name = '', attributes = '', text = ''] of html.matchAll(/<(\/?)([a-z]+\d?)([^>]*)>([^<]*)/g)) {
    const language = / lang="([^"]*)"/.exec(attributes)?.[1] ?? (name === 'title' ? 'ja' : languages.at(-1));
    if (end) languages.pop();
    else languages.push(language ?? '');
    for (const [, said = ''] of attributes.matchAll(/ (?:alt|aria-label|title)="([^"]*)"/g)) look(said);
    if (!end && empty.has(name)) languages.pop();
    look(text);
  }
  return found;
};
