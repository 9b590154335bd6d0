import { addDays, compare, localDateOf } from '@app/calendar';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import type { RequestWithSession } from '@app/http';
import { accountsOf, dailyReaders } from '@app/identity';
import { remindingNow, stepOf } from '@app/reminding';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { subjectsToLookAt } from './agenda';
import { citationLabelsIn } from './citation-labels';
import type { nextMails } from './contract';
import { isMain } from './domain/reminder';
import { planOf, type Planned } from './plan';
import { recipientsOn } from './recipients';
import { reminderMail } from './reminder-mails';
import { inWords } from './subjects';

/** So many are shown; what comes later is not rendered. */
const MOST = 100;

/** The mails of the next days as they will be sent, rendered. */
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
    const now = this.clock();
    const from = localDateOf(now);
    const until = addDays(from, days);
    const reminding = await remindingNow(this.store);
    const rows = await subjectsToLookAt(this.dataSource, until, { limit: 2 * MOST });
    const all = rows
      .flatMap(({ subject, state, ledger }) =>
        planOf(subject, { state, ledger }, reminding, from, until).map((planned) => ({ ...planned, state })),
      )
      .sort((a, b) => compare(a.rung.sendOn, b.rung.sendOn) || compare(a.rung.rungId, b.rung.rungId));
    const recipientsOf = recipientsOn(this.store, this.dataSource, from);
    const labelsOf = citationLabelsIn(this.store);
    const mails: z.infer<typeof nextMails>['mails'] = [];
    for (const { state, ...planned } of all.slice(0, MOST)) {
      const words = inWords(planned.deadline, state);
      if (words === null) continue;
      const ids = await recipientsOf(stepOf(planned.ladder, planned.rung.rung).to, words.responsible);
      const accounts = await accountsOf(this.dataSource, ids);
      const daily = await dailyReaders(this.dataSource, ids);
      const recipients = ids.flatMap((id) => accounts.find((account) => account.id === id) ?? []);
      const labels = await labelsOf(words.citedBy);
      const citedBy = words.citedBy.map((each, index) => ({ ...each, label: labels[index] ?? each.itemKey }));
      const { title, detail, path } = words;
      mails.push(rendered(planned, { title, detail, path, citedBy }, recipients, daily, now, publicUrl));
    }
    return { from, until, mails, more: all.length > MOST };
  }
}

const rendered = (
  { deadline, rung, earlier }: Planned,
  about: Parameters<typeof reminderMail>[0]['about'],
  recipients: readonly { readonly id: string; readonly name: string; readonly address: string }[],
  daily: ReadonlySet<string>,
  now: Date,
  publicUrl: string,
): z.infer<typeof nextMails>['mails'][number] => {
  const { subject, matter, part, dueOn } = deadline;
  const { rungId, sendOn } = rung;
  const due = {
    ...{ ...rung, subject, part, about, dueOn, on: sendOn, collapsed: earlier, recipients: [], at: now.toISOString() },
    ...(isMain(matter) ? {} : { matter }),
  };
  const [to = { id: 'nobody', name: '（送り先がありません）', address: 'nobody@localhost' }] = recipients;
  const mail = reminderMail(due, to, publicUrl);
  return {
    ...{ rungId, rung: rung.rung, label: rung.label, sendOn, subject, matter, part: part?.text ?? null, dueOn },
    about: { title: about.title, detail: about.detail, path: about.path },
    recipients: recipients.map(({ id, name }) => ({ userId: id, name, daily: daily.has(id) })),
    mail: { subject: mail.subject, text: mail.text, html: mail.html },
  };
};
