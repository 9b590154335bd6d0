import { localDateOf } from '@app/calendar';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import type { UserRole } from '@app/http';
import { officersNow, organisationOn } from '@app/officers';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { taskList, taskView } from '../contract';
import { rowsOf, type DisclosureRow } from '../disclosures/disclosure-projection';
import { revisionViewOf, type RevisionView } from '../disclosures/revision-view';

type Task = z.infer<typeof taskView>;

/** 私の作業: what waits for this person, the longest waiting first. */
export class MyTasks extends Query<z.infer<typeof taskList>> {
  constructor(
    readonly by: { readonly id: string },
    readonly roles: readonly UserRole[],
  ) {
    super();
  }
}

@QueryHandler(MyTasks)
export class MyTasksHandler implements IQueryHandler<MyTasks> {
  constructor(
    private readonly db: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async execute({ by, roles }: MyTasks): Promise<z.infer<typeof taskList>> {
    const today = localDateOf(this.now().toISOString());
    const [rows, register] = await Promise.all([rowsOf(this.db), officersNow(this.store)]);
    const tasks = rows.flatMap((row) => {
      const task = taskOf(
        row,
        revisionViewOf(row.state, { by, today, organisation: organisationOn(register, row.state.id, today) }),
        roles.includes('drafter'),
      );
      return task ? [task] : [];
    });
    return { tasks: tasks.sort((one, other) => one.since.localeCompare(other.since)) };
  }
}

/** What a disclosure asks of somebody, if anything. Drafting and publishing are every drafter's. */
export const taskOf = (
  { state, since }: Pick<DisclosureRow, 'state' | 'since'>,
  revision: RevisionView,
  isDrafter: boolean,
): Task | null => {
  if (revision.status === 'none') return null;
  const task = { disclosureId: state.id, serviceName: state.serviceName, editionNumber: revision.editionNumber, since };
  if (revision.youMaySign) return { ...task, kind: 'sign', note: `${revision.submittedBy?.name ?? ''}さんが提出` };
  if (!isDrafter) return null;
  switch (revision.status) {
    case 'drafting':
      return revision.returned
        ? { ...task, kind: 'returned', note: `${revision.returned.by.name}さん：${revision.returned.reason}` }
        : { ...task, kind: 'draft', note: '' };
    case 'approved':
      return revision.schedule ? null : { ...task, kind: 'publish', note: '' };
    case 'inReview':
      return null;
  }
};
