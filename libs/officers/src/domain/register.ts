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
    }
  | { readonly type: 'DeputationGranted'; readonly data: By & Deputation }
  | {
      readonly type: 'DeputationEnded';
      readonly data: By & {
        readonly deputationId: string;
        /** The last day of it. The day before its first one: it was taken back before that day was over. */
        readonly on: LocalDate;
      };
    };

/** 代理: from a day to a day, the deputy may sign for the offices that the principal holds then. */
export type Deputation = {
  readonly deputationId: string;
  readonly principal: Person;
  readonly deputy: Person;
  /** The principal's offices that it extends to. */
  readonly roles: readonly OfficerRole[] | 'all';
  /** The disclosures that it extends to. */
  readonly disclosureIds: readonly string[] | 'all';
  readonly from: LocalDate;
  /** The last day. */
  readonly until: LocalDate;
  readonly reason: string;
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

export type OfficerRegister = {
  /** Every office that was, is or will be held, in the order of appointment. A person is in a role at most once on a day. */
  readonly offices: readonly Office[];
  /** Every deputation that was ever granted, in that order; one that ends before it begins was taken back. */
  readonly deputations: readonly Deputation[];
};

export const initialState: OfficerRegister = { offices: [], deputations: [] };

export const evolve = (state: OfficerRegister, event: OfficerEvent): OfficerRegister => {
  switch (event.type) {
    case 'OfficerAppointed': {
      const { role, userId, name, department, title, from } = event.data;
      return { ...state, offices: [...state.offices, { role, userId, name, department, title, from, until: null }] };
    }
    case 'OfficeEnded': {
      const { role, userId, from, on } = event.data;
      const ended = (office: Office) => office.role === role && office.userId === userId && office.from === from;
      return {
        ...state,
        offices: state.offices
          .map((office) => (ended(office) ? { ...office, until: on } : office))
          .filter(({ from: first, until }) => until === null || until >= first),
      };
    }
    case 'DeputationGranted': {
      const { deputationId, principal, deputy, roles, disclosureIds, from, until, reason } = event.data;
      const granted = { deputationId, principal, deputy, roles, disclosureIds, from, until, reason };
      return { ...state, deputations: [...state.deputations, granted] };
    }
    case 'DeputationEnded': {
      const { deputationId, on } = event.data;
      return {
        ...state,
        deputations: state.deputations.map((each) =>
          each.deputationId === deputationId ? { ...each, until: on } : each,
        ),
      };
    }
    default:
      return assertNever(event);
  }
};

// Questions about the state ----------------------------------------------

/** Whether the office is held, or the deputation in force, on that day; the last day counts. */
export const isHeldOn = ({ from, until }: Pick<Office, 'from' | 'until'>, date: LocalDate): boolean =>
  from <= date && (until === null || date <= until);

/** Who holds the role on that day, in the order of appointment; more than one where somebody was appointed alongside. */
export const holdersOn = ({ offices }: OfficerRegister, role: OfficerRole, date: LocalDate): readonly Office[] =>
  offices.filter((office) => office.role === role && isHeldOn(office, date));

/** The offices that a person holds on that day. */
export const officesOf = ({ offices }: OfficerRegister, userId: UserId, date: LocalDate): readonly Office[] =>
  offices.filter((office) => office.userId === userId && isHeldOn(office, date));

/**
 * What has to be known to decide who signs a revision of a disclosure on a day: the offices that are held, and the
 * deputations in force that extend to the disclosure. A deputy acts for an office that the principal holds on that day,
 * and where `roles` names it; for no other right of the principal, and for nobody whose deputy the principal is.
 */
export const organisationOn = (
  { offices, deputations }: OfficerRegister,
  disclosureId: string,
  date: LocalDate,
): {
  readonly offices: readonly Office[];
  readonly deputations: readonly (Pick<
    Deputation,
    'principal' | 'deputy' | 'roles' | 'disclosureIds' | 'from' | 'until'
  > & {
    readonly id: string;
  })[];
} => ({
  offices: offices.filter((office) => isHeldOn(office, date)),
  deputations: deputations
    .filter((each) => isHeldOn(each, date))
    .filter((each) => each.disclosureIds === 'all' || each.disclosureIds.includes(disclosureId))
    .map(({ deputationId: id, principal, deputy, roles, disclosureIds, from, until }) => ({
      id,
      principal,
      deputy,
      roles,
      disclosureIds,
      from,
      until,
    })),
});
