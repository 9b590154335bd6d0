import { CloseButton } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { sentenceOf } from '../api/problem';
import { language, useCommon } from '../messages/language';
import classes from './notices.module.css';

type Notice = { readonly id: number; readonly tone: 'done' | 'problem'; readonly text: string };

const DONE_SHOWN_FOR_MS = 6_000;
let notices: readonly Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();
const change = (next: readonly Notice[]): void => {
  notices = next;
  listeners.forEach((listener) => listener());
};
const dismiss = (id: number): void => change(notices.filter((notice) => notice.id !== id));
const show = (tone: Notice['tone'], text: string): void => {
  const id = ++lastId;
  // The newest word about what was done is enough; problems stay side by side.
  change([...notices.filter((notice) => notice.tone === 'problem' && notice.text !== text), { id, tone, text }]);
  if (tone === 'done') setTimeout(() => dismiss(id), DONE_SHOWN_FOR_MS);
};

/** Short word at the edge of the screen. What is done goes away by itself, a problem stays until it is closed. */
export const notify = {
  done: (text: string): void => show('done', text),
  /** @param about a sentence that says what it is about, where nothing else on the screen does */
  problem: (error: unknown, about = ''): void => show('problem', about + sentenceOf(error, language())),
};

export const Notices = () => {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => notices,
  );
  const t = useCommon();
  return (
    <div className={classes.notices} role="status" aria-live="polite">
      {shown.map(({ id, tone, text }) => (
        <div key={id} className={classes.notice} data-tone={tone}>
          <span>{text}</span>
          <CloseButton size="sm" aria-label={t.close} onClick={() => dismiss(id)} />
        </div>
      ))}
    </div>
  );
};
