import { addDays, compare, localDateOf, type Deadline, type LocalDate } from '@app/calendar';
import { specFor } from '@app/event-sourcing/testing';
import { rungsDue, rungsUntil, type Ladder } from '@app/reminding/domain/ladder';
import { readyMadeLadders } from '@app/reminding/domain/ready-made';
import fc from 'fast-check';
import { dueOn as dueOf, escalationOn, nextLook, nextReminderOn } from './due';
import type { About, Ledger, ReminderEvent } from './reminder';
import { reminderDecider, type ReminderCommand } from './reminder.decider';

const subject = 'certificate-c1';
const dueOn = '2030-06-30';
const knownOn = '2029-01-01';
const deadline: Deadline = { subject, matter: 'renewal', ladder: 'isms', dueOn, knownOn };
const renewalLadder = readyMadeLadders['isms']?.ladder as Ladder;
const about: About = {
  title: 'ISMS認証',
  detail: '登録番号 ZZ-0001',
  path: '/certificates/c1',
  citedBy: [{ disclosureId: 'd1', itemKey: 'I-7', label: 'クラウドカルテ I-7' }],
};

const sweepOn = (on: LocalDate, recipients: readonly string[] = ['mio', 'ken']): ReminderCommand => {
  const due = rungsDue(deadline, renewalLadder, on);
  if (!due) throw new Error(`nothing is due on ${on}`);
  const missed = due.latest.sendOn < on;
  return { type: 'Remind', deadline, about, on, ...due, missed, recipients, at: `${on}T00:00:00.000Z` };
};
const due = (rung: string, label: string, on: LocalDate, collapsed: readonly string[] = []): ReminderEvent => ({
  type: 'ReminderDue',
  data: {
    rungId: `${subject}:${dueOn}:${rung}`,
    rung,
    label,
    subject,
    about,
    dueOn,
    on,
    sendOn: rungsUntil(deadline, renewalLadder, on).find((each) => each.rung === rung)?.sendOn ?? 'none',
    collapsed: rungsUntil(deadline, renewalLadder, on).filter((each) => collapsed.includes(each.rung)),
    recipients: ['mio', 'ken'],
    // It was known in time, so the service was down.
    ...(rungsUntil(deadline, renewalLadder, on).find((each) => each.rung === rung)?.sendOn === on
      ? {}
      : { missed: true }),
    at: `${on}T00:00:00.000Z`,
  },
});

const given = specFor(reminderDecider);

describe('a reminder', () => {
  it('is due on the day of its rung', () =>
    given(due('9m', '9か月前', '2029-09-30'))
      .when(sweepOn('2029-12-30'))
      .then(due('6m', '6か月前', '2029-12-30')));

  it('is due once, however often the sweep comes', () => {
    given(due('9m', '9か月前', '2029-09-30'))
      .when(sweepOn('2029-09-30'))
      .thenNothing();
    given(due('9m', '9か月前', '2029-09-30'))
      .when(sweepOn('2029-10-01'))
      .thenNothing();
  });

  it('stands for the rungs before it that were missed', () =>
    given(due('9m', '9か月前', '2029-09-30'))
      .when(sweepOn('2030-05-03'))
      .then(due('2m', '2か月前', '2030-05-03', ['6m', '4m'])));

  it('does not bring back a rung that collapsed', () =>
    given(due('30d', '30日前', '2030-06-15', ['9m', '6m', '4m', '2m']))
      .when(sweepOn('2030-05-03'))
      .thenNothing());

  it('goes to each recipient once', () =>
    given(due('9m', '9か月前', '2029-09-30'))
      .when(sweepOn('2029-12-30', ['mio', 'ken', 'mio']))
      .then(due('6m', '6か月前', '2029-12-30')));

  it('waits while there is nobody to remind', () =>
    given()
      .when(sweepOn('2029-09-30', []))
      .thenRejected({ type: 'NobodyToRemind', rungId: `${subject}:${dueOn}:9m` }));
});

