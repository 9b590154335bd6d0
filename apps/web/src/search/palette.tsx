import { Kbd, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { normalised } from '@app/search/normalised';
import { patternsOf } from '@app/search/patterns';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { queries } from '../api/queries';
import { mayKeepRegister } from '../certificates/may-keep-register';
import { useCommon, useMessages } from '../messages/language';
import { Dialog } from '../shell/dialog';
import { itemsInOrder } from '../workbench/items';
import { useOfferedActions } from './actions';
import { hrefOf, hrefOfRecord, inRows } from './hit-place';
import { composes, shown } from './keys';
import { messages } from './messages';
import { Runs } from './runs';
import { searchQuery } from './search-api';
import classes from './search.module.css';

const MOST_ITEMS = 8;
const MOST_DISCLOSURES = 5;
const MOST_HITS = 8;
const MOST_RECORDS = 5;
const PAUSE_MS = 150;
/** The way to the page of all hits is no suggestion. */
const ALL_HITS = 'all hits';

type Option = {
  readonly id: string;
  /** What the question is held against. */
  readonly words: string;
  readonly shown?: ReactNode;
  readonly keys?: string | undefined;
  readonly run: () => void;
};
type Group = { readonly label: string; readonly options: readonly Option[] };

/** 検索と操作: one field from which every place and every action is reached, by the keyboard alone or by hand. */
const Palette = ({ onClose }: { readonly onClose: () => void }) => {
  const m = useMessages(messages);
  const ids = useId();
  const [typed, setTyped] = useState('');
  /** null: the first, whatever it is. */
  const [chosen, setChosen] = useState<string | null>(null);
  const groups = useGroups(typed);
  const options = groups.flatMap((group) => group.options);
  const count = options.filter(({ id }) => id !== ALL_HITS).length;
  const at = Math.max(
    0,
    options.findIndex(({ id }) => id === chosen),
  );
  const active = options[at];
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active?.id]);

  const go = (option: Option): void => {
    onClose();
    // The dialog gives the focus back when it is gone; what is done may want it somewhere else.
    setTimeout(option.run);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (composes(event.nativeEvent)) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setChosen(options.at(to % Math.max(1, options.length))?.id ?? null);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (active) go(active);
    }
  };

  return (
    <Dialog title={m.open} size="lg" onClose={onClose}>
      <TextInput
        data-autofocus
        className={classes.field!}
        aria-label={m.field}
        placeholder={m.placeholder}
        value={typed}
        maxLength={200}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setChosen(null);
        }}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded={options.length > 0}
        aria-controls={`${ids}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active ? `${ids}-${at}` : undefined}
        autoComplete="off"
      />
      <div ref={list} id={`${ids}-list`} role="listbox" aria-label={m.results} className={classes.list}>
        {groups.map((group) => (
          <div key={group.label} role="group" aria-label={group.label}>
            <div className={classes.group} aria-hidden>
              {group.label}
            </div>
            {group.options.map((option) => (
              <div
                key={option.id}
                id={`${ids}-${options.indexOf(option)}`}
                role="option"
                aria-selected={option === active}
                className={classes.option}
                onMouseMove={() => setChosen(option.id)}
                onClick={() => go(option)}
              >
                <span>{option.shown ?? option.words}</span>
                {option.keys && <Kbd className={classes.keys!}>{shown(option.keys)}</Kbd>}
              </div>
            ))}
          </div>
        ))}
      </div>
      <p className={classes.hint} role="status">
        {options.length === 0 ? m.nothing : count === 0 ? m.hint : `${m.count(count)}。${m.hint}`}
      </p>
    </Dialog>
  );
};

const fits = (patterns: readonly string[], words: string): boolean => {
  const { text } = normalised(words);
  return patterns.every((pattern) => new RegExp(pattern).test(text));
};

/** What there is for a question; without one, what can be done here and where one can go. */
const useGroups = (typed: string): readonly Group[] => {
  const m = useMessages(messages);
  const navigate = useNavigate();
  const actions = useOfferedActions();
  const pages = usePages();
  const here = useRouterState({
    select: ({ matches }) => matches.map(({ params }) => (params as { id?: string }).id).find(Boolean),
  });
  const inDisclosure = useRouterState({ select: ({ location }) => location.pathname.startsWith('/disclosures/') });
  const disclosures = useQuery(queries.disclosures());
  const disclosure = useQuery({ ...queries.disclosure(here ?? ''), enabled: inDisclosure && here !== undefined });
  const [question] = useDebouncedValue(typed, PAUSE_MS);
  const found = useQuery(searchQuery(question));

  const goTo = (to: string) => () => void navigate({ to });
  const patterns = patternsOf(typed);
  const asked = patterns.length > 0;
  const answered = question === typed && found.isSuccess && !found.isPlaceholderData;
  const groups: Group[] = [
    {
      label: m.actions,
      options: actions.map(({ id, label, keys, run }) => ({ id: `action ${id}`, words: label, keys, run })),
    },
    {
      label: m.items,
      options: !asked
        ? []
        : itemsInOrder((inDisclosure && disclosure.data?.parts) || [])
            .map(({ part, item }) => ({
              id: `item ${item.itemKey}`,
              words: `${part.number}-${item.number} ${item.title}`,
              run: () =>
                void navigate({
                  to: '/disclosures/$id/items/$itemKey',
                  params: { id: here ?? '', itemKey: item.itemKey },
                }),
            }))
            .filter(({ words }) => fits(patterns, words))
            // Whoever types II-1 means it, and not II-10.
            .toSorted((one, other) => Number(isNamed(other.words, typed)) - Number(isNamed(one.words, typed)))
            .slice(0, MOST_ITEMS),
    },
    { label: m.pages, options: pages.map(([to, words]) => ({ id: `page ${to}`, words, run: goTo(to) })) },
    {
      label: m.disclosures,
      options: (disclosures.data?.disclosures ?? [])
        .map(({ id, serviceName, title }) => ({
          id: `disclosure ${id}`,
          words: `${serviceName} ${title}`,
          shown: (
            <>
              {serviceName}
              <small>{title}</small>
            </>
          ),
          run: () => void navigate({ to: '/disclosures/$id', params: { id } }),
        }))
        .filter(({ words }) => fits(patterns, words))
        .slice(0, MOST_DISCLOSURES),
    },
    {
      label: m.records,
      options: !asked
        ? []
        : (found.data?.records ?? []).slice(0, MOST_RECORDS).map((record) => ({
            id: `record ${record.kind} ${record.id}`,
            words: '',
            shown: (
              <>
                <Runs runs={record.title} /> {record.edition && m.erratumOf(record.edition.number)}
                <small>
                  {record.edition === null && `${m.kinds[record.kind]}　`}
                  <Runs runs={record.passage} />
                </small>
              </>
            ),
            run: goTo(hrefOfRecord(record)),
          })),
    },
    {
      label: m.hits,
      options: !asked
        ? []
        : [
            ...(found.data?.hits ?? [])
              .filter(({ item }) => item !== null)
              .slice(0, MOST_HITS)
              .map((hit) => ({
                id: `hit ${hrefOf(hit)} ${hit.editions.join()}`,
                words: '',
                shown: (
                  <>
                    {hit.item?.place} <Runs runs={hit.item?.title ?? []} />
                    <small>
                      {hit.serviceName}
                      {!hit.inDraft && `・${m.editions(inRows(hit.editions))}`}
                    </small>
                    <small>
                      <Runs runs={hit.passage} />
                    </small>
                  </>
                ),
                run: goTo(hrefOf(hit)),
              })),
            ...(answered && found.data?.hits.length === 0 && found.data.records.length === 0
              ? []
              : [
                  {
                    id: ALL_HITS,
                    words: m.allHits(typed.trim()),
                    run: () => void navigate({ to: '/search', search: { q: typed.trim() } }),
                  },
                ]),
          ],
    },
  ];
  const filtered = new Set<string>([m.actions, m.pages]);
  return groups
    .map(({ label, options }) => ({
      label,
      options: filtered.has(label) ? options.filter(({ words }) => fits(patterns, words)) : options,
    }))
    .filter(({ options }) => options.length > 0);
};

const isNamed = (words: string, typed: string): boolean =>
  normalised(words.split(' ')[0] ?? '').text === normalised(typed.trim()).text;

/** Every screen that the person may open, by the name that it has in the menus. */
const usePages = (): readonly (readonly [string, string])[] => {
  const common = useCommon();
  const m = useMessages(messages);
  const { data: session } = useQuery(queries.session());
  const keeps = mayKeepRegister(session);
  const administers = session?.user.roles.includes('administrator') ?? false;
  const { nav } = common;
  return [
    ['/', nav.home],
    ['/search', m.search],
    ['/reviews', nav.reviews],
    ['/import', nav.import],
    ['/certificates', nav.certificates],
    ['/audits', m.routes.audits],
    ['/deadlines', m.routes.deadlines],
    ['/reminders', m.routes.reminders],
    ['/reminders/ledger', m.routes.ledger],
    ...(keeps
      ? ([
          ['/certificates/new', m.new.certificate],
          ['/audits/new', m.new.audit],
          ['/readers', nav.readers],
        ] as const)
      : []),
    ['/organization', nav.organization],
    ['/organization/deputations', m.routes.deputations],
    ['/activity', nav.activity],
    ...(administers
      ? ([
          ['/organization/users', m.routes.users],
          ['/organization/appearance', m.routes.appearance],
          ['/settings/routes', m.routes.routes],
          ['/settings/reminders', m.routes.settings],
          ['/settings/jobs', m.routes.jobs],
        ] as const)
      : []),
  ];
};

export default Palette;
