import { specFor } from '@app/event-sourcing/testing';
import { evolve, initialState, type AuditEvent } from './audit';
import { auditDecider, decide, type AuditCommand } from './audit.decider';

const given = specFor(auditDecider);
const who = { auditId: 'a1', by: { id: 'u1', name: '起草 一郎' }, at: '2030-04-10T00:00:00.000Z' };
const system = { auditId: 'a1', by: { id: 'system', name: 'Kaijisho' }, at: '2030-04-10T00:00:00.000Z' };
const yearly = { rule: 'FREQ=YEARLY', anchor: 'schedule' } as const;
const sinceLast = { rule: 'FREQ=MONTHLY;INTERVAL=12', anchor: 'lastPerformed' } as const;
const sinceApproval = { rule: 'FREQ=MONTHLY;INTERVAL=12', anchor: 'lastApproval' } as const;
const watches = [{ disclosureId: 'd1', itemKeys: ['II-3'], edition: 6 }];
const internal = {
  ...{ kind: 'internalAudit', name: '内部監査', recurrence: yearly, dueOn: '2030-04-20' },
  ...{ citedBy: [{ disclosureId: 'd1', itemKey: 'II-14' }], watches: [] },
} as const;
const scan = { ...internal, kind: 'vulnerabilityScan', name: '脆弱性診断', recurrence: sinceLast, watches } as const;
const review = { ...internal, kind: 'documentReview', name: '文書見直し', recurrence: sinceApproval, watches } as const;
const file = { sha256: 'a'.repeat(64), name: '報告書.pdf', mediaType: 'application/pdf', byteSize: 3 };
const followUp = { id: 'f1', text: '手順書を改める', dueOn: '2030-05-31' };
const reason = '拠点の統合により不要';

const plan = (said: typeof internal | typeof scan | typeof review | object = internal) =>
  ({ type: 'PlanAudit', ...who, ...internal, ...said }) as Extract<AuditCommand, { type: 'PlanAudit' }>;
const done = { performedOn: '2030-04-10', result: 'passed', note: '', evidence: [], followUps: [] } as const;
const perform = (said: object = {}) =>
  ({ type: 'PerformAudit', ...who, ...done, ...said }) as Extract<AuditCommand, { type: 'PerformAudit' }>;
const skip: AuditCommand = { type: 'SkipAudit', ...who, reason };
const change = { disclosureId: 'd1', serviceName: 'みなと', edition: 7, itemKeys: ['II-3'] };

const event = <T extends AuditEvent['type']>(type: T, data: object, by: object = who) =>
  ({ type, data: { ...by, ...data } }) as Extract<AuditEvent, { type: T }>;
const planned = event('AuditPlanned', internal);
const plannedOnce = event('AuditPlanned', { ...internal, recurrence: null });
const plannedScan = event('AuditPlanned', scan);
const plannedReview = event('AuditPlanned', review);
const performed = (said: object = {}) =>
  event('AuditPerformed', { dueOn: '2030-04-20', ...done, nextDueOn: '2031-04-20', ...said });
const attached = event('EvidenceAttached', { evidence: file });
const cancelled = event('AuditCancelled', { reason });

describe('an audit', () => {
  it('is planned with its recurrence, once', () => {
    given().when(plan()).then(planned);
    given(planned).when(plan()).thenRejected({ type: 'AlreadyPlanned' });
  });

  it('comes round by a rule that has days', () =>
    given()
      .when(plan({ recurrence: { rule: 'FREQ=MONTHLY', anchor: 'schedule' }, dueOn: '2030-05-31' }))
      .thenRejected({ type: 'RecurrenceSkipsMonths', day: 31 }));

  it('that is counted from approvals is of one disclosure', () => {
    given().when(plan(review)).then(plannedReview);
    given()
      .when(plan({ ...review, watches: [] }))
      .thenRejected({ type: 'WatchesOneDisclosure' });
  });

  it('is moved to another day with a reason, not into the past', () => {
    const to = (newDueOn: string): AuditCommand => ({ type: 'RescheduleAudit', ...who, newDueOn, reason });
    given(planned)
      .when(to('2030-05-01'))
      .then(event('AuditRescheduled', { dueOn: '2030-04-20', newDueOn: '2030-05-01', reason }));
    given(planned).when(to('2030-04-20')).thenNothing();
    given(planned)
      .when(to('2030-04-09'))
      .thenRejected({ type: 'RescheduledIntoPast', newDueOn: '2030-04-09', today: '2030-04-10' });
  });

  it('is cancelled when nothing is left to be done', () => {
    const cancel: AuditCommand = { type: 'CancelAudit', ...who, reason };
    given(planned).when(cancel).then(cancelled);
    given(planned, cancelled).when(cancel).thenNothing();
    const open = performed({ followUps: [followUp] });
    given(planned, open).when(cancel).thenRejected({ type: 'OpenFollowUps', count: 1 });
    const closed = event('FollowUpClosed', { followUpId: 'f1', on: '2030-04-10', note: '' });
    given(planned, open, closed).when(cancel).then(cancelled);
  });
});

