import { localDateOf, type Matter } from '@app/calendar';
import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { deadlinesConcerning } from '@app/reminders';
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
    const concerning = await deadlinesConcerning(
      { store: this.store, dataSource: this.database },
      localDateOf(now),
      owner,
    );
    return concerning.map(({ deadline: { subject, matter, part, dueOn, knownOn }, about }) => ({
      id: [subject, matter, ...(part ? [part.id] : [])].join(':'),
      ...{ dueOn, knownOn },
      title: `${about.title}：${part?.text ?? matters[matter]}`,
      description: about.detail,
      path: about.path,
    }));
  }
}

const matters: Record<Matter, string> = {
  renewal: '有効期限',
  application: '更新申請の期限',
  decision: '更新申請の結果の確認',
  surveillance: '維持審査の期限',
  renewalAudit: '更新審査の期限',
  audit: '実施期限',
  followUp: '対応期限',
};