describe('the delivery of a reminder', () => {
  const at = '2029-09-30T00:00:05.000Z';
  const rungId = `${subject}:${dueOn}:9m`;
  const wasDue = due('9m', '9か月前', '2029-09-30');
  const answer = { rungId, recipient: 'mio', messageId: '<m1@example.jp>', smtpAnswer: '250 Ok' };
  const sent: ReminderEvent = { type: 'ReminderSent', data: { ...answer, at } };
  const failed: ReminderEvent = {
    type: 'ReminderFailed',
    data: { rungId, recipient: 'mio', reason: '550 no such user', at },
  };
  const recordFailed: ReminderCommand = {
    type: 'RecordFailed',
    rungId,
    recipient: 'mio',
    reason: '550 no such user',
    at,
  };

  it('is recorded with what the mail server said', () =>
    given(wasDue)
      .when({ type: 'RecordSent', ...answer, at })
      .then(sent));

  it('is recorded once', () =>
    given(wasDue, sent)
      .when({ type: 'RecordSent', ...answer, at })
      .thenNothing());

  it('is recorded as failed, once', () => {
    given(wasDue).when(recordFailed).then(failed);
    given(wasDue, failed).when(recordFailed).thenNothing();
  });

  it('may succeed after it failed, and come back after it succeeded', () => {
    given(wasDue, failed)
      .when({ type: 'RecordSent', ...answer, at })
      .then(sent);
    given(wasDue, sent).when(recordFailed).then(failed);
  });

  it('is recorded as refused each time, and as sent when it is taken after that', () => {
    const about = { rungId, recipient: 'mio', reason: '552 mailbox full', at };
    const refused = (refusals: number): ReminderEvent => ({ type: 'ReminderRefused', data: { ...about, refusals } });
    const refuse = (refusals: number): ReminderCommand => ({ type: 'RecordRefused', ...about, refusals });
    given(wasDue).when(refuse(1)).then(refused(1));
    given(wasDue, refused(1)).when(refuse(1)).thenNothing();
    given(wasDue, refused(1)).when(refuse(2)).then(refused(2));
    given(wasDue, sent, refused(1))
      .when({ type: 'RecordSent', ...answer, at })
      .then(sent);
    given(wasDue, refused(1), failed).when(refuse(2)).thenNothing();
  });

  it('is of a reminder that was due, to one of its recipients', () => {
    given()
      .when({ type: 'RecordSent', ...answer, at })
      .thenRejected({ type: 'UnknownReminder', rungId });
    given(wasDue)
      .when({ type: 'RecordSent', ...answer, recipient: 'eve', at })
      .thenRejected({ type: 'UnknownReminder', rungId });
  });
});

