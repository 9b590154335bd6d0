import { localDateOf } from '@app/calendar';
import { assertNever } from '@app/event-sourcing';
import { sentenceOf } from '../activity/activity';
import type { DisclosureEvent, Instant, ItemKey, Person } from '../domain/disclosure';
import type { MomentKind } from './clocks';
import type { Life, Recorded } from './life';

/** A place on the slider. `version` leads back to it for ever. */
export type Moment = {
  readonly kind: MomentKind;
  /** The last event that belongs to it. */
  readonly version: number;
  readonly position: string;
  readonly at: Instant;
  readonly by: Person | null;
  /** The edition it is about: the one that was worked on, published or took effect. */
  readonly editionNumber: number | null;
  /** What was edited, in the order in which it was first touched. */
  readonly itemKeys: readonly ItemKey[];
  /** How many events it stands for. */
  readonly count: number;
  /** One Japanese sentence. */
  readonly sentence: string;
};

/** Who goes on within this time goes on with the same work. */
const PAUSE_MS = 30 * 60_000;

/**
 * The moments of a life, oldest first: edits of one person without a longer pause together, each submission, signature, return
 * and publication, what was said of it before and since, and the day on which an edition took effect. Comments move nothing and are left out. Pure.
 */
export const momentsOf = ({ recorded }: Life, now: Instant): readonly Moment[] => {
  const moments: Moment[] = [];
  /** By its number in `moments`: the edits that one was put together from. */
  const works = new Map<number, DisclosureEvent[]>();
  const taking: { readonly number: number; readonly at: Instant }[] = [];
  let editionNumber: number | null = null;
  let last: Recorded | undefined;
  const takeEffect = (until: Instant): void => {
    if (taking.length === 0) return;
    for (const { number, at } of taking.filter((each) => each.at <= until)) {
      if (!last) continue;
      const { version, position } = last;
      const sentence = `第${number}版が施行されました。`;
      moments.push({
        ...{ kind: 'effective', version, position, at, by: null, editionNumber: number },
        itemKeys: [],
        count: 0,
        sentence,
      });
    }
    taking.splice(0, taking.length, ...taking.filter((each) => each.at > until));
  };
  for (const each of recorded) {
    takeEffect(each.at);
    last = each;
    const { event, version, position, at } = each;
    if (event.type === 'RevisionStarted') ({ editionNumber } = event.data);
    if (event.type === 'DisclosureImported') editionNumber = event.data.edition.number;
    const kind = kindOf(event.type);
    if (kind === null) continue;
    const itemKeys = event.type === 'ItemRevised' ? [event.data.itemKey] : [];
    const before = moments.at(-1);
    if (kind === 'edits' && before && goesOn(before, event.data.by, at)) {
      const isNew = itemKeys.some((itemKey) => !before.itemKeys.includes(itemKey));
      const all = isNew ? [...before.itemKeys, ...itemKeys] : before.itemKeys;
      moments[moments.length - 1] = { ...before, version, position, at, itemKeys: all, count: before.count + 1 };
      works.get(moments.length - 1)?.push(event);
      continue;
    }
    if (kind === 'edits') works.set(moments.length, [event]);
    const { by } = event.data;
    const about = event.type === 'EditionAnnotated' ? event.data.number : kind === 'retired' ? null : editionNumber;
    const sentence = sentenceOf(event);
    moments.push({ kind, version, position, at, by, editionNumber: about, itemKeys, count: 1, sentence });
    if (event.type === 'EditionPublished' && event.data.effectiveOn > localDateOf(at)) {
      taking.push({
        number: event.data.number,
        at: new Date(`${event.data.effectiveOn}T00:00:00+09:00`).toISOString(),
      });
      taking.sort((one, other) => (one.at < other.at ? -1 : 1));
    }
  }
  takeEffect(now);
  return moments.map((moment, index) =>
    moment.count > 1 ? { ...moment, sentence: inWords(works.get(index) ?? [], moment.itemKeys) } : moment,
  );
};

const goesOn = ({ kind, by, at }: Moment, author: Person, now: Instant): boolean =>
  kind === 'edits' && by?.id === author.id && Date.parse(now) - Date.parse(at) <= PAUSE_MS;

/** What was done, each kind for itself: items, the reason, findings. */
const inWords = (work: readonly DisclosureEvent[], itemKeys: readonly ItemKey[]): string => {
  const edits = work.filter(({ type }) => type === 'ItemRevised');
  const described = work.filter(({ type }) => type === 'RevisionDescribed').slice(-1);
  const waived = work.filter(({ type }) => type === 'FindingWaived');
  return [
    edits.length < 2 ? edits.map(sentenceOf) : [`${itemKeys.join('、')}を編集しました（${edits.length}回）。`],
    described.map(sentenceOf),
    waived.length < 2 ? waived.map(sentenceOf) : [`点検の指摘${waived.length}件を承知済みにしました。`],
  ]
    .flat()
    .join('');
};

const kindOf = (type: Recorded['event']['type']): MomentKind | null => {
  switch (type) {
    case 'DisclosureImported':
      return 'imported';
    case 'RevisionStarted':
      return 'started';
    case 'ItemRevised':
    case 'RevisionDescribed':
    case 'FindingWaived':
      return 'edits';
    case 'SubmittedForReview':
      return 'submitted';
    case 'StepSigned':
    case 'PostReviewed':
      return 'signed';
    case 'RevisionApproved':
      return 'approved';
    case 'ReturnedForChanges':
    case 'ReturnedToStep':
    case 'Recalled':
      return 'returned';
    case 'Rejected':
    case 'Withdrawn':
      return 'ended';
    case 'EditionPublished':
      return 'published';
    case 'PublicationScheduled':
      return 'scheduled';
    case 'PublicationCancelled':
      return 'unscheduled';
    case 'EditionAnnotated':
      return 'annotated';
    case 'DisclosureRetired':
      return 'retired';
    case 'DisclosureRegistered':
    case 'StepCompleted':
    case 'SignatoryReassigned':
    case 'CommentAdded':
    case 'CommentResolved':
    case 'CommentReopened':
      return null;
    default:
      return assertNever(type);
  }
};
