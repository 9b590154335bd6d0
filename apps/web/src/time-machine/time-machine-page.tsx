import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight, IconChevronsLeft, IconChevronsRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { queries } from '../api/queries';
import type { DisclosureView } from '../api/types';
import { longDate, useCommon, useLanguage, useMessages } from '../messages/language';
import { Comparison, Legend } from '../review/difference/comparison';
import { useLayout } from '../review/difference/use-layout';
import { CommandDialog } from '../shell/command-dialog';
import { ButtonLink, TextLink } from '../shell/link';
import { Loaded, Page } from '../shell/page';
import { PrintedBody } from '../shell/printed-body';
import { ProblemText } from '../shell/problem-text';
import { BlamePanel } from './blame-panel';
import { timeMessages } from './messages';
import { indexAt, neighbourOf, searchOf, whenIn } from './places';
import type { TimeSearch } from './routes';
import { inWords, Slider } from './slider';
import { clocks, restoreItem, timeQueries, type AsOfView, type Clock, type MomentsView } from './time-api';
import classes from './time-machine.module.css';

/** While the slider moves, texts on the way are not asked for. */
const REST_MS = 120;

/** 時間軸: the disclosure as it stood at any moment of its life, on three clocks; every place has an address. */
export const TimeMachinePage = () => {
  const { id } = useParams({ from: '/shell/disclosures/$id/time' });
  const m = useMessages(timeMessages);
  const moments = useQuery(timeQueries.moments(id));
  const disclosure = useQuery(queries.disclosure(id));
  return (
    <Page
      title={m.title}
      width="wide"
      above={moments.data && `${moments.data.serviceName} ${moments.data.title}`}
      actions={
        <ButtonLink to="/disclosures/$id" params={{ id }} variant="default" size="sm">
          {m.toDisclosure}
        </ButtonLink>
      }
    >
      <Loaded query={moments}>
        {(view) =>
          view.moments.length === 0 ? <p>{m.none}</p> : <Machine id={id} life={view} disclosure={disclosure.data} />
        }
      </Loaded>
    </Page>
  );
};

const Machine = ({
  id,
  life,
  disclosure,
}: {
  readonly id: string;
  readonly life: MomentsView;
  readonly disclosure: DisclosureView | undefined;
}) => {
  const m = useMessages(timeMessages);
  const t = useCommon();
  const language = useLanguage();
  const search: TimeSearch = useSearch({ from: '/shell/disclosures/$id/time' });
  const navigate = useNavigate();
  const { moments } = life;
  const { clock = 'recorded', item, from } = search;
  const { v, t: time } = search;
  // The same one as long as the address is: each new one is asked for after a rest.
  const when = useMemo(() => whenIn({ v, t: time }, moments), [v, time, moments]);
  const index = indexAt(moments, when);
  const moment = moments[index];
  const [asked] = useDebouncedValue(when, REST_MS);
  const text = useQuery(timeQueries.asOf(id, asked, clock));

  const go = (to: Partial<TimeSearch>, leave: readonly (keyof TimeSearch)[] = []): void => {
    const kept = Object.entries({ ...search, ...to }).filter(([key]) => !leave.includes(key as keyof TimeSearch));
    void navigate({
      ...{ to: '/disclosures/$id/time', params: { id }, search: Object.fromEntries(kept) as TimeSearch },
      ...{ replace: true, resetScroll: false },
    });
  };
  const moveTo = (to: number): void => {
    const target = moments[to];
    if (target) go(searchOf(target), target.kind === 'effective' ? ['v'] : ['t']);
  };
  const step =
    (direction: 1 | -1, editions = false) =>
    (): void =>
      moveTo(neighbourOf(moments, index, direction, editions));

  return (
    <div className={classes.machine}>
      <section className={`sheet ${classes.desk}`} aria-label={m.slider}>
        <Slider moments={moments} index={index} onMove={moveTo} />
        <div className={classes.steps}>
          <div className={classes.buttons}>
            <Step label={m.previousEdition} icon={IconChevronsLeft} disabled={index <= 0} onClick={step(-1, true)} />
            <Step label={m.previous} icon={IconChevronLeft} disabled={index <= 0} onClick={step(-1)} />
            <span className={classes.count}>{m.nOf(index + 1, moments.length)}</span>
            <Step label={m.next} icon={IconChevronRight} disabled={index >= moments.length - 1} onClick={step(1)} />
            <Step
              label={m.nextEdition}
              icon={IconChevronsRight}
              disabled={index >= moments.length - 1}
              onClick={step(1, true)}
            />
          </div>
          <p className={classes.moment}>{moment ? inWords(moment, m.kinds, language, t.edition) : m.before}</p>
        </div>
      </section>
      <div className={`sheet ${classes.choices}`}>
        <div className={classes.clock}>
          <SegmentedControl
            aria-label={m.clock}
            size="xs"
            value={clock}
            onChange={(value) => go({ clock: value as Clock })}
            data={clocks.map((value) => ({ value, label: m.clocks[value] }))}
          />
          <span className={classes.hint}>{m.clockHelp[clock]}</span>
        </div>
        <DayField day={search.t} onDay={(day) => go({ t: day }, ['v'])} />
        {from === undefined ? (
          <Button
            size="xs"
            variant="default"
            disabled={!text.data}
            onClick={() => text.data && go({ from: text.data.text.side })}
          >
            {m.pin}
          </Button>
        ) : (
          <Button size="xs" variant="default" onClick={() => go({}, ['from'])}>
            {m.stopComparing}
          </Button>
        )}
      </div>

      {text.isError ? (
        <ProblemText error={text.error} />
      ) : (
        <Loaded query={text}>
          {(view) =>
            from === undefined ? (
              <AsItStood
                view={view}
                edited={clock === 'recorded' ? (moment?.itemKeys ?? []) : []}
                item={item}
                disclosure={disclosure}
                onItem={(itemKey) => (itemKey === undefined ? go({}, ['item']) : go({ item: itemKey }))}
                onGoTo={(version) => go({ v: version, clock: 'recorded' }, ['t'])}
              />
            ) : (
              <Differences id={id} from={from} view={view} />
            )
          }
        </Loaded>
      )}
    </div>
  );
};

