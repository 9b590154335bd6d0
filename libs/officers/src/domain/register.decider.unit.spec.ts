import { addDays } from '@app/calendar';
import { specFor } from '@app/event-sourcing/testing';
import fc from 'fast-check';
import { holdersOn, isHeldOn, officesOf, type OfficerEvent, type OfficerRegister } from './register';
import { officerDecider, type OfficerCommand } from './register.decider';

const given = specFor(officerDecider);
const by = { id: 'admin', name: '管理 花子' };
const at = '2030-01-02T00:00:00.000Z';
const people = {
  ada: { userId: 'ada', name: '足立 愛', department: '情報管理部', title: '部長' },
  ken: { userId: 'ken', name: '剣持 健', department: '経営企画部', title: '室長' },
};
type Who = keyof typeof people;
const role = 'privacyOfficer';

const appointed = (who: Who, from: string, changes: Partial<(typeof people)['ada']> = {}): OfficerEvent => ({
  type: 'OfficerAppointed',
  data: { role, ...people[who], ...changes, from, by, at },
});
const ended = (who: Who, from: string, on: string): OfficerEvent => ({
  type: 'OfficeEnded',
  data: { role, userId: who, from, on, by, at },
});
const appoint = (who: Who, from: string, changes: object = {}): OfficerCommand => ({
  type: 'AppointOfficer',
  role,
  ...people[who],
  from,
  alongside: false,
  by,
  at,
  ...changes,
});
const end = (who: Who, on: string): OfficerCommand => ({ type: 'EndOffice', role, userId: who, on, by, at });
const after = (...events: readonly OfficerEvent[]): OfficerRegister =>
  events.reduce(officerDecider.evolve, officerDecider.initialState);

describe('an appointment', () => {
  it('takes effect on its first day', () => {
    given().when(appoint('ada', '2030-04-01')).then(appointed('ada', '2030-04-01'));
    const register = after(appointed('ada', '2030-04-01'));
    expect(holdersOn(register, role, '2030-03-31')).toEqual([]);
    expect(holdersOn(register, role, '2030-04-01').map(({ name }) => name)).toEqual(['足立 愛']);
  });

  it('ends the office of whoever held the role until the day before', () =>
    given(appointed('ada', '2029-04-01'))
      .when(appoint('ken', '2030-04-01'))
      .then(ended('ada', '2029-04-01', '2030-03-31'), appointed('ken', '2030-04-01')));

  it('leaves the others in office when it is alongside them', () => {
    given(appointed('ada', '2029-04-01'))
      .when(appoint('ken', '2030-04-01', { alongside: true }))
      .then(appointed('ken', '2030-04-01'));
    const both = after(appointed('ada', '2029-04-01'), appointed('ken', '2030-04-01'));
    expect(holdersOn(both, role, '2030-04-01').map(({ userId }) => userId)).toEqual(['ada', 'ken']);
  });

  it('leaves other roles alone, so that a person may hold several', () => {
    const first = appointed('ada', '2029-04-01');
    const second: OfficerCommand = { ...appoint('ada', '2029-06-01'), role: 'managementOfficer' };
    const { decision } = given(first).when(second);
    if (decision.outcome !== 'accepted') throw new Error('accepted');
    const register = after(first, ...decision.events);
    expect(officesOf(register, 'ada', '2029-05-31').map((office) => office.role)).toEqual([role]);
    expect(officesOf(register, 'ada', '2029-06-01').map((office) => office.role)).toEqual([role, 'managementOfficer']);
  });

  it('in the past lasts until the next one that is known', () =>
    given(appointed('ken', '2030-04-01'))
      .when(appoint('ada', '2028-04-01'))
      .then(appointed('ada', '2028-04-01'), ended('ada', '2028-04-01', '2030-03-31')));

  it('on the same day as another takes its place', () => {
    const events = [ended('ken', '2030-04-01', '2030-03-31'), appointed('ada', '2030-04-01')];
    given(appointed('ken', '2030-04-01'))
      .when(appoint('ada', '2030-04-01'))
      .then(...events);
    expect(after(appointed('ken', '2030-04-01'), ...events).offices.map(({ userId }) => userId)).toEqual(['ada']);
  });

  it('of the same person with a new title begins a new office, also alongside others', () =>
    given(appointed('ada', '2029-04-01'))
      .when(appoint('ada', '2030-04-01', { title: '本部長', alongside: true }))
      .then(ended('ada', '2029-04-01', '2030-03-31'), appointed('ada', '2030-04-01', { title: '本部長' })));

  it('is recorded once when it is repeated', () =>
    given(appointed('ada', '2030-04-01')).when(appoint('ada', '2030-04-01')).thenNothing());
});

describe('an office', () => {
  it('ends with its last day', () => {
    given(appointed('ada', '2029-04-01'))
      .when(end('ada', '2030-03-31'))
      .then(ended('ada', '2029-04-01', '2030-03-31'));
    const register = after(appointed('ada', '2029-04-01'), ended('ada', '2029-04-01', '2030-03-31'));
    expect(holdersOn(register, role, '2030-03-31')).toHaveLength(1);
    expect(holdersOn(register, role, '2030-04-01')).toEqual([]);
  });

  it('that would begin the day after is not taken up', () =>
    given(appointed('ada', '2030-04-01'))
      .when(end('ada', '2030-03-31'))
      .then(ended('ada', '2030-04-01', '2030-03-31')));

  it('is ended once', () =>
    given(appointed('ada', '2029-04-01'), ended('ada', '2029-04-01', '2030-03-31'))
      .when(end('ada', '2030-03-31'))
      .thenNothing());

  it('is not ended by a day outside it', () => {
    const on = '2031-01-01';
    const rejection = { type: 'NotInOffice', role, userId: 'ada', on } as const;
    given().when(end('ada', on)).thenRejected(rejection);
    given(appointed('ada', '2029-04-01'), ended('ada', '2029-04-01', '2030-03-31'))
      .when(end('ada', on))
      .thenRejected(rejection);
  });
});

describe('the register', () => {
  const day = fc.integer({ min: 0, max: 40 }).map((n) => addDays('2030-01-01', n));
  const who = fc.constantFrom<Who>('ada', 'ken');
  const anyCommand = fc.oneof(
    fc
      .record({ who, day, title: fc.constantFrom('部長', '室長'), alongside: fc.boolean() })
      .map((each) => appoint(each.who, each.day, { title: each.title, alongside: each.alongside })),
    fc.record({ who, day }).map((each) => end(each.who, each.day)),
  );

  it('has a person in a role at most once on a day, and the newly appointed from the first day on', () =>
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 12 }), (commands) => {
        let register = officerDecider.initialState;
        for (const command of commands) {
          const decision = officerDecider.decide(command, register);
          if (decision.outcome === 'rejected') continue;
          register = decision.events.reduce(officerDecider.evolve, register);
          if (command.type === 'AppointOfficer') {
            const holders = holdersOn(register, role, command.from);
            expect(holders).toContainEqual(expect.objectContaining({ userId: command.userId, title: command.title }));
            if (!command.alongside) expect(holders).toHaveLength(1);
          }
        }
        for (let n = -1; n <= 41; n++) {
          const held = register.offices.filter((office) => isHeldOn(office, addDays('2030-01-01', n)));
          expect(new Set(held.map(({ userId }) => userId)).size).toBe(held.length);
        }
      }),
    ));
});
