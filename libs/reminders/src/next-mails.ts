import { addDays, compare, localDateOf } from '@app/calendar';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import type { RequestWithSession } from '@app/http';
import { accountsOf, dailyReaders } from '@app/identity';
import { remindingNow, stepOf } from '@app/reminding';
import { isOverdueRung } from '@app/reminding/domain/ladder';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { subjectsToLookAt } from './agenda';
import { citationLabelsIn } from './citation-labels';
import type { nextMail, nextMails } from './contract';
import { deadlineKey, type ReminderEvent } from './domain/reminder';
import { planOf, type Planned } from './plan';
import { recipientsOn } from './recipients';
import { dueOf, reminderMail } from './reminder-mails';
import { inWords } from './subjects';

/** So many are shown; what comes later is not rendered. */
const MOST = 100;

/** The mails of the next days as they will be sent, rendered; of what is overdue and said again and again the first. */
export class ListNextMails extends Query<z.infer<typeof nextMails>> {
  constructor(
    readonly days: number,
    /** Where the product is reached, without a slash at the end. */
    readonly publicUrl: string,
  ) {
    super();
  }
}

/** Where users reach the product: the address in links of mails. */
export const publicUrlOf = ({ publicUrl, protocol, headers }: RequestWithSession): string =>
  publicUrl ?? `${protocol}://${headers.host ?? 'localhost'}`;

@QueryHandler(ListNextMails)
export class ListNextMailsHandler implements IQueryHandler<ListNextMails> {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ days, publicUrl }: ListNextMails): Promise<z.infer<typeof nextMails>> {
    const from = localDateOf(this.clock());
    const until = addDays(from, days);
    const reminding = await remindingNow(this.store);
    const rows = await subjectsToLookAt(this.dataSource, until, { limit: 2 * MOST });
    const all = rows
      .flatMap(({ subject, state, ledger }) =>
        foldRepetitions(planOf(subject, { state, ledger }, reminding, from, until)).map((planned) => ({
          ...planned,
          state,
        })),
      )
      .sort((a, b) => compare(a.rung.sendOn, b.rung.sendOn) || compare(a.rung.rungId, b.rung.rungId));
    const recipientsOf = recipientsOn(this.store, this.dataSource, from);
    const labelsOf = citationLabelsIn(this.store);
    const mails: z.infer<typeof nextMail>[] = [];
    for (const { state, ...planned } of all.slice(0, MOST)) {
      const words = inWords(planned.deadline, state);
      if (words === null) continue;
      const { deadline, rung, escalation } = planned;
      const due = planned.due ?? (await dueOf(this.store, deadline.subject, rung.rungId));
      if (due === null) continue;
      const first = await recipientsOf(stepOf(planned.ladder, rung.rung).to, words.responsible);
      const told = planned.due ? first : due.recipients;
      const others = escalation && (await recipientsOf(escalation.to, words.responsible));
      const ids = others?.filter((id) => !told.includes(id)) ?? first;
      if (escalation && ids.length === 0) continue; // all of them have it already
      const accounts = await accountsOf(this.dataSource, ids);
      const daily = escalation ? new Set<string>() : await dailyReaders(this.dataSource, ids);
      const recipients = ids.flatMap((id) => accounts.find((account) => account.id === id) ?? []);
      const labels = await labelsOf(words.citedBy);
      const citedBy = words.citedBy.map((each, index) => ({ ...each, label: labels[index] ?? each.itemKey }));
      const { title, detail, path } = words;
      const about = planned.due ? { title, detail, path, citedBy } : due.about;
      mails.push(rendered(planned, { ...due, about }, recipients, daily, publicUrl));
    }
    return { from, until, mails, more: all.length > MOST };
  }
}

type Due = Extract<ReminderEvent, { type: 'ReminderDue' }>['data'];
type Folded = Planned & Pick<z.infer<typeof nextMail>, 'again'>;

/** What is overdue is said again and again in one subject line: the first of these mails stands for them. */
const foldRepetitions = (planned: readonly Planned[]): readonly Folded[] => {
  const series = new Map<string, [Planned, ...Planned[]]>();
  for (const each of planned) {
    const key = each.escalation
      ? `${each.rung.rungId} ${each.rung.sendOn}`
      : isOverdueRung(each.rung.rung)
        ? deadlineKey(each.deadline)
        : each.rung.rungId;
    const earlier = series.get(key);
    if (earlier) earlier.push(each);
    else series.set(key, [each]);
  }
  return [...series.values()].map(([first, ...repetitions]) => {
    const { overdueEveryDays, businessDays } = first.ladder;
    return {
      ...first,
      again:
        repetitions.length === 0 || overdueEveryDays === null
          ? null
          : {
              ...{ times: repetitions.length, everyDays: overdueEveryDays },
              businessDaysOnly: businessDays !== 'asIs',
            },
    };
  });
};

const rendered = (
  { deadline, rung, escalation, again }: Folded,
  due: Due,
  recipients: readonly { readonly id: string; readonly name: string; readonly address: string }[],
  daily: ReadonlySet<string>,
  publicUrl: string,
): z.infer<typeof nextMail> => {
  const { subject, matter, part, dueOn } = deadline;
  const [to = { id: 'nobody', name: '（送り先がありません）', address: 'nobody@localhost' }] = recipients;
  const { rungId, sendOn: on } = rung;
  const escalated = { rungId, cause: 'unacknowledged', recipients: [], on, at: '' } as const;
  const mail = reminderMail(due, to, publicUrl, escalation && escalated);
  const { title, detail, path } = due.about;
  return {
    ...{ ...rung, subject, matter, part: part?.text ?? null, dueOn, again },
    ...{ about: { title, detail, path }, escalation: escalation && 'unacknowledged' },
    recipients: recipients.map(({ id, name }) => ({ userId: id, name, daily: daily.has(id) })),
    mail: { subject: mail.subject, text: mail.text, html: mail.html },
  };
};
