import { addDays, type LocalDate } from '@app/calendar';
import { accept, assertNever, reject, type Decider, type Decision } from '@app/event-sourcing';
import type { OfficerRole } from './officer-role';
import {
  evolve,
  initialState,
  isHeldOn,
  type Deputation,
  type Office,
  type OfficerEvent,
  type OfficerRegister,
  type Person,
  type UserId,
} from './register';

export type OfficerCommand = { readonly by: Person; readonly at: string } & (
  | {
      readonly type: 'AppointOfficer';
      readonly role: OfficerRole;
      readonly userId: UserId;
      readonly name: string;
      readonly department: string;
      readonly title: string;
      readonly from: LocalDate;
      /** Others keep the role. */
      readonly alongside: boolean;
    }
  | {
      readonly type: 'EndOffice';
      readonly role: OfficerRole;
      readonly userId: UserId;
      /** The last day in office. */
      readonly on: LocalDate;
    }
  | ({ readonly type: 'GrantDeputation' } & Deputation & DeputationCircumstances)
  | ({
      readonly type: 'EndDeputation';
      readonly deputationId: string;
      /** Its last day. */
      readonly on: LocalDate;
    } & DeputationCircumstances)
);

type DeputationCircumstances = {
  /** An administrator acts for everybody, all others for themselves. */
  readonly asAdministrator: boolean;
  /** The date of `at` where the company is. */
  readonly today: LocalDate;
};

export type OfficerRejection =
  | {
      readonly type: 'NotInOffice';
      readonly role: OfficerRole;
      readonly userId: UserId;
      readonly on: LocalDate;
    }
  | { readonly type: 'NotThePrincipal'; readonly principal: Person }
  | { readonly type: 'DeputyIsPrincipal' }
  | { readonly type: 'DeputyIsGranter' }
  | { readonly type: 'EndsBeforeItBegins' }
  | { readonly type: 'BeginsInThePast'; readonly today: LocalDate }
  | { readonly type: 'ScopeIsEmpty' }
  /** `roles`: those that the principal holds on no day of the period; empty where they hold none at all. */
  | { readonly type: 'PrincipalHoldsNoOffice'; readonly roles: readonly OfficerRole[] }
  | {
      readonly type: 'DeputationOverlaps';
      readonly deputationId: string;
      readonly from: LocalDate;
      readonly until: LocalDate;
    }
  | { readonly type: 'UnknownDeputation' }
  | { readonly type: 'DeputationIsOver'; readonly until: LocalDate }
  /** It can end on these days, both included. */
  | { readonly type: 'CannotEndOn'; readonly earliest: LocalDate; readonly latest: LocalDate };

type Outcome = Decision<OfficerEvent, OfficerRejection>;
type Command<T extends OfficerCommand['type']> = Extract<OfficerCommand, { type: T }>;

export const decide = (command: OfficerCommand, state: OfficerRegister): Outcome => {
  switch (command.type) {
    case 'AppointOfficer':
      return appoint(command, state);
    case 'EndOffice':
      return endOffice(command, state);
    case 'GrantDeputation':
      return grantDeputation(command, state);
    case 'EndDeputation':
      return endDeputation(command, state);
    default:
      return assertNever(command);
  }
};

/**
 * The past and the future may be entered in any order, because an appointment fits itself in: whoever holds the role on
 * its first day leaves the day before, and it lasts until the day before the next appointment that is already known.
 * With `alongside` this is so only among the person's own offices in the role.
 */
const appoint = (
  { role, userId, name, department, title, from, alongside, by, at }: Command<'AppointOfficer'>,
  { offices }: OfficerRegister,
): Outcome => {
  const rivals = offices.filter((office) => office.role === role && (!alongside || office.userId === userId));
  const standing = rivals.filter((office) => isHeldOn(office, from));
  const ended = (office: Pick<Office, 'role' | 'userId' | 'from'>, on: LocalDate): OfficerEvent => ({
    type: 'OfficeEnded',
    data: { role: office.role, userId: office.userId, from: office.from, on, by, at },
  });
  const already = standing.find((office) => office.userId === userId && office.from === from);
  const unchanged = already && already.name === name && already.department === department && already.title === title;
  const leaving = standing
    .filter((office) => !(unchanged && office === already))
    .map((office) => ended(office, addDays(from, -1)));
  if (unchanged) return accept(...leaving);

  const [next] = rivals
    .map((office) => office.from)
    .filter((date) => date > from)
    .sort();
  return accept<OfficerEvent>(
    ...leaving,
    { type: 'OfficerAppointed', data: { role, userId, name, department, title, from, by, at } },
    ...(next === undefined ? [] : [ended({ role, userId, from }, addDays(next, -1))]),
  );
};