describe('an audit that was carried out', () => {
  it('comes round again by its schedule, whenever that was', () => {
    given(planned).when(perform()).then(performed());
    const late = { performedOn: '2030-08-01' };
    given(planned)
      .when({ ...perform(late), at: '2030-08-02T00:00:00.000Z' })
      .then(performed({ ...late, at: '2030-08-02T00:00:00.000Z' }));
    // Moved to another day, its schedule stays.
    const moved = event('AuditRescheduled', { dueOn: '2030-04-20', newDueOn: '2030-06-01', reason });
    given(planned, moved)
      .when(perform())
      .then(performed({ dueOn: '2030-06-01' }));
  });

  it('comes round a period after the last time, where that counts', () =>
    given(plannedScan)
      .when(perform({ performedOn: '2030-03-31' }))
      .then(performed({ performedOn: '2030-03-31', nextDueOn: '2031-03-31' })));

  it('does not come round again when it was once, or when its rule has ended', () => {
    given(plannedOnce)
      .when(perform())
      .then(performed({ nextDueOn: null }));
    const twice = event('AuditPlanned', { ...internal, recurrence: { ...yearly, rule: 'FREQ=YEARLY;COUNT=2' } });
    given(twice, performed())
      .when({ ...perform(), at: '2031-04-20T00:00:00.000Z' })
      .then(event('AuditPerformed', { ...done, dueOn: '2031-04-20', nextDueOn: null, at: '2031-04-20T00:00:00.000Z' }));
    given(plannedOnce, performed({ nextDueOn: null }))
      .when(perform())
      .thenRejected({ type: 'NothingDue' });
    given(plannedOnce, performed({ nextDueOn: null }))
      .when(skip)
      .thenRejected({ type: 'NothingDue' });
  });

  it('was so on a day that has come, and not before the last time', () => {
    given(planned)
      .when(perform({ performedOn: '2030-04-11' }))
      .thenRejected({ type: 'DayInFuture', on: '2030-04-11', today: '2030-04-10' });
    given(planned, performed())
      .when(perform({ performedOn: '2030-04-09' }))
      .thenRejected({ type: 'BeforeLastPerformed', performedOn: '2030-04-09', last: '2030-04-10' });
  });

  it('says what was found, unless it was passed', () => {
    for (const result of ['failed', 'passedWithFindings'])
      given(planned).when(perform({ result })).thenRejected({ type: 'NoteMissing' });
    given(planned)
      .when(perform({ result: 'failed', note: '記録がない' }))
      .then(performed({ result: 'failed', note: '記録がない' }));
  });

  it('is shown by files that are attached, which then stay', () => {
    const withFile = perform({ evidence: [file.sha256] });
    given(planned).when(withFile).thenRejected({ type: 'UnknownEvidence' });
    given(planned, attached)
      .when(withFile)
      .then(performed({ evidence: [file] }));
    const remove: AuditCommand = { type: 'RemoveEvidence', ...who, sha256: file.sha256, reason };
    given(planned, attached)
      .when(remove)
      .then(event('EvidenceRemoved', { sha256: file.sha256, reason }));
    given(planned, attached, performed({ evidence: [file] }))
      .when(remove)
      .thenRejected({ type: 'EvidenceReliedOn' });
  });

  it('leaves follow-ups, due afterwards, that are closed once', () => {
    given(planned)
      .when(perform({ followUps: [followUp] }))
      .then(performed({ followUps: [followUp] }));
    given(planned)
      .when(perform({ followUps: [{ ...followUp, dueOn: '2030-04-09' }] }))
      .thenRejected({ type: 'FollowUpBeforeAudit', dueOn: '2030-04-09', performedOn: '2030-04-10' });
    const close: AuditCommand = { type: 'CloseFollowUp', ...who, followUpId: 'f1', on: '2030-04-10', note: '済' };
    const closed = event('FollowUpClosed', { followUpId: 'f1', on: '2030-04-10', note: '済' });
    const open = performed({ followUps: [followUp] });
    given(planned, open).when(close).then(closed);
    given(planned, open, closed).when(close).thenNothing();
    given(planned).when(close).thenRejected({ type: 'UnknownFollowUp' });
    given(planned, open)
      .when({ ...close, on: '2030-04-11' })
      .thenRejected({ type: 'DayInFuture', on: '2030-04-11', today: '2030-04-10' });
    // Also of what does not come round again.
    given(plannedOnce, performed({ followUps: [followUp], nextDueOn: null }))
      .when(close)
      .then(closed);
  });
});

