import { addDays, type LocalDate } from '@app/calendar';
import { accept, assertNever, reject, type Decider, type Decision } from '@app/event-sourcing';
import type { OfficerRole } from './officer-role';
import {
  evolve,
  initialState,
  isHeldOn,
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
);

export type OfficerRejection = {
  readonly type: 'NotInOffice';
  readonly role: OfficerRole;
  readonly userId: UserId;
  readonly on: LocalDate;
};

type Outcome = Decision<OfficerEvent, OfficerRejection>;
type Command<T extends OfficerCommand['type']> = Extract<OfficerCommand, { type: T }>;

export const decide = (command: OfficerCommand, state: OfficerRegister): Outcome => {
  switch (command.type) {
    case 'AppointOfficer':
      return appoint(command, state);
    case 'EndOffice':
      return endOffice(command, state);
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

export const officerDecider: Decider<OfficerCommand, OfficerRegister, OfficerEvent, OfficerRejection> = {
  initialState,
  evolve,
  decide,
};