const Step = ({
  label,
  icon: Icon,
  disabled,
  onClick,
}: {
  readonly label: string;
  readonly icon: typeof IconChevronLeft;
  readonly disabled: boolean;
  readonly onClick: () => void;
}) => (
  <Button size="xs" variant="default" aria-label={label} title={label} disabled={disabled} onClick={onClick}>
    <Icon size={16} aria-hidden="true" />
  </Button>
);

/** Any day, not only those on which something happened. */
const DayField = ({ day, onDay }: { readonly day: string | undefined; readonly onDay: (day: string) => void }) => {
  const m = useMessages(timeMessages);
  const [known, know] = useState(day);
  const [written, write] = useState(dayIn(day));
  if (day !== known) {
    // The slider went on to another moment, or the address did.
    know(day);
    write(dayIn(day));
  }
  return (
    <TextInput
      className={classes.day!}
      type="date"
      size="xs"
      label={m.date}
      value={written}
      onChange={(event) => {
        const { value } = event.currentTarget;
        write(value);
        if (/^[12]\d{3}-\d{2}-\d{2}$/.test(value)) onDay(value);
      }}
    />
  );
};

/** An address may hold an instant as well. */
const dayIn = (time: string | undefined): string => (time?.length === 10 ? time : '');

const AsItStood = ({
  view,
  edited,
  item: chosen,
  disclosure,
  onItem,
  onGoTo,
}: {
  readonly view: AsOfView;
  readonly edited: readonly string[];
  readonly item: string | undefined;
  readonly disclosure: DisclosureView | undefined;
  readonly onItem: (itemKey: string | undefined) => void;
  readonly onGoTo: (version: number) => void;
}) => {
  const m = useMessages(timeMessages);
  const wide = useMediaQuery('(min-width: 70em)', undefined, { getInitialValueInEffect: false }) ?? true;
  const placed = view.text.parts.flatMap((part) => part.items.map((item) => ({ part, item })));
  const shown = placed.find(({ item }) => item.itemKey === chosen);
  const panel = shown && (
    <BlamePanel
      disclosureId={view.disclosureId}
      itemKey={shown.item.itemKey}
      label={`${shown.part.number}-${shown.item.number}`}
      version={view.text.version}
      onGoTo={onGoTo}
      onClose={() => onItem(undefined)}
      restoration={
        <Restoration
          disclosure={disclosure}
          itemKey={shown.item.itemKey}
          label={`${shown.part.number}-${shown.item.number}`}
          bodyHash={shown.item.bodyHash}
          version={view.text.version}
        />
      }
    />
  );
  return (
    <div className={classes.columns}>
      <article className={`sheet ${classes.text}`} aria-label={view.text.label}>
        <Facts view={view} />
        {edited.length > 0 && (
          <nav className={classes.edited} aria-label={m.edited}>
            <span>{m.edited}</span>
            {placed
              .filter(({ item }) => edited.includes(item.itemKey))
              .map(({ part, item }) => (
                <a key={item.itemKey} href={`#time-${item.itemKey}`}>{`${part.number}-${item.number} ${item.title}`}</a>
              ))}
          </nav>
        )}
        {view.text.parts.map((part) => (
          <section key={part.number} className={classes.part} aria-label={`${part.number}. ${part.title}`}>
            <h2>{`${part.number}. ${part.title}`}</h2>
            {part.items.map((item) => {
              const label = `${part.number}-${item.number}`;
              const isShown = item.itemKey === chosen;
              return (
                <section
                  key={item.itemKey}
                  id={`time-${item.itemKey}`}
                  className={classes.item}
                  data-shown={isShown || undefined}
                  aria-label={`${label} ${item.title}`}
                >
                  <header className={classes.itemHead}>
                    <h3>
                      <span>{label}</span> {item.title}
                    </h3>
                    {edited.includes(item.itemKey) && <span className={classes.editedHere}>{m.editedHere}</span>}
                    <Button
                      size="compact-xs"
                      variant={isShown ? 'filled' : 'default'}
                      aria-label={m.blameOf(label)}
                      aria-pressed={isShown}
                      onClick={() => onItem(isShown ? undefined : item.itemKey)}
                    >
                      {m.blame}
                    </Button>
                  </header>
                  {item.body.content.length === 0 ? (
                    <p className={classes.hint}>{m.noText}</p>
                  ) : (
                    <PrintedBody body={item.body} />
                  )}
                  {isShown && !wide && panel}
                </section>
              );
            })}
          </section>
        ))}
      </article>
      {wide && (
        <div className={classes.beside}>{panel ?? <p className={`sheet ${classes.hint}`}>{m.chooseItem}</p>}</div>
      )}
    </div>
  );
};

