import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { DisclosureView } from '../api/types';
import { commentMessages } from '../comments/messages';
import { unresolvedOn } from '../comments/threads';
import { useMessages } from '../messages/language';
import { openFindings } from './items';
import { messages } from './messages';
import classes from './outline.module.css';

/** Parts and items with what is to be known about each: changed, unsaved, findings. In words, not only in colours. */
export const Outline = ({
  disclosure,
  current,
  unsaved,
}: {
  readonly disclosure: DisclosureView;
  readonly current: string | undefined;
  readonly unsaved: ReadonlySet<string>;
}) => {
  const t = useMessages(messages);
  const c = useMessages(commentMessages);
  const { id, revision } = disclosure;
  const comments = revision.status === 'none' ? [] : revision.comments;
  const findings = openFindings(disclosure.findings);
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // Moves the list, never the page.
    const list = nav.current?.parentElement;
    const link = nav.current?.querySelector<HTMLElement>('[aria-current=page]');
    if (!list || !link) return;
    const [top, bottom] = [link.offsetTop - list.offsetTop, link.offsetTop - list.offsetTop + link.offsetHeight];
    if (top < list.scrollTop || bottom > list.scrollTop + list.clientHeight) {
      list.scrollTop = top - list.clientHeight / 3;
    }
  }, [current]);
  return (
    <nav ref={nav} className={classes.outline} aria-label={t.outline}>
      <Link
        to="/disclosures/$id"
        params={{ id }}
        className={classes.cover}
        aria-current={current === undefined ? 'page' : undefined}
        activeOptions={{ exact: true }}
      >
        {t.cover}
      </Link>
      {disclosure.parts.map((part) => (
        <section key={part.number} aria-label={t.part(part.number)}>
          <h2 className={classes.part} title={part.title}>
            <span>{part.number}</span>
            <span className={classes.partTitle}>{part.title}</span>
          </h2>
          <ol className={classes.items}>
            {part.items.map(({ itemKey, number, title, changed }) => {
              const count = findings.filter((finding) => finding.itemKey === itemKey).length;
              const commented = unresolvedOn(comments, itemKey);
              return (
                <li key={itemKey}>
                  <Link
                    to="/disclosures/$id/items/$itemKey"
                    params={{ id, itemKey }}
                    className={classes.item}
                    aria-current={current === itemKey ? 'page' : undefined}
                    title={title}
                  >
                    <span className={classes.number}>{number}</span>
                    <span className={classes.title}>
                      {title}
                      {(changed || count > 0 || commented > 0 || unsaved.has(itemKey)) && (
                        <span className={classes.marks}>
                          {changed && <span className={classes.changed}>{t.changed}</span>}
                          {unsaved.has(itemKey) && <span className={classes.unsaved}>{t.unsaved}</span>}
                          {count > 0 && <span className={classes.finding}>{t.findings(count)}</span>}
                          {commented > 0 && <span className={classes.comment}>{c.count(commented)}</span>}
                        </span>
                      )}
                    </span>
                  </Link>
                </li>
              );
            })}
          </ol>
        </section>
      ))}
    </nav>
  );
};
