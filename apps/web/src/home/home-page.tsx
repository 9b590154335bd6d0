import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { queries } from '../api/queries';
import type { ActivityView, DisclosureSummary, TaskView } from '../api/types';
import { longDate, longTime, shortTime, useCommon, useLanguage, useMessages } from '../messages/language';
import { Deadlines } from '../reminding/deadlines';
import { listed } from '../review/format';
import { Lines, Loaded, Page } from '../shell/page';
import { StateLabel } from '../shell/state-label';
import classes from './home-page.module.css';
import { messages } from './messages';

const LATEST = 6;

export const HomePage = () => {
  const t = useMessages(messages);
  const disclosures = useQuery(queries.disclosures());
  const tasks = useQuery(queries.tasks());
  const deadlines = useQuery(queries.deadlines());
  const activity = useQuery(queries.activity());

  if (disclosures.data?.disclosures.length === 0) return <FirstRun />;
  return (
    <Page title={t.title}>
      <div className={classes.grid}>
        <Section title={t.tasks} area="tasks">
          <Loaded query={tasks} skeleton={<Lines count={3} />}>
            {({ tasks }) => <Tasks tasks={tasks} />}
          </Loaded>
        </Section>
        <Section title={t.disclosures} area="disclosures">
          <Loaded query={disclosures} skeleton={<Lines count={4} />}>
            {({ disclosures }) => <DisclosureTable disclosures={disclosures} />}
          </Loaded>
        </Section>
        <Section title={t.activity} area="activity">
          <Loaded query={activity} skeleton={<Lines count={8} />}>
            {({ entries }) => <Latest entries={entries} />}
          </Loaded>
        </Section>
        <Section title={t.deadlines} area="deadlines">
          <Loaded query={deadlines} skeleton={<Lines count={4} />}>
            {(view) => <Deadlines {...view} />}
          </Loaded>
        </Section>
      </div>
    </Page>
  );
};

const Section = ({ title, area, children }: { title: string; area: string; children: ReactNode }) => (
  <section className={`sheet ${classes.section}`} style={{ gridArea: area }} aria-labelledby={`home-${area}`}>
    <h2 id={`home-${area}`} className={classes.heading}>
      {title}
    </h2>
    {children}
  </section>
);

const placeOfTask = {
  sign: '/disclosures/$id/review',
  returned: '/disclosures/$id',
  draft: '/disclosures/$id',
  publish: '/disclosures/$id/editions',
} as const;

const Tasks = ({ tasks }: { readonly tasks: readonly TaskView[] }) => {
  const t = useMessages(messages);
  const common = useCommon();
  const language = useLanguage();
  if (tasks.length === 0) return <Text c="dimmed">{t.noTasks}</Text>;
  return (
    <ul className={classes.list}>
      {tasks.map((task) => (
        <li key={`${task.kind}${task.disclosureId}`} className={classes.task}>
          <div>
            <StateLabel tone={task.kind === 'returned' ? 'alert' : 'ink'}>{t.task[task.kind]}</StateLabel>
            <p className={classes.what}>
              {task.serviceName} {common.edition(task.editionNumber)}
            </p>
            <p className={classes.aside}>
              {task.note && <>{task.note}・</>}
              {t.since(shortTime(task.since, language))}
            </p>
          </div>
          <Button
            renderRoot={(props) => <Link to={placeOfTask[task.kind]} params={{ id: task.disclosureId }} {...props} />}
            variant={task.kind === 'draft' ? 'default' : 'filled'}
            size="sm"
          >
            {t.open[task.kind]}
          </Button>
        </li>
      ))}
    </ul>
  );
};

const DisclosureTable = ({ disclosures }: { readonly disclosures: readonly DisclosureSummary[] }) => {
  const t = useMessages(messages);
  const common = useCommon();
  const language = useLanguage();
  return (
    <div className="scrolls">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t.columns.service}</th>
            <th scope="col">{t.columns.inForce}</th>
            <th scope="col">{t.columns.revision}</th>
            <th scope="col">{t.columns.changed}</th>
          </tr>
        </thead>
        <tbody>
          {disclosures.map(({ id, serviceName, service, editionInForce, editionComing, revision, changedAt }) => (
            <tr key={id}>
              <td>
                <Link to="/disclosures/$id" params={{ id }} className={classes.service}>
                  {serviceName}
                </Link>
                <div className={classes.aside}>/d/{service}</div>
              </td>
              <td>
                {editionInForce === null ? (
                  editionComing === null && <span className={classes.aside}>{t.notPublished}</span>
                ) : (
                  <>
                    {common.edition(editionInForce.number)}
                    <div className={classes.aside}>{longDate(editionInForce.issuedOn, language)}</div>
                  </>
                )}
                {editionComing !== null && (
                  <div className={classes.aside}>
                    {t.coming(common.edition(editionComing.number), longDate(editionComing.effectiveOn, language))}
                  </div>
                )}
              </td>
              <td>
                {revision.status === 'none' ? (
                  <span className={classes.aside}>{common.states.none}</span>
                ) : (
                  <>
                    {revision.editionNumber !== null && `${common.edition(revision.editionNumber)} `}
                    <StateLabel tone="ink">{common.states[revision.status]}</StateLabel>
                    {revision.publishAt !== null && (
                      <div className={classes.aside}>{t.publication(longTime(revision.publishAt, language))}</div>
                    )}
                    {revision.waitingFor.length > 0 && (
                      <div className={classes.aside}>{t.waitingFor(listed(revision.waitingFor, language))}</div>
                    )}
                  </>
                )}
              </td>
              <td className={classes.aside}>{shortTime(changedAt, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Latest = ({ entries }: ActivityView) => {
  const t = useMessages(messages);
  const language = useLanguage();
  if (entries.length === 0) return <Text c="dimmed">{t.noActivity}</Text>;
  return (
    <>
      <ol className={classes.list}>
        {entries.slice(0, LATEST).map(({ position, disclosureId, actor, sentence, at }) => (
          <li key={position} className={classes.entry}>
            <p className={classes.aside}>
              <time dateTime={at}>{shortTime(at, language)}</time> {actor.name}
            </p>
            <Link to="/disclosures/$id" params={{ id: disclosureId }} className={classes.sentence}>
              {sentence}
            </Link>
          </li>
        ))}
      </ol>
      <Link to="/activity" className={classes.more}>
        {t.allActivity}
      </Link>
    </>
  );
};

/** Nothing is here yet: the one thing to do. */
const FirstRun = () => {
  const t = useMessages(messages);
  const { data: session } = useQuery(queries.session());
  const mayImport = session?.user.roles.some((role) => role === 'drafter') ?? false;
  return (
    <Page title={t.firstTitle} width="text">
      <div className="sheet">
        <p className={classes.first}>{mayImport ? t.firstText : t.firstOther}</p>
        {mayImport && (
          <Button renderRoot={(props) => <Link to="/import" {...props} />} mt="lg">
            {t.firstAction}
          </Button>
        )}
      </div>
    </Page>
  );
};
