import { auditDeadlines, auditSubject } from './deadlines';
import { evolve, initialState, type AuditEvent, type AuditKind } from './domain/audit';

const who = { auditId: 'a1', by: { id: 'u1', name: '起草 一郎' }, at: '2030-04-09T15:00:00.000Z' };
const event = (type: AuditEvent['type'], data: object = {}) => ({ type, data: { ...who, ...data } }) as AuditEvent;
const planned = (kind: AuditKind) =>
  event('AuditPlanned', {
    ...{ kind, name: '内部監査', lead: '監査室', recurrence: null, dueOn: '2030-05-10', watches: [] },
    ...{ citedBy: [{ disclosureId: 'd1', itemKey: 'II-14' }], responsible: { officer: 'operationsOfficer' } },
  });
const performed = event('AuditPerformed', {
  ...{ dueOn: '2030-05-10', performedOn: '2030-05-08', result: 'passedWithFindings', note: '2件', evidence: [] },
  followUps: [
    { id: 'f1', text: '手順書を改める', dueOn: '2030-06-10', responsible: { user: 'u2' } },
    { id: 'f2', text: '権限を見直す', dueOn: '2030-06-10' },
  ],
  ...{ nextDueOn: null, at: '2030-05-08T00:00:00.000Z' },
});
const state = (...events: readonly AuditEvent[]) => events.reduce(evolve, initialState);

describe('what of an audit falls due', () => {
  it.each([
    ['internalAudit', 'internalAudit'],
    ['vulnerabilityScan', 'vulnerabilityScan'],
    ['documentReview', 'documentReview'],
    ['drill', 'audit'],
  ] as const)('is its next turn: %s on the ladder %s', (kind, ladder) =>
    expect(auditDeadlines(state(planned(kind)))).toEqual([
      { subject: 'audit-a1', matter: 'audit', ladder, dueOn: '2030-05-10', knownOn: '2030-04-10' },
    ]),
  );

  it('is each follow-up on its own until it is closed, also of what does not come round again', () => {
    const due = {
      subject: 'audit-a1',
      matter: 'followUp',
      ladder: 'followUp',
      dueOn: '2030-06-10',
      knownOn: '2030-05-08',
    };
    const [first, second] = [
      { id: 'f1', text: '手順書を改める' },
      { id: 'f2', text: '権限を見直す' },
    ];
    expect(auditDeadlines(state(planned('drill'), performed))).toEqual([
      { ...due, part: first },
      { ...due, part: second },
    ]);
    const closed = event('FollowUpClosed', { followUpId: 'f1', on: '2030-05-20', note: '' });
    expect(auditDeadlines(state(planned('drill'), performed, closed))).toEqual([{ ...due, part: second }]);
  });

  it('is nothing of what is not there or was cancelled', () => {
    expect(auditDeadlines(initialState)).toEqual([]);
    expect(auditDeadlines(state(planned('drill'), event('AuditCancelled', { reason: '-' })))).toEqual([]);
  });

  it('is told with who carries it out and who sees to it, or to the follow-up', () => {
    const told = state(planned('internalAudit'), performed);
    expect(auditSubject(told)).toEqual({
      ...{ title: '内部監査', detail: '実施 監査室', path: '/audits/a1' },
      citedBy: [{ disclosureId: 'd1', itemKey: 'II-14' }],
      responsible: { officer: 'operationsOfficer' },
    });
    expect(auditSubject(told, 'f1')?.responsible).toEqual({ user: 'u2' });
    expect(auditSubject(told, 'f2')?.responsible).toEqual({ officer: 'operationsOfficer' });
    expect(auditSubject(initialState)).toBeNull();
  });
});