describe('what people do about a reminder', () => {
  const at = '2030-07-02T00:00:00.000Z';
  const by = { id: 'mio', name: '管理 美緒' };
  const overdue = due('overdue', '期限切れ', '2030-07-01');
  const { rungId } = overdue.data as { readonly rungId: string };
  const acknowledged: ReminderEvent = { type: 'ReminderAcknowledged', data: { rungId, until: '2030-07-20', by, at } };
  const acknowledge: ReminderCommand = { type: 'Acknowledge', rungId, until: '2030-07-20', by, at };
  const escalate: ReminderCommand = {
    ...{ type: 'Escalate', rungId, cause: 'unacknowledged', on: '2030-07-04', at },
    recipients: ['mio', 'adam', 'adam'],
  };

  it('acknowledge is recorded, once, of a reminder that was due, for three months at most', () => {
    given(overdue).when(acknowledge).then(acknowledged);
    given(overdue, acknowledged).when(acknowledge).thenNothing();
    given().when(acknowledge).thenRejected({ type: 'UnknownReminder', rungId });
    for (const until of ['2030-07-02', '2030-10-03'])
      given(overdue)
        .when({ ...acknowledge, until })
        .thenRejected({ type: 'UntilOutOfRange', from: '2030-07-03', to: '2030-10-02' });
  });

  it('snooze is recorded', () => {
    const data = { subject, until: '2030-08-01', by, at };
    given(overdue)
      .when({ type: 'Snooze', ...data })
      .then({ type: 'ReminderSnoozed', data });
    given({ type: 'ReminderSnoozed', data })
      .when({ type: 'Snooze', ...data })
      .thenNothing();
    const because = { ...data, reason: '審査機関の回答を待っています。' };
    given({ type: 'ReminderSnoozed', data })
      .when({ type: 'Snooze', ...because })
      .then({ type: 'ReminderSnoozed', data: because });
  });

  it('a snooze that is over, or that never was, cannot be ended', () => {
    const resume = { type: 'Resume', subject, by, at } as const;
    given(overdue).when(resume).thenNothing();
    const snoozed = (until: LocalDate): ReminderEvent => ({
      type: 'ReminderSnoozed',
      data: { subject, until, by, at },
    });
    given(snoozed(localDateOf(at)))
      .when(resume)
      .thenNothing();
    given(snoozed('2030-08-01'))
      .when(resume)
      .then(snoozed(localDateOf(at)));
  });

  it('not acknowledge makes others hear of it, once, and only those who have not', () => {
    const data = { rungId, cause: 'unacknowledged', recipients: ['adam'], on: '2030-07-04', at } as const;
    given(overdue).when(escalate).then({ type: 'ReminderEscalated', data });
    given(overdue, { type: 'ReminderEscalated', data }).when(escalate).thenNothing();
    given(overdue, acknowledged).when(escalate).thenNothing();
  });

  it('says when there is something to say or to escalate next', () => {
    const fold = (...events: readonly ReminderEvent[]) =>
      events.reduce(reminderDecider.evolve, reminderDecider.initialState);
    expect(nextLook(deadline, renewalLadder, fold(overdue))).toBe('2030-07-02');
    expect(nextLook(deadline, renewalLadder, fold(overdue, acknowledged))).toBe('2030-07-20');
    // 07-01 is a Monday: three business days later it is Thursday.
    expect(escalationOn(deadline, renewalLadder, fold(overdue), '2030-07-03')).toBeNull();
    expect(escalationOn(deadline, renewalLadder, fold(overdue), '2030-07-04')).toMatchObject({ rung: 'overdue' });
    expect(escalationOn(deadline, renewalLadder, fold(overdue, acknowledged), '2030-07-04')).toBeNull();
    const snoozed: ReminderEvent = { type: 'ReminderSnoozed', data: { subject, until: '2030-07-03', by, at } };
    expect(dueOf(deadline, renewalLadder, fold(overdue, snoozed), '2030-07-02')).toBeNull();
    expect(dueOf(deadline, renewalLadder, fold(overdue, snoozed), '2030-07-03')).toMatchObject({
      latest: { rung: 'overdue+2d' },
      earlier: [{ rung: 'overdue+1d' }],
    });
  });
});

describe('a snooze', () => {
  const by = { id: 'mio', name: '管理 美緒' };
  const fold = (...events: readonly ReminderEvent[]) =>
    events.reduce(reminderDecider.evolve, reminderDecider.initialState);
  const snoozed = (until: LocalDate): ReminderEvent => ({
    type: 'ReminderSnoozed',
    data: { subject, until, by, at: '2030-07-02T00:00:00.000Z' },
  });
  const overdue = due('overdue', '期限切れ', '2030-07-01');

  it('keeps others from hearing of it as well', () => {
    // Three business days after 07-01 is 07-04.
    const state = fold(overdue, snoozed('2030-07-10'));
    expect(escalationOn(deadline, renewalLadder, state, '2030-07-09')).toBeNull();
    expect(nextLook(deadline, renewalLadder, state)).toBe('2030-07-10');
    expect(escalationOn(deadline, renewalLadder, state, '2030-07-10')).toMatchObject({ rung: 'overdue' });
  });

  it.each(['previous', 'next'] as const)(
    'that ends on a closed day of a ladder (%s) goes out on the next open one, and was not missed',
    (businessDays) => {
      const state = fold(overdue, snoozed('2030-07-13')); // a Saturday, and the Monday is a holiday
      const ladder = { ...renewalLadder, businessDays, overdueEveryDays: 10 };
      expect(nextReminderOn(deadline, ladder, state)).toBe('2030-07-16');
      expect(escalationOn(deadline, ladder, state, '2030-07-15')).toBeNull();
      expect(dueOf(deadline, ladder, state, '2030-07-15')).toBeNull();
      expect(dueOf(deadline, ladder, state, '2030-07-16')).toMatchObject({ missed: false });
      expect(dueOf(deadline, ladder, state, '2030-07-17')).toMatchObject({ missed: true });
    },
  );
});

