import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { lifeOf, stateAfter } from '../as-of/life';
import type { draftedRowView } from '../as-of/time-machine.contract';
import { draftedRow } from './draft-history';

/** The next row of 改訂履歴 as a draft; null when no revision is open. */
export class DraftNextRow extends Query<z.infer<typeof draftedRowView> | null> {
  constructor(readonly disclosureId: string) {
    super();
  }
}

@QueryHandler(DraftNextRow)
export class DraftNextRowHandler implements IQueryHandler<DraftNextRow> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ disclosureId }: DraftNextRow): Promise<z.infer<typeof draftedRowView> | null> {
    const life = await lifeOf(this.store, disclosureId);
    const state = stateAfter(life, life.length);
    if (state.status !== 'Registered' || state.revision.status === 'none') return null;
    const { historyText, lines } = draftedRow(state.editions.at(-1)?.parts ?? [], state.parts, state.revision.causes);
    return { historyText, lines: [...lines] };
  }
}