describe('an audit that was skipped', () => {
  it('says why, and comes round again', () => {
    given(planned)
      .when(skip)
      .then(event('AuditSkipped', { dueOn: '2030-04-20', reason, nextDueOn: '2031-04-20' }));
    given(plannedScan)
      .when(skip)
      .then(event('AuditSkipped', { dueOn: '2030-04-20', reason, nextDueOn: '2031-04-20' }));
    given(plannedOnce)
      .when(skip)
      .then(event('AuditSkipped', { dueOn: '2030-04-20', reason, nextDueOn: null }));
  });
});

describe('an edition that changes what an audit watches', () => {
  const bring: AuditCommand = { type: 'BringAuditForward', ...system, change };
  const far = event('AuditPlanned', { ...scan, dueOn: '2031-03-31' });
  const brought = event('AuditBroughtForward', { dueOn: '2031-03-31', newDueOn: '2030-04-24', change }, system);

  it('brings it forward to within fourteen days, once', () => {
    given(far).when(bring).then(brought);
    given(far, brought).when(bring).thenNothing();
  });

  it('is taken note of when the audit is due sooner anyway, so that it does not count again afterwards', () => {
    const noted = event('AuditBroughtForward', { dueOn: '2030-04-20', newDueOn: '2030-04-20', change }, system);
    given(plannedScan).when(bring).then(noted);
    given(plannedScan, noted, performed({ nextDueOn: '2031-04-10' }))
      .when(bring)
      .thenNothing();
    expect([plannedScan, noted].reduce(evolve, initialState)).toMatchObject({
      broughtForward: change,
      knownSince: who.at,
    });
  });

  it('is an edition after those that were taken into account, of a disclosure that is watched', () => {
    given(far)
      .when({ ...bring, change: { ...change, edition: 6 } })
      .thenNothing();
    given(far)
      .when({ ...bring, change: { ...change, disclosureId: 'd2' } })
      .thenNothing();
    given(planned).when(bring).thenNothing();
  });

  it('does not use up the turn that comes by schedule', () => {
    const watched = event('AuditPlanned', { ...internal, dueOn: '2031-03-31', watches });
    given(watched, brought)
      .when(perform())
      .then(performed({ dueOn: '2030-04-24', nextDueOn: '2031-03-31' }));
  });

  it('brings nothing back that was cancelled or does not come round again', () => {
    given(far, cancelled).when(bring).thenNothing();
    given(plannedOnce, performed({ nextDueOn: null }))
      .when(bring)
      .thenNothing();
  });
});

describe('an approval of what is reviewed', () => {
  const follow: AuditCommand = {
    ...{
      type: 'FollowApproval',
      ...system,
      disclosureId: 'd1',
      serviceName: 'みなと',
      edition: 7,
      approvedOn: '2030-04-08',
    },
  };
  it('is a review: the next one is counted from there', () => {
    const { type: _, ...said } = follow;
    const followed = event('AuditFollowedApproval', { ...said, dueOn: '2030-04-20', newDueOn: '2031-04-08' });
    given(plannedReview).when(follow).then(followed);
    given(plannedReview, followed).when(follow).thenNothing();
  });
  it('is nothing to an audit that is counted otherwise', () => given(plannedScan).when(follow).thenNothing());
});

