import { Textarea } from '@mantine/core';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import type { PersonView } from '../api/types';
import { useMessages } from '../messages/language';
import { usePeople } from '../people/people';
import classes from './comments.module.css';
import { matching, mentionAt, withMention } from './mention';
import { commentMessages } from './messages';

const SHOWN = 6;

/** What opens below the field may be behind the bar at the lower edge of the window. */
const intoView = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });

/** Where a comment is written: an `@` offers names, which the keyboard can choose; Ctrl+Enter sends. */
export const CommentField = ({
  label,
  value,
  onChange,
  onSend,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onSend: () => void;
}) => {
  const m = useMessages(commentMessages);
  const people = usePeople();
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [typing, setTyping] = useState<ReturnType<typeof mentionAt>>(null);
  const [active, setActive] = useState(0);
  const offered = typing === null ? [] : matching(people, typing.typed).slice(0, SHOWN);

  const choose = ({ name }: PersonView): void => {
    if (typing === null || field.current === null) return;
    const changed = withMention(value, field.current.selectionStart, typing.start, name);
    onChange(changed.text);
    setTyping(null);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(changed.caret, changed.caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSend();
      return;
    }
    const person = offered[active];
    if (person === undefined) return;
    const keys: { readonly [key: string]: () => void } = {
      ArrowDown: () => setActive((active + 1) % offered.length),
      ArrowUp: () => setActive((active + offered.length - 1) % offered.length),
      Enter: () => choose(person),
      Tab: () => choose(person),
      Escape: () => setTyping(null),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  return (
    <div className={classes.field}>
      <Textarea
        ref={field}
        label={label}
        description={m.textHelp}
        autosize
        autoFocus
        minRows={2}
        maxRows={10}
        maxLength={4000}
        size="sm"
        aria-autocomplete="list"
        aria-controls={offered.length > 0 ? listId : undefined}
        aria-activedescendant={offered.length > 0 ? `${listId}-${active}` : undefined}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          setTyping(mentionAt(event.currentTarget.value, event.currentTarget.selectionStart));
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setTyping(null)}
      />
      <span className="visually-hidden" role="status">
        {offered.length > 0 && m.mentionFound(offered.length)}
      </span>
      {offered.length > 0 && (
        <ul ref={intoView} id={listId} className={classes.people} role="listbox" aria-label={m.mentionable}>
          {offered.map((person, at) => (
            <li
              key={person.id}
              id={`${listId}-${at}`}
              role="option"
              aria-selected={at === active}
              onPointerDown={(event) => {
                event.preventDefault();
                choose(person);
              }}
            >
              {person.name}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
