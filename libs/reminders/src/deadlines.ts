import { addMonths, compare, daysBetween, localDateOf, type LocalDate } from '@app/calendar';
import { allCertificates, certificateStream } from '@app/certificates';
import { CLOCK, type Clock } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { deadlinesView } from './contract';
import { renewalLadder } from './domain/ladder';
import { allReminders, recordedUntil } from './ledger';
import { plan, type PlannedReminder } from './plan';

/** What `kaijisho reminders plan` prints: the plan over the registers and the ledger as they are. */
export const remindersPlan = async (
  dataSource: DataSource,
  asOf: LocalDate,
  until: LocalDate = addMonths(asOf, 12),
): Promise<readonly PlannedReminder[]> => {
  const wasDue = recordedUntil(await allReminders(dataSource), asOf);
  return plan(await allCertificates(dataSource), renewalLadder, asOf, until, wasDue);
};

/** Twelve months from today. */
export class ListDeadlines extends Query<z.infer<typeof deadlinesView>> {}

@QueryHandler(ListDeadlines)
export class ListDeadlinesHandler implements IQueryHandler<ListDeadlines> {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(): Promise<z.infer<typeof deadlinesView>> {
    const today = localDateOf(this.clock());
    const until = addMonths(today, 12);
    const certificates = await allCertificates(this.dataSource);
    const wasDue = recordedUntil(await allReminders(this.dataSource), today);
    const planned = plan(certificates, renewalLadder, today, until, wasDue);
    const deadlines = certificates
      .filter(({ withdrawn }) => withdrawn === null)
      .map(({ id, kind, name, citedBy, terms: [{ number, validUntil }] }) => ({
        subject: certificateStream(id),
        certificate: { certificateId: id, kind, name, number },
        citedBy: [...citedBy],
        dueOn: validUntil,
        daysLeft: daysBetween(today, validUntil),
        overdue: validUntil < today,
        rungs: planned
          .filter(({ certificate }) => certificate.certificateId === id)
          .map(({ rungId, rung, label, sendOn }) => ({ rungId, rung, label, sendOn })),
      }))
      .filter(({ dueOn, rungs }) => dueOn <= until || rungs.length > 0)
      .sort((a, b) => compare(a.dueOn, b.dueOn) || compare(a.subject, b.subject));
    return { from: today, until, deadlines };
  }
}