/** What each command comes to in each state: the events, the rejection, or nothing. */
describe('every command has an answer in every state', () => {
  const commands: { readonly [T in AuditCommand['type']]: AuditCommand } = {
    PlanAudit: plan(),
    RescheduleAudit: { type: 'RescheduleAudit', ...who, newDueOn: '2030-05-01', reason },
    BringAuditForward: { type: 'BringAuditForward', ...system, change },
    FollowApproval: {
      ...{ type: 'FollowApproval', ...system, disclosureId: 'd1', serviceName: 'みなと', edition: 7 },
      approvedOn: '2030-04-08',
    },
    PerformAudit: perform(),
    SkipAudit: skip,
    CloseFollowUp: { type: 'CloseFollowUp', ...who, followUpId: 'f1', on: '2030-04-10', note: '' },
    CiteAudit: { type: 'CiteAudit', ...who, citedBy: [] },
    NameResponsible: { type: 'NameResponsible', ...who, responsible: { user: 'u2' } },
    AttachEvidence: { type: 'AttachEvidence', ...who, evidence: { ...file, sha256: 'b'.repeat(64) } },
    RemoveEvidence: { type: 'RemoveEvidence', ...who, sha256: 'c'.repeat(64), reason },
    CancelAudit: { type: 'CancelAudit', ...who, reason },
  };
  const states: readonly (readonly [string, readonly AuditEvent[]])[] = [
    ['not planned', []],
    ['planned', [plannedReview]],
    ['completed', [plannedOnce, performed({ nextDueOn: null })]],
    ['cancelled', [planned, cancelled]],
  ];
  const closed = 'AuditCancelled (rejected)';
  const rows: readonly (readonly [AuditCommand['type'], string, string, string, string])[] = [
    ['PlanAudit', 'AuditPlanned', 'AlreadyPlanned', 'AlreadyPlanned', 'AlreadyPlanned'],
    ['RescheduleAudit', 'UnknownAudit', 'AuditRescheduled', 'NothingDue', closed],
    ['BringAuditForward', 'UnknownAudit', 'AuditBroughtForward', 'nothing', 'nothing'],
    ['FollowApproval', 'UnknownAudit', 'AuditFollowedApproval', 'nothing', 'nothing'],
    ['PerformAudit', 'UnknownAudit', 'AuditPerformed', 'NothingDue', closed],
    ['SkipAudit', 'UnknownAudit', 'AuditSkipped', 'NothingDue', closed],
    ['CloseFollowUp', 'UnknownAudit', 'UnknownFollowUp', 'UnknownFollowUp', closed],
    ['CiteAudit', 'UnknownAudit', 'AuditCited', 'AuditCited', closed],
    ['NameResponsible', 'UnknownAudit', 'ResponsibleNamed', 'ResponsibleNamed', closed],
    ['AttachEvidence', 'UnknownAudit', 'EvidenceAttached', 'EvidenceAttached', closed],
    ['RemoveEvidence', 'UnknownAudit', 'UnknownEvidence', 'UnknownEvidence', closed],
    ['CancelAudit', 'UnknownAudit', 'AuditCancelled', 'AuditCancelled', 'nothing'],
  ];

  it('and the table names them all', () =>
    expect(rows.map(([type]) => type).sort()).toEqual(Object.keys(commands).sort()));

  const cells = rows.flatMap(([type, ...answers]) =>
    states.map(([state, history], i) => [type, state, answers[i] ?? '', history] as const),
  );
  it.each(cells)('%s, when it is %s: %s', (type, _, expected, history) => {
    const decision = decide(commands[type], history.reduce(evolve, initialState));
    const answer =
      decision.outcome === 'rejected'
        ? decision.rejection.type === 'AuditCancelled'
          ? closed
          : decision.rejection.type
        : decision.events.map((each) => each.type).join() || 'nothing';
    expect(answer).toBe(expected);
  });
});
