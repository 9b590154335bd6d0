import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { longDate, useCommon, useLanguage, useMessages } from '../messages/language';
import { fullTime } from '../review/format';
import { timeMessages } from './messages';
import { drawn, isOfEdition, neighbourOf, thinned } from './places';
import type { MomentView } from './time-api';
import classes from './time-machine.module.css';

const heights: Readonly<Record<MarkGroup, readonly [from: number, to: number]>> = {
  edits: [22, 30],
  submitted: [16, 30],
  signed: [10, 30],
  editions: [0, 30],
};
type MarkGroup = 'edits' | 'submitted' | 'signed' | 'editions';

const groupOf = ({ kind }: MomentView): MarkGroup => {
  switch (kind) {
    case 'edits':
    case 'started':
      return 'edits';
    case 'submitted':
    case 'returned':
    case 'ended':
      return 'submitted';
    case 'signed':
    case 'approved':
      return 'signed';
    default:
      return 'editions';
  }
};

/** So many pixels a label needs, and are between two marks. */
const LABEL = { ja: 60, en: 80 };
const MARK = 3;

/** The life of a disclosure as a ruler: a mark per moment, the taller the weightier; the keyboard goes from mark to mark. */
export const Slider = ({
  moments,
  index,
  onMove,
}: {
  readonly moments: readonly MomentView[];
  /** -1: before all. */
  readonly index: number;
  readonly onMove: (index: number) => void;
}) => {
  const m = useMessages(timeMessages);
  const t = useCommon();
  const language = useLanguage();
  const { ref, width } = useElementSize();
  const track = useRef<HTMLDivElement>(null);
  const shown = Math.max(index, 0);
  const last = Math.max(moments.length - 1, 1);
  const place = (at: number): string => `${(at / last) * 100}%`;
  const label = LABEL[language];
  /** Pixels from one moment to the next. */
  const apart = width / last;
  const distance = Math.max(1, Math.ceil(MARK / Math.max(apart, 0.1)));
  const paths = useMemo(() => pathsOf(moments, distance), [moments, distance]);
  const edgeAt = (at: number): 'start' | 'end' | undefined =>
    at * apart < label / 2 ? 'start' : (last - at) * apart < label / 2 ? 'end' : undefined;
  const startOf = (at: number): number =>
    at * apart - { start: 0, middle: label / 2, end: label }[edgeAt(at) ?? 'middle'];
  const labelled = useMemo(
    () => moments.flatMap((moment, at) => (isEditionLabel(moment) ? [{ moment, at }] : [])),
    [moments],
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = {
      ArrowRight: () => neighbourOf(moments, index, 1),
      ArrowUp: () => neighbourOf(moments, index, 1),
      ArrowLeft: () => neighbourOf(moments, index, -1),
      ArrowDown: () => neighbourOf(moments, index, -1),
      PageUp: () => neighbourOf(moments, index, 1, true),
      PageDown: () => neighbourOf(moments, index, -1, true),
      Home: () => 0,
      End: () => moments.length - 1,
    }[event.key];
    if (!to) return;
    event.preventDefault();
    onMove(to());
  };
  const goTo = ({ clientX }: PointerEvent): void => {
    const box = track.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const part = Math.min(Math.max((clientX - box.left) / box.width, 0), 1);
    const to = Math.round(part * (moments.length - 1));
    if (to !== index) onMove(to);
  };
  useEffect(() => {
    // A finger that moves along the ruler must not scroll the page.
    const element = track.current;
    const keep = (event: TouchEvent): void => event.preventDefault();
    element?.addEventListener('touchmove', keep, { passive: false });
    return () => element?.removeEventListener('touchmove', keep);
  }, []);

  return (
    <div className={classes.slider} ref={ref}>
      <div
        ref={track}
        className={classes.track}
        role="slider"
        tabIndex={0}
        aria-label={m.slider}
        aria-describedby="slider-help"
        aria-orientation="horizontal"
        aria-valuemin={1}
        aria-valuemax={moments.length}
        aria-valuenow={shown + 1}
        aria-valuetext={index < 0 ? m.before : inWords(moments[shown]!, m.kinds, language, t.edition)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          goTo(event);
        }}
        onPointerMove={(event) => event.buttons > 0 && goTo(event)}
      >
        <svg className={classes.marks} viewBox={`0 0 ${last} 30`} preserveAspectRatio="none" aria-hidden="true">
          {paths.map(({ group, path }) => (
            <path key={group} d={path} data-group={group} vectorEffect="non-scaling-stroke" />
          ))}
        </svg>
        <span className={classes.thumb} style={{ insetInlineStart: place(shown) }} aria-hidden="true" />
      </div>
      <div className={classes.labels} aria-hidden="true">
        {thinned(labelled, (one) => startOf(one.at), label).map(({ moment, at }) => (
          <span key={at} style={{ insetInlineStart: place(at) }} data-edge={edgeAt(at)}>
            <b>{t.edition(moment.editionNumber ?? 0)}</b>
            {yearOf(moment.at)}
          </span>
        ))}
      </div>
      <p id="slider-help" className="visually-hidden">
        {m.sliderHelp}
      </p>
      <ul className={classes.legend}>
        {groups.map((group) => (
          <li key={group}>
            <svg viewBox="0 0 4 30" width="4" height="18" aria-hidden="true">
              <path d={lineAt(2, group)} data-group={group} />
            </svg>
            {m.marks[group]}
          </li>
        ))}
      </ul>
    </div>
  );
};

const isEditionLabel = (moment: MomentView): boolean => isOfEdition(moment) && moment.kind !== 'effective';

const lineAt = (x: number, group: MarkGroup): string => `M${x} ${heights[group][0]}V${heights[group][1]}`;

const groups = ['edits', 'submitted', 'signed', 'editions'] as const;

/** Where they would run into a band, lighter marks give way to weightier ones. */
const pathsOf = (moments: readonly MomentView[], distance: number) => {
  const groupsAt = moments.map(groupOf);
  const shown = drawn(
    groupsAt.map((group) => groups.length - 1 - groups.indexOf(group)),
    distance,
  );
  return groups.map((group) => ({
    group,
    path: groupsAt.map((each, at) => (each === group && shown[at] ? lineAt(at, group) : '')).join(''),
  }));
};

const yearOf = (instant: string): string => longDate(instant).match(/\d{4}/)?.[0] ?? '';

/** 2024年5月7日 10:10　編集　佐藤 真央　I-4を編集しました。 */
export const inWords = (
  { kind, at, by, sentence, itemKeys, editionNumber }: MomentView,
  kinds: Readonly<Record<MomentView['kind'], string>>,
  language: 'ja' | 'en',
  edition: (number: number) => string,
): string => {
  const what =
    language === 'ja'
      ? sentence
      : itemKeys.length > 0
        ? itemKeys.join(', ')
        : editionNumber === null
          ? ''
          : edition(editionNumber);
  return [fullTime(at, language), kinds[kind], by?.name, what].filter(Boolean).join(language === 'ja' ? '　' : ', ');
};
