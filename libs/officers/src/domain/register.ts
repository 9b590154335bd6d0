import type { LocalDate } from '@app/calendar';
import { assertNever } from '@app/event-sourcing';
import type { OfficerRole } from './officer-role';

export type UserId = string;
/** Who did it, named as then. */
export type Person = { readonly id: UserId; readonly name: string };
type By = { readonly by: Person; /** UTC, ISO 8601. */ readonly at: string };

// What can have happened -------------------------------------------------

export type OfficerEvent =
  | {
      readonly type: 'OfficerAppointed';
      readonly data: By & {
        readonly role: OfficerRole;
        readonly userId: UserId;
        readonly name: string;
        readonly department: string;
        readonly title: string;
        /** The first day in office. */
        readonly from: LocalDate;
      };
    }
  | {
      readonly type: 'OfficeEnded';
      readonly data: By & {
        readonly role: OfficerRole;
        readonly userId: UserId;
        /** Names the office: its first day. */
        readonly from: LocalDate;
        /** The last day in office. The day before `from`: the office was never taken up. */
        readonly on: LocalDate;
      };
    };

// What is true now -------------------------------------------------------

/** One person in one role from a day to a day, with the name, department and title that their signatures show. */
export type Office = {
  readonly role: OfficerRole;
  readonly userId: UserId;
  readonly name: string;
  readonly department: string;
  readonly title: string;
  readonly from: LocalDate;
  /** The last day in office; null while no end is known. */
  readonly until: LocalDate | null;
};

/** Every office that was, is or will be held, in the order of appointment. A person is in a role at most once on a day. */
export type OfficerRegister = { readonly offices: readonly Office[] };

export const initialState: OfficerRegister = { offices: [] };

export const evolve = (state: OfficerRegister, event: OfficerEvent): OfficerRegister => {
  switch (event.type) {
    case 'OfficerAppointed': {
      const { role, userId, name, department, title, from } = event.data;
      return { offices: [...state.offices, { role, userId, name, department, title, from, until: null }] };
    }
    case 'OfficeEnded': {
      const { role, userId, from, on } = event.data;
      const ended = (office: Office) => office.role === role && office.userId === userId && office.from === from;
      return {
        offices: state.offices
          .map((office) => (ended(office) ? { ...office, until: on } : office))
          .filter(({ from: first, until }) => until === null || until >= first),
      };
    }
    default:
      return assertNever(event);
  }
};

// Questions about the state ----------------------------------------------

/** Whether the office is held on that day; its last day counts. */
export const isHeldOn = ({ from, until }: Office, date: LocalDate): boolean =>
  from <= date && (until === null || date <= until);

/** Who holds the role on that day, in the order of appointment; more than one where somebody was appointed alongside. */
export const holdersOn = ({ offices }: OfficerRegister, role: OfficerRole, date: LocalDate): readonly Office[] =>
  offices.filter((office) => office.role === role && isHeldOn(office, date));

/** The offices that a person holds on that day. */
export const officesOf = ({ offices }: OfficerRegister, userId: UserId, date: LocalDate): readonly Office[] =>
  offices.filter((office) => office.userId === userId && isHeldOn(office, date));
