import { addDays, type Deadline, type LocalDate } from '@app/calendar';
import { certificateDeadlines, certificateDecider } from '@app/certificates';
import { readyMadeLadders } from '@app/reminding/domain/ready-made';
import type { Ladder } from '@app/reminding';
import { dueOn as dueNow, nextReminderOn } from './domain/due';
import { initialState, type Ledger } from './domain/reminder';
import { reminderDecider } from './domain/reminder.decider';

type Certificate = typeof certificateDecider.initialState;
type Happened = Parameters<typeof certificateDecider.evolve>[1];

const on = (certificate: Certificate, day: LocalDate, type: Happened['type'], data: object): Certificate => {
  const who = { certificateId: 'c1', by: { id: 'u1', name: '起草 一郎' }, at: `${day}T03:00:00.000Z` };
  return certificateDecider.evolve(certificate, { type, data: { ...who, ...data } } as Happened);
};
const registered = (kind: string, validUntil: LocalDate): Certificate =>
  on(certificateDecider.initialState, '2029-01-01', 'CertificateRegistered', {
    ...{ kind, name: '認証', number: 'ZZ-1', body: '審査機関株式会社', validFrom: '2028-07-01', validUntil },
    citedBy: [],
  });
const about = { title: '認証', detail: '', path: '/certificates/c1', citedBy: [] };

describe('a day that is moved and moved back while it is overdue', () => {
  it.each([
    ['the end of a term', 'renewal', 'CertificateCorrected'],
    ['an audit', 'surveillance', 'SurveillancePlanned'],
  ] as const)('has %s said again at once', (_, matter, type) => {
    const dueOn = '2030-06-30';
    const moved = (certificate: Certificate, day: LocalDate, to: LocalDate): Certificate =>
      type === 'CertificateCorrected'
        ? on(certificate, day, type, {
            ...{ name: '認証', number: 'ZZ-1', body: '審査機関株式会社', validFrom: '2028-07-01', validUntil: to },
            reason: '誤記',
          })
        : on(certificate, day, type, { audit: 'surveillance', dueOn: to });
    let certificate = moved(registered('other', '2031-06-30'), '2029-02-01', dueOn);
    const deadline = (): Deadline =>
      certificateDeadlines(certificate).find((each) => each.matter === matter) as Deadline;
    const ladder = readyMadeLadders[deadline().ladder]?.ladder as Ladder;
    let ledger: Ledger = initialState;
    const said: string[] = [];
    const sweep = (day: LocalDate): void => {
      const due = dueOn <= day ? dueNow(deadline(), ladder, ledger, day) : null;
      if (!due) return;
      const who = { recipients: ['mio'], about, at: `${day}T00:00:00.000Z` };
      const decision = reminderDecider.decide(
        { type: 'Remind', deadline: deadline(), on: day, ...due, ...who },
        ledger,
      );
      if (decision.outcome === 'accepted') ledger = decision.events.reduce(reminderDecider.evolve, ledger);
      said.push(`${day} ${due.latest.rung.replace(/^surveillance-/, '')}`);
    };
    for (let count = 1; count <= 40; count++) sweep(addDays(dueOn, count));
    certificate = moved(certificate, addDays(dueOn, 41), '2031-01-31');
    certificate = moved(certificate, addDays(dueOn, 43), dueOn);
    expect(nextReminderOn(deadline(), ladder, ledger)).toBe(addDays(dueOn, 43));
    sweep(addDays(dueOn, 43));
    expect(said.at(-1)).toBe(`${addDays(dueOn, 43)} overdue+42d`);
  });
});

describe('an application that is taken back while what was applied for is overdue', () => {
  it.each([
    ['privacyMark', 'application', '2030-10-31', 40],
    ['ismap', 'renewal', '2030-06-30', 40],
    ['ismap', 'renewal', '2030-06-30', 10],
  ] as const)('of %s has the %s due %s said again at once, and daily, after %i days', (kind, matter, until, days) => {
    let certificate = registered(kind, until);
    let ledger: Ledger = initialState;
    const deadline = (): Deadline | undefined =>
      certificateDeadlines(certificate).find((each) => each.matter === matter);
    const ladder = readyMadeLadders[deadline()?.ladder ?? '']?.ladder as Ladder;
    /** What the sweep of a day does; the name of what was said. */
    const sweep = (day: LocalDate): string | null => {
      const open = deadline();
      const due = open && dueNow(open, ladder, ledger, day);
      if (!open || !due) return null;
      const recipients = ['mio'];
      const decision = reminderDecider.decide(
        { type: 'Remind', deadline: open, about, on: day, ...due, recipients, at: `${day}T00:00:00.000Z` },
        ledger,
      );
      if (decision.outcome === 'accepted') ledger = decision.events.reduce(reminderDecider.evolve, ledger);
      return due.missed ? `missed ${due.latest.rung}` : due.latest.rung;
    };
    const last = deadline()?.dueOn ?? '';
    const dayAfter = (count: number): LocalDate => addDays(last, count);
    for (let count = 1; count <= days; count++) expect(sweep(dayAfter(count))).toMatch(/overdue/);

    certificate = on(certificate, dayAfter(days), 'RenewalFiled', { filedOn: dayAfter(days) });
    for (const count of [1, 2, 3, 4]) expect(sweep(dayAfter(days + count))).toBeNull();
    const takenBackOn = dayAfter(days + 5);
    certificate = on(certificate, takenBackOn, 'RenewalFilingTakenBack', { filedOn: dayAfter(days), reason: '誤り' });
    const open = deadline();
    expect(open && nextReminderOn(open, ladder, ledger)).toBe(takenBackOn);
    for (const count of [5, 6, 7])
      expect(sweep(dayAfter(days + count))).toMatch(new RegExp(`^(?:application-)?overdue\\+${days + count - 1}d$`));
  });
});
