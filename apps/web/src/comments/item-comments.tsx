import { Button } from '@mantine/core';
import { IconCornerDownRight, IconMessage } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/api';
import { useRefresh } from '../api/queries';
import type { CommentView } from '../api/types';
import { shortTime, useCommon, useLanguage, useMessages } from '../messages/language';
import { usePeople } from '../people/people';
import { notify } from '../shell/notices';
import { ProblemText } from '../shell/problem-text';
import { CommentField } from './comment-field';
import classes from './comments.module.css';
import { mentionsIn } from './mention';
import { commentMessages } from './messages';
import { threadsOf, type Thread } from './threads';

/** What a comment is being written about. */
export type Writing = {
  readonly itemKey: string;
  /** The passage; null: the whole item. */ readonly quote: string | null;
};

/** The threads of one item, and where a new one is begun. */
export const ItemComments = ({
  disclosureId,
  itemKey,
  label,
  comments,
  writing,
  onWrite,
}: {
  readonly disclosureId: string;
  readonly itemKey: string;
  /** How the item is called, e.g. `I-7`. */
  readonly label: string;
  /** Of the revision; those of other items are left out here. */
  readonly comments: readonly CommentView[];
  readonly writing: Writing | null;
  readonly onWrite: (writing: Writing | null) => void;
}) => {
  const m = useMessages(commentMessages);
  const threads = threadsOf(comments.filter((comment) => comment.itemKey === itemKey));
  const resolved = threads.filter(({ root }) => root.resolved !== null);
  const here = writing?.itemKey === itemKey ? writing : null;
  return (
    <div className={classes.comments}>
      <Threads disclosureId={disclosureId} threads={threads.filter(({ root }) => root.resolved === null)} />
      {resolved.length > 0 && (
        <details className={classes.resolved}>
          <summary>{m.showResolved(resolved.length)}</summary>
          <Threads disclosureId={disclosureId} threads={resolved} />
        </details>
      )}
      {here === null ? (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconMessage size={15} stroke={1.7} aria-hidden />}
            aria-label={m.writeOn(label)}
            onClick={() => onWrite({ itemKey, quote: null })}
          >
            {m.write}
          </Button>
        </div>
      ) : (
        <CommentForm
          key={here.quote}
          disclosureId={disclosureId}
          itemKey={itemKey}
          quote={here.quote}
          label={m.writeOn(label)}
          now={m.add}
          onClose={() => onWrite(null)}
        />
      )}
    </div>
  );
};

const Threads = ({ disclosureId, threads }: { readonly disclosureId: string; readonly threads: readonly Thread[] }) =>
  threads.length > 0 && (
    <ul className={classes.threads}>
      {threads.map((thread) => (
        <ThreadOfComments key={thread.root.id} disclosureId={disclosureId} thread={thread} />
      ))}
    </ul>
  );

const ThreadOfComments = ({
  disclosureId,
  thread: { root, replies },
}: {
  readonly disclosureId: string;
  readonly thread: Thread;
}) => {
  const m = useMessages(commentMessages);
  const language = useLanguage();
  const refresh = useRefresh();
  const [replying, setReplying] = useState(false);
  const settle = useMutation({
    mutationFn: () =>
      root.resolved === null ? api.resolveComment(disclosureId, root.id) : api.reopenComment(disclosureId, root.id),
    onSuccess: refresh,
    onError: notify.problem,
  });
  return (
    <li className={classes.thread} data-resolved={root.resolved !== null}>
      {root.quote !== null && <Quote text={root.quote} />}
      <Comment comment={root} />
      {replies.length > 0 && (
        <ul className={classes.replies}>
          {replies.map((reply) => (
            <li key={reply.id}>
              <IconCornerDownRight size={14} stroke={1.6} aria-hidden />
              <Comment comment={reply} />
            </li>
          ))}
        </ul>
      )}
      {root.resolved !== null && (
        <p className={classes.quiet}>{m.resolved(root.resolved.by.name, shortTime(root.resolved.at, language))}</p>
      )}
      {replying ? (
        <CommentForm
          disclosureId={disclosureId}
          itemKey={root.itemKey}
          quote={null}
          replyTo={root.id}
          label={m.replyTo(root.by.name)}
          now={m.replyNow}
          onClose={() => setReplying(false)}
        />
      ) : (
        <div className={classes.buttons}>
          {root.resolved === null && (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={m.replyTo(root.by.name)}
              onClick={() => setReplying(true)}
            >
              {m.reply}
            </Button>
          )}
          <Button size="compact-xs" variant="subtle" loading={settle.isPending} onClick={() => settle.mutate()}>
            {root.resolved === null ? m.resolve : m.reopen}
          </Button>
        </div>
      )}
    </li>
  );
};

/** The passage, as it stood when the comment was written. */
export const Quote = ({ text }: { readonly text: string }) => {
  const m = useMessages(commentMessages);
  return (
    <blockquote className={classes.quote} lang="ja">
      <span className="visually-hidden">{m.quoted}</span>
      {text}
    </blockquote>
  );
};

const Comment = ({ comment }: { readonly comment: CommentView }) => {
  const language = useLanguage();
  return (
    <div className={classes.comment}>
      <p className={classes.by}>
        <strong>{comment.by.name}</strong>
        <time dateTime={comment.at}>{shortTime(comment.at, language)}</time>
      </p>
      <p className={classes.text}>{comment.text}</p>
    </div>
  );
};

const CommentForm = ({
  disclosureId,
  itemKey,
  quote,
  replyTo = null,
  label,
  now,
  onClose,
}: {
  readonly disclosureId: string;
  readonly itemKey: string;
  readonly quote: string | null;
  readonly replyTo?: string | null;
  readonly label: string;
  readonly now: string;
  readonly onClose: () => void;
}) => {
  const m = useMessages(commentMessages);
  const t = useCommon();
  const refresh = useRefresh();
  const people = usePeople();
  const [text, setText] = useState('');
  const send = useMutation({
    mutationFn: () =>
      api.comment(disclosureId, { itemKey, quote, text: text.trim(), mentions: mentionsIn(text, people), replyTo }),
    onSuccess: async () => {
      await refresh();
      notify.done(replyTo === null ? m.added : m.replied);
      onClose();
    },
  });
  const trySend = (): void => {
    if (text.trim() !== '' && !send.isPending) send.mutate();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        trySend();
      }}
    >
      {quote !== null && <Quote text={quote} />}
      <CommentField label={label} value={text} onChange={setText} onSend={trySend} />
      {send.isError && <ProblemText error={send.error} />}
      <div className={classes.formButtons}>
        <Button size="xs" variant="default" onClick={onClose} disabled={send.isPending}>
          {t.cancel}
        </Button>
        <Button size="xs" type="submit" loading={send.isPending} disabled={text.trim() === ''}>
          {now}
        </Button>
      </div>
    </form>
  );
};