describe('a rung', () => {
  it('that was put into the ladder after its day was not missed', () => {
    const added = { ...renewalLadder, before: [{ days: 45 }], changedOn: '2030-05-20' };
    const missedOn = (today: LocalDate, ladder: Ladder) =>
      dueOf(deadline, ladder, reminderDecider.initialState, today)?.missed;
    expect(missedOn('2030-05-20', added)).toBe(false);
    expect(missedOn('2030-05-21', added)).toBe(true);
    expect(missedOn('2030-05-20', { ...added, changedOn: '2030-05-01' })).toBe(true);
  });
});

describe('daily sweeps', () => {
  const start = '2030-01-01';
  const day = (from: number, to: number) => fc.integer({ min: from, max: to }).map((n) => addDays(start, n));
  const anyLadder: fc.Arbitrary<Ladder> = fc.record({
    before: fc.constant(renewalLadder.before),
    overdueEveryDays: fc.constantFrom(null, 1, 30),
    businessDays: fc.constantFrom('asIs', 'previous', 'next'),
    to: fc.constant(renewalLadder.to),
  });
  /** Which days the service was up, over some fifteen months. */
  const anyDays = fc.uniqueArray(fc.integer({ min: 0, max: 450 }), { minLength: 1, maxLength: 200 });

  const sweep = (state: Ledger, ladder: Ladder, of: Deadline, today: LocalDate) => {
    const come = dueOf(of, ladder, state, today);
    if (!come) return [];
    const command = { type: 'Remind', deadline: of, about, on: today, ...come, recipients: ['mio'] } as const;
    const decision = reminderDecider.decide({ ...command, at: `${today}T00:00:00.000Z` }, state);
    return decision.outcome === 'accepted' ? decision.events : [];
  };

  it('find each rung due at most once, whatever days are missed, and none of the old term after a renewal', () =>
    fc.assert(
      fc.property(
        ...[anyLadder, day(-100, 400), anyDays, day(0, 450), day(500, 900)],
        (ladder, validUntil, days, renewedOn, renewedUntil) => {
          let state = reminderDecider.initialState;
          const seen: string[] = [];
          for (const today of days.map((n) => addDays(start, n)).sort(compare)) {
            const renewed = today >= renewedOn;
            const current = renewed
              ? { ...deadline, dueOn: renewedUntil, knownOn: renewedOn }
              : { ...deadline, dueOn: validUntil, knownOn: start };
            for (let again = 0; again < 2; again++) {
              const events = sweep(state, ladder, current, today);
              expect(events.length).toBeLessThanOrEqual(again === 0 ? 1 : 0);
              state = events.reduce(reminderDecider.evolve, state);
              for (const event of events) {
                if (event.type !== 'ReminderDue') throw new Error(event.type);
                expect(event.data.dueOn).toBe(current.dueOn);
                expect(event.data.sendOn <= today).toBe(true);
                seen.push(event.data.rungId, ...event.data.collapsed.map(({ rungId }) => rungId));
              }
            }
          }
          expect(new Set(seen).size).toBe(seen.length);
        },
      ),
    ));

  it('without a day missed send every rung on its day', () =>
    fc.assert(
      fc.property(anyLadder, day(0, 400), (ladder, validUntil) => {
        const of: Deadline = { ...deadline, dueOn: validUntil };
        let state = reminderDecider.initialState;
        const sentOn: LocalDate[] = [];
        for (let today = addDays(validUntil, -300); today <= addDays(validUntil, 40); today = addDays(today, 1)) {
          const events = sweep(state, ladder, of, today);
          state = events.reduce(reminderDecider.evolve, state);
          if (events.length > 0) sentOn.push(today);
        }
        const expected = rungsUntil(of, ladder, addDays(validUntil, 40)).map(({ sendOn }) => sendOn);
        expect(sentOn).toEqual([...new Set(expected)]);
      }),
      { numRuns: 25 },
    ));

  it('need look at a subject only on the day that was said, and then find something', () =>
    fc.assert(
      fc.property(anyLadder, day(0, 400), day(0, 450), (ladder, validUntil, known) => {
        const of = { ...deadline, dueOn: validUntil, knownOn: known };
        let state = reminderDecider.initialState;
        for (let today = known; today <= addDays(validUntil, 40); today = addDays(today, 1)) {
          const next = nextReminderOn(of, ladder, state);
          const events = sweep(state, ladder, of, today);
          expect(events.length > 0).toBe(next !== null && next <= today);
          state = events.reduce(reminderDecider.evolve, state);
        }
      }),
      { numRuns: 25 },
    ));
});
