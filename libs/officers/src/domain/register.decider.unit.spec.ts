import { addDays } from '@app/calendar';
import { specFor } from '@app/event-sourcing/testing';
import fc from 'fast-check';
import {
  holdersOn,
  isHeldOn,
  officesOf,
  organisationOn,
  type Deputation,
  type OfficerEvent,
  type OfficerRegister,
} from './register';
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
type Appointment = Extract<OfficerCommand, { type: 'AppointOfficer' }>;
const appoint = (who: Who, from: string, changes: Partial<Appointment> = {}): Appointment => ({
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
const day = fc.integer({ min: 0, max: 40 }).map((n) => addDays('2030-01-01', n));
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

describe('a deputation', () => {
  const ada = { id: 'ada', name: '足立 愛' };
  const ken = { id: 'ken', name: '剣持 健' };
  const inOffice = appointed('ada', '2029-04-01');
  const deputation: Deputation = {
    deputationId: 'dep1',
    principal: ada,
    deputy: ken,
    roles: 'all',
    disclosureIds: 'all',
    from: '2030-02-01',
    until: '2030-02-28',
    reason: '出張',
  };
  const today = '2030-01-02';
  const grant = (changes: Partial<Deputation & { by: typeof ada; asAdministrator: boolean }> = {}): OfficerCommand => ({
    type: 'GrantDeputation',
    ...deputation,
    asAdministrator: true,
    today,
    by,
    at,
    ...changes,
  });
  const granted = (changes: Partial<Deputation & { by: typeof ada }> = {}): OfficerEvent => ({
    type: 'DeputationGranted',
    data: { ...deputation, by, at, ...changes },
  });
  const finish = (on: string, changes: object = {}): OfficerCommand => ({
    type: 'EndDeputation',
    deputationId: 'dep1',
    on,
    asAdministrator: true,
    today,
    by,
    at,
    ...changes,
  });
  const finished = (on: string): OfficerEvent => ({
    type: 'DeputationEnded',
    data: { deputationId: 'dep1', on, by, at },
  });
  const inForceOn = (date: string, disclosureId: string, ...events: readonly OfficerEvent[]) =>
    organisationOn(after(...events), disclosureId, date).deputations.map(({ id }) => id);

  it('is granted by an administrator, or by the principal for themselves', () => {
    given(inOffice).when(grant()).then(granted());
    given(inOffice)
      .when(grant({ asAdministrator: false, by: ada }))
      .then(granted({ by: ada }));
    for (const other of [ken, { id: 'eve', name: '他 者' }]) {
      given(inOffice)
        .when(grant({ asAdministrator: false, by: other }))
        .thenRejected({ type: 'NotThePrincipal', principal: ada });
    }
  });

  it('is granted once, however often that is asked', () => given(inOffice, granted()).when(grant()).thenNothing());

  it('is in force from its first to its last day, for the disclosures that it extends to', () => {
    const days = ['2030-01-31', '2030-02-01', '2030-02-28', '2030-03-01'];
    expect(days.map((day) => inForceOn(day, 'd1', inOffice, granted()))).toEqual([[], ['dep1'], ['dep1'], []]);
    const ofOne = granted({ disclosureIds: ['d1'] });
    expect(inForceOn('2030-02-01', 'd1', inOffice, ofOne)).toEqual(['dep1']);
    expect(inForceOn('2030-02-01', 'd2', inOffice, ofOne)).toEqual([]);
  });

  it('is of two people', () =>
    given(inOffice)
      .when(grant({ deputy: ada }))
      .thenRejected({ type: 'DeputyIsPrincipal' }));

  it('is never granted by the one who would be the deputy', () =>
    given(inOffice)
      .when(grant({ by: ken }))
      .thenRejected({ type: 'DeputyIsGranter' }));

  it('has a period that is to come, and a scope', () => {
    given(inOffice)
      .when(grant({ until: '2030-01-31' }))
      .thenRejected({ type: 'EndsBeforeItBegins' });
    given(inOffice)
      .when(grant({ from: '2030-01-01' }))
      .thenRejected({ type: 'BeginsInThePast', today });
    expect(given(inOffice).when(grant({ from: today, until: today })).decision.outcome).toBe('accepted');
    for (const scope of [{ roles: [] }, { disclosureIds: [] }]) {
      given(inOffice).when(grant(scope)).thenRejected({ type: 'ScopeIsEmpty' });
    }
  });

  it('gives no office that the principal does not hold in its time', () => {
    given().when(grant()).thenRejected({ type: 'PrincipalHoldsNoOffice', roles: [] });
    given(inOffice)
      .when(grant({ roles: [role, 'systemAdministrator'] }))
      .thenRejected({ type: 'PrincipalHoldsNoOffice', roles: ['systemAdministrator'] });
    given(inOffice, ended('ada', '2029-04-01', '2030-01-31'))
      .when(grant())
      .thenRejected({ type: 'PrincipalHoldsNoOffice', roles: [] });
    // One day of the period is enough: the office is asked for again when something is signed.
    const lastDay = given(inOffice, ended('ada', '2029-04-01', '2030-02-01')).when(grant());
    expect(lastDay.decision.outcome).toBe('accepted');
  });

  it('does not overlap another of the same two people', () => {
    const another = { deputationId: 'dep2', from: '2030-02-28', until: '2030-03-31' };
    given(inOffice, granted())
      .when(grant(another))
      .thenRejected({ type: 'DeputationOverlaps', deputationId: 'dep1', from: '2030-02-01', until: '2030-02-28' });
    for (const apart of [
      { ...another, from: '2030-03-01' },
      { ...another, deputy: { id: 'leo', name: '礼央' } },
    ]) {
      expect(given(inOffice, granted()).when(grant(apart)).decision.outcome).toBe('accepted');
    }
    const ofOne = granted({ disclosureIds: ['d1'] });
    expect(given(inOffice, ofOne).when(grant({ ...another, disclosureIds: ['d2'] })).decision.outcome).toBe('accepted');
    // One that was taken back stands in nobody's way.
    expect(given(inOffice, granted(), finished('2030-01-31')).when(grant(another)).decision.outcome).toBe('accepted');
  });

  it('ends early, once, by the principal or an administrator', () => {
    given(inOffice, granted()).when(finish('2030-02-10')).then(finished('2030-02-10'));
    given(inOffice, granted(), finished('2030-02-10')).when(finish('2030-02-10')).thenNothing();
    expect(inForceOn('2030-02-10', 'd1', inOffice, granted(), finished('2030-02-10'))).toEqual(['dep1']);
    expect(inForceOn('2030-02-11', 'd1', inOffice, granted(), finished('2030-02-10'))).toEqual([]);
    given(inOffice, granted())
      .when(finish('2030-02-10', { asAdministrator: false, by: ken }))
      .thenRejected({ type: 'NotThePrincipal', principal: ada });
    expect(
      given(inOffice, granted()).when(finish('2030-02-10', { asAdministrator: false, by: ada })).decision.outcome,
    ).toBe('accepted');
  });

  it('that is taken back before its first day never comes into force', () => {
    given(inOffice, granted()).when(finish('2030-01-31')).then(finished('2030-01-31'));
    expect(inForceOn('2030-02-01', 'd1', inOffice, granted(), finished('2030-01-31'))).toEqual([]);
  });

  it('does not end in the past, nor later than it would, nor twice', () => {
    given(inOffice, granted())
      .when(finish('2030-02-08', { today: '2030-02-10' }))
      .thenRejected({ type: 'CannotEndOn', earliest: '2030-02-09', latest: '2030-02-28' });
    given(inOffice, granted())
      .when(finish('2030-03-01'))
      .thenRejected({ type: 'CannotEndOn', earliest: '2030-01-31', latest: '2030-02-28' });
    given(inOffice, granted())
      .when(finish('2030-03-02', { today: '2030-03-02' }))
      .thenRejected({ type: 'DeputationIsOver', until: '2030-02-28' });
    given(inOffice).when(finish('2030-02-10')).thenRejected({ type: 'UnknownDeputation' });
  });

  it('never is in force for a person and their deputy twice over', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            at: day,
            length: fc.integer({ min: 0, max: 9 }),
            roles: fc.constantFrom<Deputation['roles']>('all', [role]),
            disclosureIds: fc.constantFrom<Deputation['disclosureIds']>('all', ['d1'], ['d1', 'd2']),
            endOn: fc.option(day),
          }),
          { maxLength: 8 },
        ),
        (asked) => {
          let register = after(inOffice);
          asked.forEach(({ at: from, length, roles, disclosureIds, endOn }, index) => {
            const deputationId = `dep${index}`;
            const period = { from, until: addDays(from, length) };
            const commands = [grant({ deputationId, roles, disclosureIds, ...period })].concat(
              endOn === null ? [] : [finish(endOn, { deputationId })],
            );
            for (const command of commands) {
              const decision = officerDecider.decide(command, register);
              if (decision.outcome === 'accepted') register = decision.events.reduce(officerDecider.evolve, register);
            }
          });
          for (let n = 0; n <= 60; n++) {
            expect(organisationOn(register, 'd1', addDays('2030-01-01', n)).deputations.length).toBeLessThanOrEqual(1);
          }
        },
      ),
    ));
});
