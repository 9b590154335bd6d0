import type { Body } from '@app/content/body';
import { Button, SegmentedControl, Tabs, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api/api';
import { queries, useRefresh } from '../api/queries';
import type { CommentView, DisclosureView, FindingView } from '../api/types';
import { ItemComments, type Writing } from '../comments/item-comments';
import { commentMessages } from '../comments/messages';
import { unresolvedOf, unresolvedOn } from '../comments/threads';
import { useCommon, useMessages } from '../messages/language';
import { notify } from '../shell/notices';
import { ProblemText } from '../shell/problem-text';
import { StateLabel } from '../shell/state-label';
import { AnomalyList, openAnomalies } from '../importing/anomaly-list';
import classes from './aside.module.css';
import { COMMENTS } from './comments-hash';
import { ItemHistory } from './item-history';
import { openFindings, type PlacedItem } from './items';
import { messages } from './messages';

/** Beside the text: what the checks found, what the importer was unsure of, what the item said before. */
export const Aside = ({
  disclosure,
  placed,
  editable,
  onUse,
  writing,
  onWrite,
}: {
  readonly disclosure: DisclosureView;
  readonly placed: PlacedItem | undefined;
  readonly editable: boolean;
  /** Puts an earlier text into the editor. */
  readonly onUse: (body: Body) => void;
  /** The comment that is being written. */
  readonly writing: Writing | null;
  readonly onWrite: (writing: Writing | null) => void;
}) => {
  const t = useMessages(messages);
  const c = useMessages(commentMessages);
  const [asked] = useState(() => location.hash === `#${COMMENTS}`);
  const [tab, setTab] = useState<string | null>(asked ? 'comments' : 'findings');
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone it stands below the text.
    if (asked) element.current?.scrollIntoView({ block: 'nearest' });
  }, [asked]);
  const { revision } = disclosure;
  const comments = revision.status === 'none' ? [] : revision.comments;
  const unresolved = placed ? unresolvedOn(comments, placed.item.itemKey) : unresolvedOf(comments).length;
  const count = openFindings(disclosure.findings).length;
  const unsettled = openAnomalies(disclosure.anomalies);
  const changeTab = (chosen: string | null): void => {
    onWrite(null);
    setTab(chosen);
  };
  return (
    <aside ref={element} className={`sheet ${classes.aside}`} aria-label={t.aside}>
      <Tabs
        value={writing === null ? tab : 'comments'}
        onChange={changeTab}
        keepMounted={false}
        classNames={{ tab: classes.tab! }}
      >
        <Tabs.List>
          <Tabs.Tab value="findings">{count > 0 ? `${t.tabs.findings} ${count}` : t.tabs.findings}</Tabs.Tab>
          {revision.status !== 'none' && (
            <Tabs.Tab value="comments">
              {unresolved > 0 ? `${t.tabs.comments} ${unresolved}` : t.tabs.comments}
            </Tabs.Tab>
          )}
          <Tabs.Tab value="anomalies">{unsettled > 0 ? `${t.tabs.anomalies} ${unsettled}` : t.tabs.anomalies}</Tabs.Tab>
          <Tabs.Tab value="history">{t.tabs.history}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="findings" pt="sm">
          <Findings disclosure={disclosure} placed={placed} editable={editable} />
        </Tabs.Panel>
        <Tabs.Panel value="comments" pt="sm">
          {placed ? (
            <>
              <p className={classes.hint}>{c.selectHint}</p>
              <ItemComments
                disclosureId={disclosure.id}
                itemKey={placed.item.itemKey}
                label={`${placed.part.number}-${placed.item.number}`}
                comments={comments}
                writing={writing}
                onWrite={(begun) => {
                  setTab('comments');
                  onWrite(begun);
                }}
              />
            </>
          ) : (
            <CommentedItems disclosureId={disclosure.id} comments={unresolvedOf(comments)} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="anomalies" pt="sm">
          <Anomalies disclosure={disclosure} shown={placed?.item.itemKey} />
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="sm">
          {placed ? (
            <ItemHistory
              key={placed.item.itemKey}
              disclosureId={disclosure.id}
              placed={placed}
              editable={editable}
              onUse={onUse}
            />
          ) : (
            <Text size="sm" c="dimmed">
              {t.historyChooseItem}
            </Text>
          )}
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
};

/** Unresolved comments of the whole disclosure, each leading to its item. */
const CommentedItems = ({
  disclosureId,
  comments,
}: {
  readonly disclosureId: string;
  readonly comments: readonly CommentView[];
}) => {
  const c = useMessages(commentMessages);
  return (
    <>
      <p className={classes.small}>{comments.length === 0 ? `${c.none}${c.chooseItem}` : c.chooseItem}</p>
      <ul className={classes.list}>
        {comments.map((comment) => (
          <li key={comment.id} className={classes.entry}>
            <p className={classes.entryHead}>
              <Link to="/disclosures/$id/items/$itemKey" params={{ id: disclosureId, itemKey: comment.itemKey }}>
                {comment.itemKey}
              </Link>
              <span className={classes.small}>{comment.by.name}</span>
            </p>
            <p className={classes.message}>{comment.text}</p>
          </li>
        ))}
      </ul>
    </>
  );
};

const Findings = ({
  disclosure,
  placed,
  editable,
}: {
  disclosure: DisclosureView;
  placed: PlacedItem | undefined;
  editable: boolean;
}) => {
  const t = useMessages(messages);
  const [scope, setScope] = useState<'item' | 'all'>('item');
  const ofItem = placed && scope === 'item' ? placed.item.itemKey : null;
  const shown = disclosure.findings.filter((finding) => ofItem === null || finding.itemKey === ofItem);
  return (
    <>
      {placed && (
        <SegmentedControl
          fullWidth
          size="xs"
          mb="sm"
          aria-label={t.scope}
          value={scope}
          onChange={(chosen) => setScope(chosen as 'item' | 'all')}
          data={[
            { value: 'item', label: t.thisItem },
            { value: 'all', label: t.whole },
          ]}
        />
      )}
      {shown.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t.noFindings}
        </Text>
      ) : (
        <ul className={classes.list}>
          {shown.map((finding) => (
            <Finding
              key={finding.id}
              disclosureId={disclosure.id}
              finding={finding}
              editable={editable}
              linked={finding.itemKey !== placed?.item.itemKey}
            />
          ))}
        </ul>
      )}
    </>
  );
};

