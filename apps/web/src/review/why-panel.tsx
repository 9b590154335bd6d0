import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { OpenRevision, RevisionCause } from '../api/types';
import { useCommon, useLanguage, useMessages } from '../messages/language';
import { fullTime, listed, shortHash } from './format';
import { reviewMessages } from './messages';
import classes from './review.module.css';

/** 改訂の理由: the typed causes, the row that 改訂履歴 will have, who wrote and submitted it. */
export const WhyPanel = ({ revision }: { readonly revision: OpenRevision }) => {
  const m = useMessages(reviewMessages);
  const language = useLanguage();
  return (
    <section className="sheet" aria-labelledby="why">
      <h2 id="why" className={classes.panelTitle}>
        {m.why}
      </h2>
      <Causes causes={revision.causes} />
      <dl className={classes.facts}>
        <div className={classes.wideFact}>
          <dt>{m.historyText}</dt>
          <dd className={classes.historyText}>{revision.historyText || m.historyTextMissing}</dd>
        </div>
        <div>
          <dt>{m.writtenBy}</dt>
          <dd>
            {listed(
              revision.authors.map(({ name }) => name),
              language,
            )}
          </dd>
        </div>
        {revision.submittedBy && revision.submittedAt && (
          <div>
            <dt>{m.submitted}</dt>
            <dd>{m.submittedBy(revision.submittedBy.name, fullTime(revision.submittedAt, language))}</dd>
          </div>
        )}
        {revision.contentHash && (
          <div>
            <dt>{m.contentHash}</dt>
            <dd>
              <Hash hash={revision.contentHash} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
};

export const Causes = ({ causes }: { readonly causes: readonly RevisionCause[] }) => {
  const t = useCommon();
  return (
    <ul className={classes.causes}>
      {causes.map((cause) => (
        <li key={cause.type}>
          <span className={classes.cause}>{t.causes[cause.type]}</span>
          {cause.note && <span>{cause.note}</span>}
        </li>
      ))}
    </ul>
  );
};

/** The short form of a hash, and a button that copies the whole. */
export const Hash = ({ hash }: { readonly hash: string }) => {
  const m = useMessages(reviewMessages);
  return (
    <span className={classes.hash}>
      <code title={hash}>{shortHash(hash)}…</code>
      <CopyButton value={hash}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? m.copied : m.copyHash}>
            <ActionIcon size={24} variant="subtle" color="gray" c="inherit" aria-label={m.copyHash} onClick={copy}>
              {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  );
};