/** What text it is, where the work stood, and what the public page listed. */
const Facts = ({ view }: { readonly view: AsOfView }) => {
  const m = useMessages(timeMessages);
  const t = useCommon();
  const { clock, text, revision, listed, disclosureId } = view;
  return (
    <header className={classes.facts}>
      <p className={classes.label}>{text.label}</p>
      {text.issuedOn !== null && text.effectiveOn !== null && (
        <p>{m.issuedAndEffective(longDate(text.issuedOn), longDate(text.effectiveOn))}</p>
      )}
      {/* On the other clocks the text is an edition's, and so is what stands below. */}
      {clock === 'recorded' && revision.editionNumber !== null && (
        <p>{m.revisionThen(revision.editionNumber, m.standing[revision.status])}</p>
      )}
      {text.historyText !== '' && <p className={classes.historyText}>{text.historyText}</p>}
      {text.publishedLater && <p className={classes.later}>{m.publishedLater}</p>}
      {listed.length > 0 && (
        <details className={classes.listed}>
          <summary>{m.listed}</summary>
          <ul>
            {listed.toReversed().map(({ number, standing, effectiveOn }) => (
              <li key={number}>
                <TextLink to="/disclosures/$id/editions/$n" params={{ id: disclosureId, n: String(number) }} size="sm">
                  {t.edition(number)}
                </TextLink>
                {`　${m.listedStanding[standing]}　${longDate(effectiveOn)}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </header>
  );
};

/** The way back to this text, or why there is none now. */
const Restoration = ({
  disclosure,
  itemKey,
  label,
  bodyHash,
  version,
}: {
  readonly disclosure: DisclosureView | undefined;
  readonly itemKey: string;
  readonly label: string;
  readonly bodyHash: string;
  readonly version: number;
}): ReactNode => {
  const m = useMessages(timeMessages);
  const { data: session } = useQuery(queries.session());
  const [asking, ask] = useState(false);
  const now = disclosure?.parts.flatMap(({ items }) => items).find((item) => item.itemKey === itemKey);
  if (!disclosure || !session || !now) return null;
  const why =
    now.bodyHash === bodyHash
      ? m.sameAsNow
      : !session.user.roles.includes('drafter')
        ? m.onlyDrafters
        : disclosure.revision.status === 'none'
          ? m.startFirst
          : disclosure.revision.status === 'drafting'
            ? null
            : m.fixedNow;
  if (why !== null) return <p className={classes.hint}>{why}</p>;
  return (
    <div>
      <Button size="xs" onClick={() => ask(true)}>
        {m.restore}
      </Button>
      {asking && (
        <CommandDialog
          title={m.restoreTitle(label)}
          about={m.restoreText}
          now={m.restore}
          done={m.restored(label)}
          onClose={() => ask(false)}
          command={() => restoreItem(disclosure.id, itemKey, { version, basedOn: now.bodyHash })}
        />
      )}
    </div>
  );
};

/** What changed from the text that was marked to the one at the slider. */
const Differences = ({ id, from, view }: { readonly id: string; readonly from: string; readonly view: AsOfView }) => {
  const m = useMessages(timeMessages);
  const { layout, choice } = useLayout();
  const { side } = view.text;
  const comparison = useQuery(queries.comparison(id, from, side));
  return (
    <section className={`sheet ${classes.differences}`} aria-label={m.pin}>
      <p className={classes.hint}>{m.comparingHelp}</p>
      <Loaded query={comparison}>
        {(data) => (
          <>
            <header className={classes.differencesHead}>
              <h2>{m.differences(data.from.label, data.to.label)}</h2>
              <Legend />
              {choice}
              <TextLink to="/disclosures/$id/compare" params={{ id }} search={{ from, to: side }} size="sm">
                {m.openComparison}
              </TextLink>
            </header>
            {data.items.length === 0 ? (
              <p>{m.same}</p>
            ) : (
              <Comparison items={data.items} layout={layout} fromLabel={data.from.label} toLabel={data.to.label} />
            )}
          </>
        )}
      </Loaded>
    </section>
  );
};
