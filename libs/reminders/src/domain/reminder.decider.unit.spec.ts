import { addDays, compare, type LocalDate } from '@app/calendar';
import { specFor } from '@app/event-sourcing/testing';
import fc from 'fast-check';
import { nextRung, renewalLadder, rungsDue, rungsUntil, type Deadline, type Ladder } from './ladder';
import type { About, Ledger, ReminderEvent } from './reminder';
import { reminderDecider, type ReminderCommand } from './reminder.decider';

const subject = 'certificate-c1';
const dueOn = '2030-06-30';
const knownOn = '2029-01-01';
const deadline: Deadline = { subject, dueOn, knownOn };
const about: About = {
  certificateId: 'c1',
  kind: 'isms',
  name: 'ISMS認証',
  number: 'ZZ-0001',
  body: '審査機関株式会社',
  citedBy: [{ disclosureId: 'd1', itemKey: 'I-7', label: 'クラウドカルテ I-7' }],
};

const sweepOn = (on: LocalDate, recipients: readonly string[] = ['mio', 'ken']): ReminderCommand => {
  const due = rungsDue(deadline, renewalLadder, on);
  if (!due) throw new Error(`nothing is due on ${on}`);
  return { type: 'Remind', subject, about, dueOn, on, ...due, recipients, at: `${on}T00:00:00.000Z` };
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
    at: `${on}T00:00:00.000Z`,
  },
});

const given = specFor(reminderDecider);

describe('a ladder', () => {
  it('has its rungs on these days', () =>
    expect(
      rungsUntil(deadline, renewalLadder, '2030-08-01').map(({ rung, label, sendOn }) => [rung, label, sendOn]),
    ).toEqual([
      ['9m', '9か月前', '2029-09-30'],
      ['6m', '6か月前', '2029-12-30'],
      ['4m', '4か月前', '2030-02-28'],
      ['2m', '2か月前', '2030-04-30'],
      ['60d', '60日前', '2030-05-01'],
      ['30d', '30日前', '2030-05-31'],
      ['14d', '14日前', '2030-06-16'],
      ['7d', '7日前', '2030-06-23'],
      ['1d', '前日', '2030-06-29'],
      ['0d', '当日', '2030-06-30'],
      ['overdue', '期限切れ', '2030-07-01'],
      ['overdue+30d', '期限切れ（2回目）', '2030-07-31'],
    ]));

  it('says overdue once when it is told so', () => {
    const once: Ladder = { ...renewalLadder, overdueEveryDays: null };
    expect(rungsUntil(deadline, once, '2031-06-30').filter(({ rung }) => rung.startsWith('overdue'))).toHaveLength(1);
    expect(nextRung(deadline, once, '2030-07-01')).toBeNull();
  });

  it('counts from the day on which something lapsed became known', () => {
    const late = { ...deadline, knownOn: '2030-10-20' };
    expect(rungsDue(late, renewalLadder, '2030-10-20')?.latest).toMatchObject({
      rung: 'overdue',
      sendOn: '2030-10-20',
    });
    expect(nextRung(late, renewalLadder, '2030-10-20')).toMatchObject({ rung: 'overdue+30d', sendOn: '2030-11-19' });
  });

  it('has nothing due before its first rung', () => expect(rungsDue(deadline, renewalLadder, '2029-09-29')).toBeNull());
});

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
      .then(due('60d', '60日前', '2030-05-03', ['6m', '4m', '2m'])));

  it('does not bring back a rung that collapsed', () =>
    given(due('30d', '30日前', '2030-06-15', ['9m', '6m', '4m', '2m', '60d']))
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

  it('may succeed after it failed, but does not fail after it succeeded', () => {
    given(wasDue, failed)
      .when({ type: 'RecordSent', ...answer, at })
      .then(sent);
    given(wasDue, sent).when(recordFailed).thenNothing();
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

describe('daily sweeps', () => {
  const start = '2030-01-01';
  const day = (from: number, to: number) => fc.integer({ min: from, max: to }).map((n) => addDays(start, n));
  const anyLadder: fc.Arbitrary<Ladder> = fc.record({
    before: fc.constant(renewalLadder.before),
    overdueEveryDays: fc.constantFrom(null, 1, 30),
  });
  /** Which days the service was up, over some fifteen months. */
  const anyDays = fc.uniqueArray(fc.integer({ min: 0, max: 450 }), { minLength: 1, maxLength: 200 });

  const sweep = (state: Ledger, ladder: Ladder, of: Deadline, today: LocalDate) => {
    const come = rungsDue(of, ladder, today);
    if (!come) return [];
    const command = {
      type: 'Remind',
      subject,
      about,
      dueOn: of.dueOn,
      on: today,
      ...come,
      recipients: ['mio'],
    } as const;
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
              ? { subject, dueOn: renewedUntil, knownOn: renewedOn }
              : { subject, dueOn: validUntil, knownOn: start };
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
        const of: Deadline = { subject, dueOn: validUntil, knownOn: '2029-01-01' };
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

  it('need look at a subject only when its next rung has come', () =>
    fc.assert(
      fc.property(anyLadder, day(-400, 400), day(-400, 450), day(-400, 450), (ladder, validUntil, known, today) => {
        const of = { subject, dueOn: validUntil, knownOn: known };
        const next = nextRung(of, ladder, today);
        const tomorrowOn = rungsUntil(of, ladder, '2034-01-01').filter(({ sendOn }) => sendOn > today);
        expect(next).toEqual(tomorrowOn[0] ?? null);
      }),
    ));
});
