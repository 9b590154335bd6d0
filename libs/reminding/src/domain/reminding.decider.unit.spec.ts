import { specFor } from '@app/event-sourcing/testing';
import type { Ladder } from './ladder';
import { readyMadeLadders } from './ready-made';
import { initialState, isKind, isQuiet, ladderOf, evolve, type RemindingEvent } from './reminding';
import { remindingDecider, type RemindingCommand } from './reminding.decider';

const given = specFor(remindingDecider);
const who = { by: { id: 'u1', name: '管理 亜' }, at: '2030-01-02T00:00:00.000Z' };
const ladder: Ladder = { before: [{ days: 7 }], overdueEveryDays: 1, businessDays: 'next', to: [{ role: 'drafter' }] };
const change: RemindingCommand = { type: 'ChangeLadder', key: 'isms', name: 'ISMS', ladder, ...who };
const changed: RemindingEvent = { type: 'LadderChanged', data: { key: 'isms', name: 'ISMS', ladder, ...who } };
const kind = { kind: 'soc2', name: 'SOC 2', ladder: 'other' };
const add: RemindingCommand = { type: 'AddCertificateKind', ...kind, ...who };
const added: RemindingEvent = { type: 'CertificateKindAdded', data: { ...kind, ...who } };
const removed: RemindingEvent = { type: 'CertificateKindRemoved', data: { kind: 'soc2', ...who } };

describe('a ladder', () => {
  it('is changed, once', () => {
    given().when(change).then(changed);
    given(changed).when(change).thenNothing();
  });
  it('is not changed to what it is', () => {
    const { name, ladder: ready } = readyMadeLadders['isms'] as { name: string; ladder: Ladder };
    given()
      .when({ ...change, name, ladder: ready })
      .thenNothing();
  });
  it('has a name of its own', () => {
    const taken = readyMadeLadders['ismap']?.name as string;
    for (const key of ['isms', 'own'])
      given()
        .when({ ...change, key, name: taken })
        .thenRejected({ type: 'LadderNameTaken', name: taken });
  });
  it('of the company’s own is removed when nothing uses it, and its name is free again', () => {
    const own = { key: 'own', name: '社内の段階' };
    const made: RemindingEvent = { type: 'LadderChanged', data: { ...own, ladder, ...who } };
    const gone: RemindingEvent = { type: 'LadderRemoved', data: { key: 'own', ...who } };
    const remove: RemindingCommand = { type: 'RemoveLadder', key: 'own', ...who };
    const used: RemindingEvent = { type: 'CertificateKindAdded', data: { ...kind, ladder: 'own', ...who } };
    given(made).when(remove).then(gone);
    given(made, gone).when(remove).thenRejected({ type: 'UnknownLadder', key: 'own' });
    given(made, gone)
      .when({ ...change, ...own, key: 'another' })
      .then({ type: 'LadderChanged', data: { ...own, key: 'another', ladder, ...who } });
    for (const events of [[used], [used, removed]])
      given(made, ...events)
        .when(remove)
        .thenRejected({ type: 'LadderInUse', kinds: ['SOC 2'] });
    given(changed)
      .when({ ...remove, key: 'isms' })
      .thenRejected({ type: 'LadderIsReadyMade', key: 'isms' });
  });
  it('reminds somebody at every step', () => {
    for (const step of [
      { days: 1, to: [] },
      { days: 1, escalate: { afterBusinessDays: 1, to: [] } },
    ])
      given()
        .when({ ...change, ladder: { ...ladder, before: [step] } })
        .thenRejected({ type: 'NobodyOnLadder' });
    given()
      .when({ ...change, ladder: { ...ladder, to: [] } })
      .thenRejected({ type: 'NobodyOnLadder' });
  });
  it('has every step once', () =>
    given()
      .when({ ...change, ladder: { ...ladder, before: [{ days: 7 }, { days: 7 }] } })
      .thenRejected({ type: 'NoticeTwice', notice: '7日前' }));
});

describe('a kind of certificate', () => {
  it('is added with its ladder, once, and brought back', () => {
    given().when(add).then(added);
    given(added).when(add).thenNothing();
    given(added, removed).when(add).then(added);
  });
  it('has a ladder that there is, and a name of its own', () => {
    given()
      .when({ ...add, ladder: 'none' })
      .thenRejected({ type: 'UnknownLadder', key: 'none' });
    given()
      .when({ ...add, name: 'ISMAP' })
      .thenRejected({ type: 'KindNameTaken', name: 'ISMAP' });
  });
  it('is removed, unless it is built in', () => {
    given(added)
      .when({ type: 'RemoveCertificateKind', kind: 'soc2', ...who })
      .then(removed);
    given()
      .when({ type: 'RemoveCertificateKind', kind: 'isms', ...who })
      .thenRejected({ type: 'KindIsReadyMade', kind: 'isms' });
    given()
      .when({ type: 'RemoveCertificateKind', kind: 'soc2', ...who })
      .thenRejected({ type: 'UnknownKind', kind: 'soc2' });
  });
  it('leads to its ladder, also after it was removed', () => {
    const state = [added, changed, removed].reduce(evolve, initialState);
    expect(isKind(state, 'soc2')).toBe(false);
    expect(ladderOf(state, 'soc2')).toEqual(readyMadeLadders['other']?.ladder);
    expect(ladderOf(state, 'isms')).toEqual({ ...ladder, changedOn: '2030-01-02' });
    expect(ladderOf(state, 'surveillance')).toEqual(readyMadeLadders['surveillance']?.ladder);
    expect(ladderOf(state, 'never heard of')).toEqual(readyMadeLadders['other']?.ladder);
  });
});

describe('quiet hours', () => {
  const set = (quietHours: { from: number; until: number } | null): RemindingCommand => ({
    type: 'SetQuietHours',
    quietHours,
    ...who,
  });
  it('are set, and taken away', () => {
    given()
      .when(set(null))
      .then({ type: 'QuietHoursSet', data: { quietHours: null, ...who } });
    given()
      .when(set({ from: 20, until: 8 }))
      .thenNothing();
    given()
      .when(set({ from: 8, until: 8 }))
      .thenRejected({ type: 'NeverAnHour' });
  });
  it.each([
    [{ from: 20, until: 8 }, [0, 1, 2, 3, 4, 5, 6, 7, 20, 21, 22, 23]],
    [{ from: 12, until: 13 }, [12]],
    [null, []],
  ])('%p are the hours %p', (quietHours, hours) =>
    expect(Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => isQuiet({ quietHours }, hour))).toEqual(
      hours,
    ),
  );
});
