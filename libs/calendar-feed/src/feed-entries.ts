import { localDateOf, type LocalDate } from '@app/calendar';
import { allCertificates, certificateStream } from '@app/certificates';
import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { certificateRecipients } from '@app/reminders';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CalendarEntry } from './calendar';
import type { Owner } from './feed-addresses';

/** What falls due, for one person or for everybody. */
@Injectable()
export class FeedEntries {
  constructor(
    private readonly database: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async of(owner: Owner, now: Date): Promise<readonly CalendarEntry[]> {
    const today: LocalDate = localDateOf(now);
    if (owner !== null && !(await certificateRecipients(this.store, this.database)(today)).includes(owner)) return [];
    return (await allCertificates(this.database))
      .filter(({ withdrawn }) => withdrawn === null)
      .map(({ id, name, terms: [{ number, body, validUntil, recordedAt }] }) => ({
        id: `${certificateStream(id)}:renewal`,
        dueOn: validUntil,
        knownOn: localDateOf(recordedAt),
        title: `${name}：有効期限`,
        description: `登録番号 ${number}、審査登録機関 ${body}`,
        path: `/certificates/${id}`,
      }));
  }
}
