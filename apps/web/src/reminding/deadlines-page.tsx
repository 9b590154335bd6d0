import { SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../api/queries';
import { useMessages } from '../messages/language';
import { Lines, Loaded, Page } from '../shell/page';
import { CalendarFeeds } from './calendar-feeds';
import { Deadlines, DeadlinesTable } from './deadlines';
import { remindingMessages } from './messages';
import { More } from './more';
import { RegisterTabs } from './register-tabs';
import classes from './reminding.module.css';

type View = 'chart' | 'list';

/** 期限の予定: twelve months, as a chart or as a list, and how to have them in one's own calendar. */
export const DeadlinesPage = () => {
  const m = useMessages(remindingMessages);
  const deadlines = useInfiniteQuery(queries.allDeadlines());
  const [view, setView] = useState<View>('chart');
  return (
    <Page title={m.deadlinesTitle}>
      <RegisterTabs here="deadlines" />
      <div className={classes.sections}>
        <section aria-label={m.deadlinesTitle}>
          <div className={classes.cardHead}>
            <p className={classes.about}>{m.deadlinesAbout}</p>
            <SegmentedControl
              aria-label={m.view}
              size="sm"
              value={view}
              onChange={(chosen) => setView(chosen as View)}
              data={[
                { value: 'chart', label: m.asChart },
                { value: 'list', label: m.asList },
              ]}
            />
          </div>
          <Loaded query={deadlines} skeleton={<Lines count={6} />}>
            {({ pages }) => {
              const [first] = pages;
              if (first === undefined) return null;
              const data = { ...first, deadlines: pages.flatMap((page) => page.deadlines) };
              return view === 'list' ? (
                <DeadlinesTable {...data} />
              ) : (
                <div className="sheet">
                  <Deadlines {...data} />
                </div>
              );
            }}
          </Loaded>
          <More query={deadlines} />
        </section>
        <CalendarFeeds />
      </div>
    </Page>
  );
};
