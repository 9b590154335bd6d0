import { localDateOf } from '@app/calendar';
import { assertNever, type LogPosition } from '@app/event-sourcing';
import type { Disclosure, Edition, Instant, LocalDate, Part, Registered, RevisionCause } from '../domain/disclosure';
import type { Signature } from '../domain/signature';
import { historyOf } from '../disclosures/disclosure-projection';
import { numberInForce, numberShown } from '../disclosures/get-disclosure';
import type { Clock } from './clocks';
import { stateAfter, versionAt, type Life } from './life';

/** An instant, the disclosure's own count of its events, or a position in the whole log. */
export type When = { readonly at: Instant } | { readonly version: number } | { readonly position: LogPosition };

/** A text of a disclosure, as one compares and prints it. */
export type Text = {
  readonly label: string;
  readonly contentHash: string | null;
  readonly historyText: string;
  readonly causes: readonly RevisionCause[];
  readonly parts: readonly Part[];
};

export type AsOf = {
  readonly clock: Clock;
  /** The instant that was asked for; of a moment, when it was recorded. */
  readonly at: Instant;
  /** The last event by then, from 1; 0 for a day before the disclosure was recorded here. */
  readonly version: number;
  /** The disclosure then. */
  readonly state: Registered;
  readonly text: Text & {
    readonly kind: 'draft' | 'edition';
    readonly editionNumber: number | null;
    /** How a comparison calls it. */
    readonly side: string;
    /** The event after which the draft was this text: blame and restoration go by it. */
    readonly version: number;
    readonly issuedOn: LocalDate | null;
    readonly effectiveOn: LocalDate | null;
    readonly signatures: readonly Signature[];
    /** Published only after that instant, with an effective date in the past. */
    readonly publishedLater: boolean;
  };
  /** What the public page listed then, oldest first. */
  readonly listed: readonly (Pick<Edition, 'number' | 'issuedOn' | 'effectiveOn'> & {
    readonly standing: 'superseded' | 'inForce' | 'scheduled';
  })[];
};

export type AsOfRejection =
  | { readonly type: 'DisclosureNotFound' }
  | { readonly type: 'MomentUnknown'; readonly last: number }
  | { readonly type: 'BeforeFirstEvent'; readonly first: Instant }
  | { readonly type: 'InTheFuture'; readonly now: Instant }
  | { readonly type: 'NothingPublishedYet' }
  | { readonly type: 'NothingInForceYet'; readonly first: LocalDate }
  | { readonly type: 'TextNotKept'; readonly number: number };

export type AsOfAnswer =
  | { readonly outcome: 'found'; readonly found: AsOf }
  | { readonly outcome: 'rejected'; readonly rejection: AsOfRejection };

/** The disclosure as it stood then, on one of the clocks. Pure. */
export const asOf = (life: Life, when: When, clock: Clock, now: Instant): AsOfAnswer => {
  const today = life.length === 0 ? null : stateAfter(life, life.length);
  if (today?.status !== 'Registered') return rejected({ type: 'DisclosureNotFound' });
  const moment = momentOf(life, when);
  if (moment === null) return rejected({ type: 'MomentUnknown', last: life.length });
  const { at, version } = moment;
  if (Date.parse(at) > Date.parse(now)) return rejected({ type: 'InTheFuture', now });
  const day = localDateOf(at);
  const then = stateAfter(life, version);

  switch (clock) {
    case 'recorded': {
      if (then.status !== 'Registered') return rejected({ type: 'BeforeFirstEvent', first: life.recorded[0]!.at });
      return found(clock, at, version, then, recordedText(life, version));
    }
    case 'public': {
      if (then.status !== 'Registered') return rejected({ type: 'BeforeFirstEvent', first: life.recorded[0]!.at });
      const edition = then.editions.find(({ number }) => number === numberShown(then.editions, day));
      return edition
        ? found(clock, at, version, then, editionText(edition, then, life))
        : rejected({ type: 'NothingPublishedYet' });
    }
    case 'effective': {
      const edition = today.editions.findLast(({ effectiveOn }) => effectiveOn <= day);
      if (edition)
        return found(clock, at, version, then.status === 'Registered' ? then : today, editionText(edition, then, life));
      const older = today.olderEditions.findLast(({ issuedOn }) => issuedOn <= day);
      return rejected(
        older
          ? { type: 'TextNotKept', number: older.number }
          : { type: 'NothingInForceYet', first: historyOf(today)[0]?.issuedOn ?? localDateOf(life.recorded[0]!.at) },
      );
    }
    default:
      return assertNever(clock);
  }
};

