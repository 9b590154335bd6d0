/** What of a key press decides what it means. */
export type Pressed = Pick<
  KeyboardEvent,
  'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'isComposing' | 'keyCode' | 'defaultPrevented'
>;

/** Of an input method: a key that is pressed then is part of a word (Safari says so by its code alone). */
export const composes = ({ isComposing, keyCode }: Pick<Pressed, 'isComposing' | 'keyCode'>): boolean =>
  isComposing || keyCode === 229;

export const opensPalette = (event: Pressed): boolean =>
  !composes(event) &&
  (event.ctrlKey || event.metaKey) &&
  !event.altKey &&
  !event.shiftKey &&
  event.key.toLowerCase() === 'k';

/** The name under which actions have the key; undefined for what is not theirs. `typing`: the focus is where one writes. */
export const nameOf = (event: Pressed, typing: boolean): string | undefined => {
  if (composes(event) || event.ctrlKey || event.metaKey) return undefined;
  // Also where the editor keeps the browser from doing something with it, as it does with every Enter. A letter goes by the place of
  // its key, because Alt writes another one on some keyboards.
  if (event.altKey) return event.shiftKey ? undefined : `Alt+${/^Key([A-Z])$/.exec(event.code)?.[1] ?? event.key}`;
  if (typing || event.defaultPrevented || event.key.length !== 1 || (event.shiftKey && /^[a-z]$/i.test(event.key)))
    return undefined;
  return event.key;
};

/** How a key is shown. */
export const shown = (keys: string): string => keys.replace('ArrowUp', '↑').replace('ArrowDown', '↓');

/** Where a key is a letter, or moves something. */
export const isTypedIn = (element: Element | null): boolean =>
  element?.closest('input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=slider]') !== null &&
  element !== null;
