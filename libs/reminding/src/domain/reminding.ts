import { localDateOf, type LadderKey, type LocalDate } from '@app/calendar';
import { assertNever } from '@app/event-sourcing';
import type { Ladder } from './ladder';
import { readyMadeKinds, readyMadeLadders } from './ready-made';

export type Person = { readonly id: string; readonly name: string };
type By = { readonly by: Person; /** UTC, ISO 8601. */ readonly at: string };

/** A kind of certificate, and the ladder of its renewal. */
export type CertificateKind = { readonly kind: string; readonly name: string; readonly ladder: LadderKey };

/** From which hour on no reminder leaves, and from which again, where the company is; `from` 20 and `until` 8: not at night. */
export type QuietHours = { readonly from: number; readonly until: number };

// What can have happened -------------------------------------------------

export type RemindingEvent =
  | {
      readonly type: 'LadderChanged';
      readonly data: By & { readonly key: LadderKey; readonly name: string; readonly ladder: Ladder };
    }
  /** One of the company's own, which nothing uses. */
  | { readonly type: 'LadderRemoved'; readonly data: By & { readonly key: LadderKey } }
  | { readonly type: 'CertificateKindAdded'; readonly data: By & CertificateKind }
  | { readonly type: 'CertificateKindRemoved'; readonly data: By & { readonly kind: string } }
  /** null: reminders leave at any hour. */
  | { readonly type: 'QuietHoursSet'; readonly data: By & { readonly quietHours: QuietHours | null } };

// What is true now -------------------------------------------------------

/** How this company reminds. */
export type Reminding = {
  readonly ladders: Readonly<
    Record<
      LadderKey,
      { readonly name: string; readonly ladder: Ladder; /** Absent: never. */ readonly changedOn?: LocalDate }
    >
  >;
  readonly kinds: readonly (CertificateKind & {
    /** No longer offered; certificates of the kind stay. */ readonly removed: boolean;
  })[];
  readonly quietHours: QuietHours | null;
};

export const initialState: Reminding = {
  ladders: readyMadeLadders,
  kinds: readyMadeKinds.map((each) => ({ ...each, removed: false })),
  quietHours: { from: 20, until: 8 },
};

export const evolve = (state: Reminding, event: RemindingEvent): Reminding => {
  switch (event.type) {
    case 'LadderChanged': {
      const { key, name, ladder, at } = event.data;
      return { ...state, ladders: { ...state.ladders, [key]: { name, ladder, changedOn: localDateOf(at) } } };
    }
    case 'LadderRemoved': {
      const { [event.data.key]: _, ...ladders } = state.ladders;
      return { ...state, ladders };
    }
    case 'CertificateKindAdded': {
      const { kind, name, ladder } = event.data;
      const others = state.kinds.filter((each) => each.kind !== kind);
      return { ...state, kinds: [...others, { kind, name, ladder, removed: false }] };
    }
    case 'CertificateKindRemoved':
      return {
        ...state,
        kinds: state.kinds.map((each) => (each.kind === event.data.kind ? { ...each, removed: true } : each)),
      };
    case 'QuietHoursSet':
      return { ...state, quietHours: event.data.quietHours };
    default:
      return assertNever(event);
  }
};

/** The ladder that a deadline names, itself or through its kind of certificate; that of other certificates where nobody knows it. */
export const ladderOf = ({ ladders, kinds }: Reminding, key: LadderKey): Ladder => {
  const named = ladders[kinds.find(({ kind }) => kind === key)?.ladder ?? key] ?? ladders['other'];
  if (!named) throw new Error(`There is no ladder ${key}`);
  const { ladder, changedOn } = named;
  return changedOn === undefined ? ladder : { ...ladder, changedOn };
};

/** Whether certificates of the kind can be registered. */
export const isKind = ({ kinds }: Reminding, key: string): boolean =>
  kinds.some(({ kind, removed }) => kind === key && !removed);

/** Whether nothing is mailed at that hour of the day, 0 to 23. */
export const isQuiet = ({ quietHours }: Pick<Reminding, 'quietHours'>, hour: number): boolean => {
  if (quietHours === null) return false;
  const { from, until } = quietHours;
  return from <= until ? from <= hour && hour < until : hour >= from || hour < until;
};
