import { Button, Portal } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useMessages } from '../messages/language';
import classes from './comments.module.css';
import type { Writing } from './item-comments';
import { commentMessages } from './messages';

const MAX_QUOTE = 1000;
/** Put on the element that shows an item's text, so that a passage of it can be commented on. */
export const commentable = (itemKey: string) => ({ 'data-commentable': itemKey });

type Passage = Writing & { readonly quote: string; readonly top: number; readonly left: number };

/** The words that are selected within one item; null when nothing is, or something else. */
export const selectedPassage = (): Passage | null => {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const around = range.commonAncestorContainer;
  const element = around instanceof Element ? around : around.parentElement;
  const item = element?.closest<HTMLElement>('[data-commentable]');
  const quote = selection.toString().replace(/\s+/gu, ' ').trim();
  if (!item || quote === '') return null;
  const { bottom, right } = range.getBoundingClientRect();
  return { itemKey: item.dataset['commentable'] ?? '', quote: quote.slice(0, MAX_QUOTE), top: bottom, left: right };
};

/** Beside words that were selected: a button to comment on them. Alt+C does the same. */
export const PassageButton = ({ onWrite }: { readonly onWrite: (writing: Writing) => void }) => {
  const m = useMessages(commentMessages);
  const [passage, setPassage] = useState<Passage | null>(null);
  useEffect(() => {
    const look = (): void => setPassage(selectedPassage());
    document.addEventListener('selectionchange', look);
    addEventListener('scroll', look, { passive: true, capture: true });
    addEventListener('resize', look);
    return () => {
      document.removeEventListener('selectionchange', look);
      removeEventListener('scroll', look, { capture: true });
      removeEventListener('resize', look);
    };
  }, []);
  const write = (): void => {
    if (passage === null) return;
    onWrite({ itemKey: passage.itemKey, quote: passage.quote });
    getSelection()?.removeAllRanges();
    setPassage(null);
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    // By the place of the key: Alt writes another letter on some keyboards.
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.code !== 'KeyC') return;
    if (passage === null) return;
    event.preventDefault();
    write();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
  if (passage === null) return null;
  return (
    <Portal>
      <div
        className={classes.passage}
        style={{
          insetBlockStart: passage.top + 8,
          insetInlineStart: Math.max(8, Math.min(passage.left, innerWidth - 12) - 176),
        }}
      >
        <Button
          size="xs"
          leftSection={<IconMessage size={15} stroke={1.7} aria-hidden />}
          aria-keyshortcuts="Alt+C"
          // The selection stays until the button has been used.
          onMouseDown={(event) => event.preventDefault()}
          onClick={write}
        >
          {m.onPassage}
        </Button>
      </div>
    </Portal>
  );
};