/** Where in the life that is; null for a number that no event has. */
const momentOf = (life: Life, when: When): { readonly at: Instant; readonly version: number } | null => {
  if ('at' in when) return { at: when.at, version: versionAt(life, when.at) };
  const index =
    'version' in when ? when.version - 1 : life.recorded.findLastIndex(({ position }) => position <= when.position);
  const recorded = life.recorded[index];
  return recorded ? { at: recorded.at, version: recorded.version } : null;
};

/** The text as it had been written down after the first `version` events, of which there is at least one. */
export const recordedText = (life: Life, version: number): AsOf['text'] => {
  const state = stateAfter(life, version);
  if (state.status !== 'Registered') throw new Error(`Nothing was registered after ${version} events`);
  const { revision, parts, editions } = state;
  const side = `v${version}`;
  const last = editions.at(-1);
  if (revision.status === 'none' && last) return { ...editionText(last, state, life), side, parts };
  const draft = {
    kind: 'draft',
    side,
    version,
    issuedOn: null,
    effectiveOn: null,
    publishedLater: false,
    parts,
  } as const;
  if (revision.status === 'none')
    return { ...draft, editionNumber: null, label: '', contentHash: null, historyText: '', causes: [], signatures: [] };
  const { editionNumber, historyText, causes } = revision;
  const submitted = revision.status === 'drafting' ? null : revision;
  return {
    ...{ ...draft, editionNumber, historyText, causes },
    label: `第${editionNumber}版（案、記録${version}）`,
    contentHash: submitted?.contentHash ?? null,
    signatures: submitted?.signatures ?? [],
  };
};

const editionText = (edition: Edition, then: Disclosure, life: Life): AsOf['text'] => {
  const { number, issuedOn, effectiveOn, contentHash, historyText, causes, signatures, parts } = edition;
  return {
    ...{ kind: 'edition', editionNumber: number, label: `第${number}版`, side: String(number) },
    ...{ issuedOn, effectiveOn, contentHash, historyText, causes, signatures, parts },
    version: versionOfEdition(life, number) ?? 0,
    publishedLater: then.status !== 'Registered' || !then.editions.some((each) => each.number === number),
  };
};

/** The event with which an edition came to be; undefined when there is none. */
export const versionOfEdition = ({ recorded }: Life, number: number): number | undefined =>
  recorded.find(
    ({ event }) =>
      (event.type === 'EditionPublished' && event.data.number === number) ||
      (event.type === 'DisclosureImported' && event.data.edition.number === number),
  )?.version;

const found = (clock: Clock, at: Instant, version: number, state: Registered, text: AsOf['text']): AsOfAnswer => {
  const day = localDateOf(at);
  const inForce = numberInForce(state.editions, day);
  const listed = (version === 0 ? [] : state.editions).map(({ number, issuedOn, effectiveOn }) => ({
    ...{ number, issuedOn, effectiveOn },
    standing:
      number === inForce ? ('inForce' as const) : effectiveOn > day ? ('scheduled' as const) : ('superseded' as const),
  }));
  return { outcome: 'found', found: { clock, at, version, state, text, listed } };
};

const rejected = (rejection: AsOfRejection): AsOfAnswer => ({ outcome: 'rejected', rejection });
