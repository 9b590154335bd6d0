import { Button, CopyButton, Group, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries, useRefresh } from '../api/queries';
import { useCommon, useLanguage, useMessages } from '../messages/language';
import { fullTime } from '../review/format';
import { CommandDialog } from '../shell/command-dialog';
import { Dialog } from '../shell/dialog';
import { notify } from '../shell/notices';
import { Lines, Loaded } from '../shell/page';
import table from '../shell/table.module.css';
import { feedsApi, feedsQueries, type Feed } from './feeds-api';
import { remindingMessages } from './messages';
import classes from './reminding.module.css';

/** カレンダーで見る: secret addresses for calendar programs, to make and to revoke. */
export const CalendarFeeds = () => {
  const m = useMessages(remindingMessages);
  const refresh = useRefresh();
  const { data: session } = useQuery(queries.session());
  const feeds = useQuery(feedsQueries.list());
  const [making, setMaking] = useState<Feed['scope'] | null>(null);
  const [address, setAddress] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<Feed | null>(null);
  const isAdministrator = session?.user.roles.includes('administrator') ?? false;
  const scopes: readonly Feed['scope'][] = isAdministrator ? ['mine', 'organisation'] : ['mine'];

  const create = async (scope: Feed['scope']): Promise<void> => {
    setMaking(scope);
    try {
      setAddress((await feedsApi.create(scope)).address);
      await refresh();
    } catch (problem) {
      notify.problem(problem);
    } finally {
      setMaking(null);
    }
  };

  return (
    <section aria-labelledby="feeds">
      <h2 id="feeds">{m.feeds}</h2>
      <p className={classes.about}>
        {m.feedsAbout}
        <br />
        {m.feedsSecret}
      </p>
      <Loaded query={feeds} skeleton={<Lines count={2} />}>
        {(data) =>
          data.feeds.length === 0 ? (
            <p className={classes.quiet}>{m.feedsNone}</p>
          ) : (
            <FeedTable feeds={data.feeds} onRevoke={setRevoking} />
          )
        }
      </Loaded>
      <Group gap="sm" mt="md">
        {scopes.map((scope) => (
          <Button
            key={scope}
            variant="default"
            size="sm"
            loading={making === scope}
            disabled={making !== null && making !== scope}
            onClick={() => void create(scope)}
          >
            {m.newFeed[scope]}
          </Button>
        ))}
      </Group>
      {address !== null && <NewAddress address={address} onClose={() => setAddress(null)} />}
      {revoking !== null && (
        <CommandDialog
          title={m.revokeTitle}
          about={m.revokeAbout}
          now={m.revoke}
          done={m.revoked}
          dangerous
          onClose={() => setRevoking(null)}
          command={() => feedsApi.revoke(revoking.id)}
        />
      )}
    </section>
  );
};

const FeedTable = ({
  feeds,
  onRevoke,
}: {
  readonly feeds: readonly Feed[];
  readonly onRevoke: (feed: Feed) => void;
}) => {
  const m = useMessages(remindingMessages);
  const language = useLanguage();
  return (
    <div className={`scrolls ${table.frame}`} tabIndex={0} role="group" aria-labelledby="feeds">
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{m.feedKind}</th>
            <th scope="col">{m.feedCreated}</th>
            <th scope="col">{m.feedRead}</th>
            <th scope="col">
              <span className="visually-hidden">{m.revoke}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {feeds.map((feed) => (
            <tr key={feed.id}>
              <th scope="row">{m.feedScopes[feed.scope]}</th>
              <td data-label={m.feedCreated}>{m.feedCreatedBy(feed.createdBy, fullTime(feed.createdAt, language))}</td>
              <td data-label={m.feedRead}>
                {feed.lastReadAt === null ? m.feedNeverRead : fullTime(feed.lastReadAt, language)}
              </td>
              <td className={classes.actions}>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="seal"
                  aria-label={m.revokeOf(m.feedScopes[feed.scope], fullTime(feed.createdAt, language))}
                  onClick={() => onRevoke(feed)}
                >
                  {m.revoke}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** Told once: it is not kept anywhere. */
const NewAddress = ({ address, onClose }: { readonly address: string; readonly onClose: () => void }) => {
  const m = useMessages(remindingMessages);
  const t = useCommon();
  return (
    <Dialog title={m.feedTitle} size="lg" onClose={onClose}>
      <Stack gap="md">
        <p className={classes.line}>{m.feedOnce}</p>
        <TextInput
          label={m.feedAddress}
          readOnly
          value={address}
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t.close}
          </Button>
          <CopyButton value={address}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? m.copied : m.copy}</Button>}
          </CopyButton>
        </Group>
      </Stack>
    </Dialog>
  );
};