const Finding = ({
  disclosureId,
  finding,
  editable,
  linked,
}: {
  readonly disclosureId: string;
  readonly finding: FindingView;
  readonly editable: boolean;
  readonly linked: boolean;
}) => {
  const t = useMessages(messages);
  const common = useCommon();
  const refresh = useRefresh();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const waive = useMutation({
    mutationFn: () => api.waiveFinding(disclosureId, finding.id, reason.trim()),
    onSuccess: async () => {
      await refresh();
      notify.done(t.waived);
      setAsking(false);
    },
  });
  return (
    <li className={classes.entry}>
      <p className={classes.entryHead}>
        {finding.waived ? (
          <StateLabel>{t.waivedBy(finding.waived.by.name)}</StateLabel>
        ) : (
          <StateLabel tone={finding.severity === 'blocking' ? 'alert' : 'plain'}>
            {t.severity[finding.severity]}
          </StateLabel>
        )}
        {linked && (
          <Link to="/disclosures/$id/items/$itemKey" params={{ id: disclosureId, itemKey: finding.itemKey }}>
            {finding.itemKey}
          </Link>
        )}
      </p>
      <p className={classes.message}>{finding.message}</p>
      {finding.waived && <p className={classes.small}>{finding.waived.reason}</p>}
      {!finding.waived && editable && !asking && (
        <Button size="compact-xs" variant="default" onClick={() => setAsking(true)}>
          {t.waive}…
        </Button>
      )}
      {asking && (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim() !== '') waive.mutate();
          }}
        >
          <Textarea
            size="sm"
            label={t.waiveReason}
            description={t.waiveHelp}
            autosize
            autoFocus
            required
            minRows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {waive.isError && <ProblemText error={waive.error} />}
          <div className={classes.formButtons}>
            <Button size="xs" variant="default" onClick={() => setAsking(false)}>
              {common.cancel}
            </Button>
            <Button size="xs" type="submit" loading={waive.isPending} disabled={reason.trim() === ''}>
              {t.waive}
            </Button>
          </div>
        </form>
      )}
    </li>
  );
};

const Anomalies = ({
  disclosure: { id, anomalies },
  shown,
}: {
  readonly disclosure: DisclosureView;
  readonly shown: string | undefined;
}) => {
  const t = useMessages(messages);
  const session = useQuery(queries.session());
  if (anomalies.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t.noAnomalies}
      </Text>
    );
  const may = session.data?.user.roles.includes('drafter') === true;
  return (
    <>
      <p className={classes.small}>{t.anomalyIntro}</p>
      <AnomalyList disclosureId={id} fileId={null} anomalies={anomalies} may={may} shown={shown} />
    </>
  );
};
