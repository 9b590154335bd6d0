import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries, useRefresh } from '../api/queries';
import { useLanguage, useMessages } from '../messages/language';
import { fullTime, listed } from '../review/format';
import { notify } from '../shell/notices';
import { Lines, Loaded, Page } from '../shell/page';
import { SettingsTabs } from '../shell/settings-tabs';
import table from '../shell/table.module.css';
import { operationsMessages } from './messages';
import { operationsApi, operationsQueries, type FailedJob, type JobBoard } from './operations-api';
import classes from './operations.module.css';

const states = ['waiting', 'active', 'delayed', 'failed'] as const;

/** The name of a job in words; the name itself where there are none. */
const useJobName = (): ((name: string) => string) => {
  const names: Readonly<Record<string, string>> = useMessages(operationsMessages).jobs;
  return (name) => names[name] ?? name;
};

/** ジョブ: how much the queue has to do, what failed, and once more. */
export const JobsPage = () => {
  const m = useMessages(operationsMessages);
  const { data: session } = useQuery(queries.session());
  const isAdministrator = session?.user.roles.includes('administrator') ?? false;
  const board = useQuery({ ...operationsQueries.jobs(), enabled: isAdministrator });
  return (
    <Page title={m.title}>
      <SettingsTabs here="/settings/jobs" />
      <p className={classes.about}>{isAdministrator ? m.about : m.forAdministrators}</p>
      {isAdministrator && (
        <Loaded query={board} skeleton={<Lines count={10} />}>
          {(view) => <Board board={view} />}
        </Loaded>
      )}
    </Page>
  );
};

const Board = ({ board }: { readonly board: JobBoard }) => {
  const m = useMessages(operationsMessages);
  const language = useLanguage();
  const nameOf = useJobName();
  const missed = board.schedules.filter((turn) => turn.missed);
  return (
    <div className={classes.sections}>
      {missed.length > 0 && (
        <Alert color="seal" variant="outline" icon={<IconAlertTriangle aria-hidden />} title={m.stopped}>
          {m.stoppedAbout(
            listed(
              missed.map(({ job }) => nameOf(job)),
              language,
            ),
          )}
        </Alert>
      )}
      <section aria-label={m.title}>
        <dl className={classes.totals}>
          {states.map((state) => (
            <div key={state} data-alert={state === 'failed' && board.totals.failed > 0}>
              <dt>{m.states[state]}</dt>
              <dd>{board.totals[state].toLocaleString()}</dd>
              <dd>{m.stateHelp[state]}</dd>
            </div>
          ))}
        </dl>
        <p className={classes.quiet}>
          {m.backend[board.backend]}
          {m.asOf(clockTime(board.at, language))}
        </p>
      </section>
      <section aria-labelledby="failed-jobs">
        <h2 id="failed-jobs">{m.failed}</h2>
        <Failed failed={board.failed} />
      </section>
      <div className={classes.two}>
        <section aria-labelledby="jobs-by-name">
          <h2 id="jobs-by-name">{m.byName}</h2>
          <ByName names={board.names} />
        </section>
        <section aria-labelledby="schedules">
          <h2 id="schedules">{m.schedules}</h2>
          <Schedules schedules={board.schedules} />
          {board.sealsWithoutTimeStamp !== null && (
            <p className={classes.quiet}>{m.unstamped(board.sealsWithoutTimeStamp)}</p>
          )}
        </section>
      </div>
    </div>
  );
};

const clockTime = (instant: string, language: 'ja' | 'en'): string =>
  new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    timeStyle: 'medium',
    timeZone: 'Asia/Tokyo',
  }).format(new Date(instant));

const Failed = ({ failed }: { readonly failed: readonly FailedJob[] }) => {
  const m = useMessages(operationsMessages);
  const language = useLanguage();
  const nameOf = useJobName();
  const refresh = useRefresh();
  const [running, setRunning] = useState<string | null>(null);
  const retry = async ({ key, name }: FailedJob): Promise<void> => {
    setRunning(key);
    try {
      await operationsApi.retry(key);
      notify.done(m.retried(nameOf(name)));
    } catch (problem) {
      notify.problem(problem);
    } finally {
      await refresh();
      setRunning(null);
    }
  };
  if (failed.length === 0) return <p className={classes.quiet}>{m.failedNone}</p>;
  return (
    <>
      <ul className={classes.failed}>
        {failed.map((job) => (
          <li key={job.key}>
            <div>
              <p className={classes.what}>{nameOf(job.name)}</p>
              <p className={classes.reason}>{job.reason === '' ? m.noReason : job.reason}</p>
              <p className={classes.quiet}>
                {job.failedAt && <time dateTime={job.failedAt}>{fullTime(job.failedAt, language)}</time>}
                {' ・ '}
                {m.attempts(job.attempts)}
                {job.id !== null && ` ・ ${m.subject} ${job.id}`}
              </p>
            </div>
            <Button
              variant="default"
              size="sm"
              loading={running === job.key}
              aria-label={m.retryOf(nameOf(job.name), job.id ?? m.unknown)}
              onClick={() => void retry(job)}
            >
              {m.retry}
            </Button>
            {job.stack !== '' && (
              <details>
                <summary aria-label={m.detailsOf(nameOf(job.name))}>{m.details}</summary>
                <pre tabIndex={0}>{job.stack}</pre>
              </details>
            )}
          </li>
        ))}
      </ul>
      <p className={classes.quiet}>{m.failedAbout}</p>
    </>
  );
};

const ByName = ({ names }: Pick<JobBoard, 'names'>) => {
  const m = useMessages(operationsMessages);
  const nameOf = useJobName();
  if (names.length === 0) return <p className={classes.quiet}>{m.nothing}</p>;
  return (
    <div className={`scrolls ${table.frame}`} tabIndex={0} role="group" aria-labelledby="jobs-by-name">
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{m.job}</th>
            {states.map((state) => (
              <th key={state} scope="col" className={table.figure}>
                {m.states[state]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((row) => (
            <tr key={row.name ?? ''}>
              <th scope="row">{row.name === null ? m.others : nameOf(row.name)}</th>
              {states.map((state) => (
                <td
                  key={state}
                  className={`${table.figure} ${state === 'failed' && row.failed > 0 ? classes.alert : ''}`}
                  data-label={m.states[state]}
                >
                  {row[state].toLocaleString()}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Schedules = ({ schedules }: Pick<JobBoard, 'schedules'>) => {
  const m = useMessages(operationsMessages);
  const language = useLanguage();
  const nameOf = useJobName();
  if (schedules.length === 0) return <p className={classes.quiet}>{m.schedulesNone}</p>;
  return (
    <div className={`scrolls ${table.frame}`} tabIndex={0} role="group" aria-labelledby="schedules">
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{m.job}</th>
            <th scope="col">{m.every}</th>
            <th scope="col">{m.next}</th>
          </tr>
        </thead>
        <tbody>
          {schedules.map(({ name, job, everyMs, nextAt, missed }) => (
            <tr key={name}>
              <th scope="row">{nameOf(job)}</th>
              <td className={table.whole} data-label={m.every}>
                {m.seconds(everyMs / 1000)}
              </td>
              <td className={table.whole} data-label={m.next}>
                <div>
                  {nextAt === null ? m.unknown : <time dateTime={nextAt}>{clockTime(nextAt, language)}</time>}
                  {missed && <span className={`${table.second} ${classes.alert}`}>{m.missed}</span>}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
