import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { queries } from '../api/queries';
import type { ActivityView } from '../api/types';
import { longDate, useLanguage, useMessages, type Language } from '../messages/language';
import { TextLink } from '../shell/link';
import { Lines, Loaded, Page } from '../shell/page';
import classes from './activity.module.css';
import { activityMessages } from './messages';

type Entry = ActivityView['entries'][number];

/** 記録: one sentence per event, by day, of one disclosure or of all. */
export const ActivityPage = () => {
  const m = useMessages(activityMessages);
  const { disclosure } = useSearch({ strict: false }) as { disclosure?: string };
  const navigate = useNavigate();
  const disclosures = useQuery(queries.disclosures());
  const activity = useQuery(queries.activity(disclosure));
  return (
    <Page title={m.title}>
      <div className={classes.head}>
        <p className={classes.about}>{m.about}</p>
        <NativeSelect
          label={m.filter}
          value={disclosure ?? ''}
          data={[
            { value: '', label: m.all },
            ...(disclosures.data?.disclosures ?? []).map(({ id, serviceName }) => ({ value: id, label: serviceName })),
          ]}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            void navigate({ to: '/activity', search: chosen === '' ? {} : { disclosure: chosen }, replace: true });
          }}
        />
      </div>
      <Loaded query={activity} skeleton={<Lines count={10} />}>
        {(data) => <Days entries={data.entries} named={disclosure === undefined} />}
      </Loaded>
    </Page>
  );
};

const Days = ({ entries, named }: { readonly entries: readonly Entry[]; readonly named: boolean }) => {
  const m = useMessages(activityMessages);
  const language = useLanguage();
  if (entries.length === 0) return <p>{m.none}</p>;
  return byDay(entries, language).map(({ day, entries: ofDay }) => (
    <section key={day} aria-label={day} className={classes.day}>
      <h2>{day}</h2>
      <ol>
        {ofDay.map((entry) => (
          <li key={entry.position} className={classes.entry}>
            <time dateTime={entry.at}>{timeOf(entry.at, language)}</time>
            <span>{entry.actor.name}</span>
            <span className={classes.sentence}>{entry.sentence}</span>
            {named && (
              <TextLink to="/disclosures/$id" params={{ id: entry.disclosureId }} className={classes.service!}>
                {entry.serviceName}
              </TextLink>
            )}
          </li>
        ))}
      </ol>
    </section>
  ));
};

/** Entries come newest first, so those of one day stand together. */
const byDay = (
  entries: readonly Entry[],
  language: Language,
): readonly { day: string; entries: readonly Entry[] }[] => {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = longDate(entry.at, language);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days].map(([day, ofDay]) => ({ day, entries: ofDay }));
};

const timeOf = (instant: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Tokyo',
  }).format(new Date(instant));
