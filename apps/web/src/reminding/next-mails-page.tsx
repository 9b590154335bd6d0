import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { listed } from '../review/format';
import { TextLink } from '../shell/link';
import { Lines, Loaded, Page } from '../shell/page';
import { useMatter } from './deadlines';
import { remindingMessages } from './messages';
import { RegisterTabs } from './register-tabs';
import { remindersQueries, type NextMail } from './reminders-api';
import classes from './reminding.module.css';
import { DEFAULT_DAYS, ranges, type NextSearch } from './search';

/** これから送る通知: the mails as they will be sent, one of them opened. */
export const NextMailsPage = () => {
  const m = useMessages(remindingMessages);
  const search = useSearch({ strict: false }) as NextSearch;
  const navigate = useNavigate();
  const { days = DEFAULT_DAYS } = search;
  const next = useQuery(remindersQueries.next(days));
  return (
    <Page title={m.nextTitle}>
      <RegisterTabs here="next" />
      <div className={classes.cardHead}>
        <p className={classes.about}>{m.nextAbout}</p>
        <NativeSelect
          label={m.range}
          value={String(days)}
          data={ranges.map((value) => ({ value: String(value), label: m.days(value) }))}
          onChange={(event) =>
            void navigate({
              to: '/reminders',
              search: { ...search, days: Number(event.currentTarget.value) },
              replace: true,
            })
          }
        />
      </div>
      <Loaded query={next} skeleton={<Lines count={8} />}>
        {({ mails, more }) => {
          const shown = search.subject ? mails.filter(({ subject }) => subject === search.subject) : mails;
          if (shown.length === 0) return <p className={classes.quiet}>{m.nextNone(m.days(days))}</p>;
          const opened = shown.find((mail) => nameOf(mail) === search.rung) ?? shown[0]!;
          return (
            <div className={classes.mails}>
              <div>
                <List mails={shown} opened={opened} search={search} />
                {more && <p className={classes.quiet}>{m.more}</p>}
              </div>
              <Mail key={nameOf(opened)} mail={opened} />
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
};

/** A reminder, and the mail in which others hear of it, are of one rung. */
const nameOf = ({ rungId, escalation }: NextMail): string => (escalation ? `${rungId} ${escalation}` : rungId);

const List = ({
  mails,
  opened,
  search,
}: {
  readonly mails: readonly NextMail[];
  readonly opened: NextMail;
  readonly search: NextSearch;
}) => {
  const m = useMessages(remindingMessages);
  const language = useLanguage();
  const matterOf = useMatter();
  return (
    <ol className={classes.mailList} aria-label={m.nextTitle}>
      {mails.map((mail) => (
        <li key={nameOf(mail)}>
          <TextLink
            to="/reminders"
            search={{ ...search, rung: nameOf(mail) }}
            replace
            resetScroll={false}
            className={classes.mailLink!}
            aria-current={mail === opened ? 'true' : undefined}
            underline="never"
          >
            <time dateTime={mail.sendOn}>{longDate(mail.sendOn, language)}</time>
            <span>
              <strong>{mail.about.title}</strong>
              {matterOf(mail)}・{mail.label}
            </span>
            {mail.escalation && <small>{m.ifUnseen}</small>}
            {mail.again && <small>{m.again(mail.again, m.untilRecorded[mail.matter])}</small>}
          </TextLink>
        </li>
      ))}
    </ol>
  );
};

/** The mail itself. Its HTML is shown in a frame in which nothing runs and nothing is loaded from elsewhere. */
const Mail = ({ mail: { sendOn, matter, again, escalation, recipients, mail } }: { readonly mail: NextMail }) => {
  const m = useMessages(remindingMessages);
  const language = useLanguage();
  const [format, setFormat] = useState<'html' | 'text'>('html');
  const [first] = recipients;
  return (
    <article className={`sheet ${classes.mail}`} aria-label={m.mailOf(mail.subject)}>
      <dl className={classes.mailHead}>
        <div>
          <dt>{m.subject}</dt>
          <dd>{mail.subject}</dd>
        </div>
        <div>
          <dt>{m.sendOn}</dt>
          <dd>
            {longDate(sendOn, language)}
            {escalation && <small className={classes.again}>{m.ifUnseen}</small>}
            {again && <small className={classes.again}>{m.again(again, m.untilRecorded[matter])}</small>}
          </dd>
        </div>
        <div>
          <dt>{m.to}</dt>
          <dd>
            {recipients.length === 0 ? (
              <span className={classes.alert}>{m.toNobody}</span>
            ) : (
              listed(
                recipients.map(({ name, daily }) => (daily ? `${name}${m.daily}` : name)),
                language,
              )
            )}
          </dd>
        </div>
      </dl>
      <div className={classes.cardHead}>
        <p className={classes.quiet}>{first && m.renderedFor(first.name)}</p>
        <SegmentedControl
          aria-label={m.format}
          size="xs"
          value={format}
          onChange={(chosen) => setFormat(chosen as typeof format)}
          data={[
            { value: 'html', label: m.asHtml },
            { value: 'text', label: m.asText },
          ]}
        />
      </div>
      {format === 'html' ? (
        <iframe
          className={classes.frame}
          sandbox=""
          title={m.mailOf(mail.subject)}
          // Links lead nowhere in here, rather than to a second product inside the frame.
          srcDoc={`<base target="_blank">${mail.html}`}
        />
      ) : (
        <pre className={classes.text} tabIndex={0}>
          {mail.text}
        </pre>
      )}
    </article>
  );
};