const endOffice = ({ role, userId, on, by, at }: Command<'EndOffice'>, { offices }: OfficerRegister): Outcome => {
  // An office that would begin the day after `on` is meant as well: it will not be taken up.
  const office = offices
    .filter((each) => each.role === role && each.userId === userId)
    .filter(({ from, until }) => from <= addDays(on, 1) && (until === null || until >= on))
    .reduce<Office | null>((latest, each) => (latest === null || each.from > latest.from ? each : latest), null);
  if (office === null) return reject({ type: 'NotInOffice', role, userId, on });
  if (office.until === on) return accept();
  return accept({ type: 'OfficeEnded', data: { role, userId, from: office.from, on, by, at } });
};

const grantDeputation = (command: Command<'GrantDeputation'>, { offices, deputations }: OfficerRegister): Outcome => {
  const { deputationId, principal, deputy, roles, disclosureIds, from, until, reason, by, at } = command;
  const { asAdministrator, today } = command;
  if (deputations.some((other) => other.deputationId === deputationId)) return accept();
  if (!asAdministrator && principal.id !== by.id) return reject({ type: 'NotThePrincipal', principal });
  if (deputy.id === principal.id) return reject({ type: 'DeputyIsPrincipal' });
  // Otherwise an administrator could sign for any officer.
  if (deputy.id === by.id) return reject({ type: 'DeputyIsGranter' });
  if (until < from) return reject({ type: 'EndsBeforeItBegins' });
  // Nobody makes somebody a deputy for what has been signed already.
  if (from < today) return reject({ type: 'BeginsInThePast', today });
  if (roles.length === 0 || disclosureIds.length === 0) return reject({ type: 'ScopeIsEmpty' });

  const held = offices
    .filter((office) => office.userId === principal.id && office.from <= until && (office.until ?? until) >= from)
    .map(({ role }) => role);
  const lacking = roles === 'all' ? [] : roles.filter((role) => !held.includes(role));
  if (held.length === 0 || lacking.length > 0) return reject({ type: 'PrincipalHoldsNoOffice', roles: lacking });

  const rival = deputations.find(
    (other) =>
      other.principal.id === principal.id &&
      other.deputy.id === deputy.id &&
      other.from <= other.until &&
      other.from <= until &&
      from <= other.until &&
      meets(other.roles, roles) &&
      meets(other.disclosureIds, disclosureIds),
  );
  if (rival) {
    const { deputationId: rivalId, from: rivalFrom, until: rivalUntil } = rival;
    return reject({ type: 'DeputationOverlaps', deputationId: rivalId, from: rivalFrom, until: rivalUntil });
  }
  return accept({
    type: 'DeputationGranted',
    data: { deputationId, principal, deputy, roles, disclosureIds, from, until, reason, by, at },
  });
};

const meets = (one: readonly string[] | 'all', other: readonly string[] | 'all'): boolean =>
  one === 'all' || other === 'all' || one.some((each) => other.includes(each));

/** It ends on a day that is still to come, or yesterday: then it is over at once. */
const endDeputation = (command: Command<'EndDeputation'>, { deputations }: OfficerRegister): Outcome => {
  const { deputationId, on, asAdministrator, today, by, at } = command;
  const deputation = deputations.find((each) => each.deputationId === deputationId);
  if (!deputation) return reject({ type: 'UnknownDeputation' });
  const { principal, from, until } = deputation;
  if (!asAdministrator && principal.id !== by.id) return reject({ type: 'NotThePrincipal', principal });
  if (on === until) return accept();
  if (until < today) return reject({ type: 'DeputationIsOver', until });
  const earliest = addDays(from > today ? from : today, -1);
  if (on < earliest || on > until) return reject({ type: 'CannotEndOn', earliest, latest: until });
  return accept({ type: 'DeputationEnded', data: { deputationId, on, by, at } });
};

export const officerDecider: Decider<OfficerCommand, OfficerRegister, OfficerEvent, OfficerRejection> = {
  initialState,
  evolve,
  decide,
};
