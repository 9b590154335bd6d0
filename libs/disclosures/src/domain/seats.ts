import type { OfficerRole } from '@app/officers/domain/officer-role';
import type { RouteStep, Signatories } from '@app/routes/domain/route';
import { escalatesOn } from './due';
import type { Capacity, DeputationScope, Instant, LocalDate, OfficerAsOfThen, OnBehalfOf, Person } from './signature';

/**
 * Who holds which office, and who acts for whom, at the moment of a command: looked up from the register of officers.
 * Holds what is in force on that day, and of the deputations those that extend to the disclosure in question.
 */
export type Organisation = {
  readonly offices: readonly Office[];
  readonly deputations: readonly Deputation[];
};
export type Office = {
  readonly userId: string;
  readonly role: OfficerRole;
  readonly name: string;
  readonly department: string;
  readonly title: string;
};
export type Deputation = {
  readonly id: string;
  readonly principal: Person;
  readonly deputy: Person;
  readonly from: LocalDate;
  readonly until: LocalDate;
} & DeputationScope;

/** 担当者の変更: somebody stands in for somebody in one step of one revision. */
export type Reassignment = {
  readonly step: number;
  readonly from: Person;
  readonly to: Person;
  readonly reason: string;
  readonly by: Person;
  readonly at: Instant;
};

/** A place in a step: somebody who may sign it, but for the segregation of duties. */
export type Seat = {
  readonly person: Person;
  readonly officer: OfficerAsOfThen;
  readonly capacity: Capacity;
  /** The offices that the place is taken by, each of which a deputy can act for; empty: nobody can. */
  readonly offices: readonly OfficerAsOfThen[];
};

/** Somebody at a seat: its own person, or a deputy of theirs. */
export type Acting = {
  readonly seat: Seat;
  readonly signer: Person;
  readonly officer: OfficerAsOfThen;
  readonly onBehalfOf: OnBehalfOf | null;
};

/** What a step is asked with: where it stands in the route, since when it is asked for, who was put in whose place. */
export type AskedStep = {
  readonly step: RouteStep;
  readonly index: number;
  /** null: not yet. */
  readonly askedAt: Instant | null;
  readonly reassignments: readonly Reassignment[];
};

/**
 * Who may sign a step on a day, each once. Whoever was put in somebody's place has it for as long as the other would be
 * asked: when that one has left the office and somebody else holds it, the place went to the new holder. While nobody
 * holds it, it stays where it was put.
 */
export const seatsOf = (
  { step, index, askedAt, reassignments }: AskedStep,
  organisation: Organisation,
  today: LocalDate,
): readonly Seat[] => {
  const asked = onePerPerson(step.signatories.flatMap((each) => seatsFor(each, organisation)));
  const here = reassignments.filter((each) => each.step === index);
  const reassigned = here.reduce<readonly Seat[]>(
    (seats, { from, to }) =>
      asked.length > 0 && !seats.some(({ person }) => person.id === from.id)
        ? seats
        : [
            ...seats.filter(({ person }) => person.id !== from.id),
            { person: to, officer: officerAsOf(organisation, to), capacity: 'reassigned', offices: [] },
          ],
    asked,
  );
  const from = askedAt === null ? null : escalatesOn(step, askedAt);
  const escalated =
    from !== null && from <= today && step.escalation !== null
      ? seatsFor(step.escalation.to, organisation).map((seat): Seat => ({ ...seat, capacity: 'escalated' }))
      : [];
  const others = escalated.filter((seat) => !reassigned.some(({ person }) => person.id === seat.person.id));
  return [...reassigned, ...onePerPerson(others)];
};

const seatsFor = (signatories: Signatories, organisation: Organisation): readonly Seat[] =>
  signatories.kind === 'role'
    ? organisation.offices
        .filter(({ role }) => role === signatories.role)
        .map((office): Seat => ({
          person: { id: office.userId, name: office.name },
          officer: asOfThen(office),
          capacity: 'officer',
          offices: [asOfThen(office)],
        }))
    : signatories.people.map((person): Seat => ({
        person,
        officer: officerAsOf(organisation, person),
        capacity: 'named',
        offices: [],
      }));

/** Whoever is asked twice has one place, as which they were asked first; it is taken by all the offices that were asked. */
const onePerPerson = (seats: readonly Seat[]): readonly Seat[] =>
  seats
    .filter(({ person }, index) => seats.findIndex((other) => other.person.id === person.id) === index)
    .map((seat) => ({
      ...seat,
      offices: seats.filter(({ person }) => person.id === seat.person.id).flatMap(({ offices }) => offices),
    }));

/**
 * The seats that somebody can act at. Whoever has a seat of their own signs in their own right; a deputy acts for the
 * offices of those who made them one, and for no deputy of others.
 */
export const actingsOf = (id: string, seats: readonly Seat[], organisation: Organisation): readonly Acting[] => {
  const own = seats.find(({ person }) => person.id === id);
  if (own) return [{ seat: own, signer: own.person, officer: own.officer, onBehalfOf: null }];
  return seats.flatMap((seat) => {
    const granted = organisation.deputations.filter(
      ({ principal, deputy }) => deputy.id === id && principal.id === seat.person.id,
    );
    const [acting] = seat.offices.flatMap((officer) =>
      granted
        .filter(({ roles }) => roles === 'all' || (officer.role !== null && roles.includes(officer.role)))
        .map(({ id: deputationId, from, until, roles, disclosureIds, deputy }) => ({
          seat,
          signer: deputy,
          officer: officerAsOf(organisation, deputy),
          onBehalfOf: {
            person: seat.person,
            officer,
            deputation: { id: deputationId, from, until, scope: { roles, disclosureIds } },
          },
        })),
    );
    return acting ? [acting] : [];
  });
};

/** Everybody at a step: the seats' own people, and the deputies of each. */
export const everyActingOf = (seats: readonly Seat[], organisation: Organisation): readonly Acting[] =>
  seats.flatMap((seat) => [
    ...actingsOf(seat.person.id, seats, organisation),
    ...organisation.deputations
      .filter(({ principal, deputy }) => principal.id === seat.person.id && deputy.id !== seat.person.id)
      .flatMap(({ deputy }) => actingsOf(deputy.id, seats, organisation).filter((acting) => acting.seat === seat)),
  ]);

/** The first office that somebody holds, or their name alone. */
export const officerAsOf = ({ offices }: Organisation, { id, name }: Person): OfficerAsOfThen => {
  const office = offices.find(({ userId }) => userId === id);
  return office ? asOfThen(office) : { role: null, name, department: '', title: '' };
};

const asOfThen = ({ role, name, department, title }: Office): OfficerAsOfThen => ({ role, name, department, title });
