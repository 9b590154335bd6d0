import { localDateOf } from '@app/calendar';
import { handle, SYSTEM, type EventStore } from '@app/event-sourcing';
import { v7 as newId } from 'uuid';
import { disclosureCodec } from '../disclosure.codec';
import { disclosureDecider } from '../domain/disclosure.decider';
import { isInReview, stepIsComplete } from '../domain/review';
import { organisationNow, stateOf } from '../review-decisions';

/**
 * Records that the waiting step is complete, when the last one missing in it has left the office: nobody signs any more, so
 * nobody else would. In the product's own name, with who was asked on that day in the event; it signs nothing.
 */
export const completeWhereOthersLeft = async (store: EventStore, disclosureId: string, now: Date): Promise<void> => {
  const stream = `disclosure-${disclosureId}` as const;
  const at = now.toISOString();
  const state = stateOf(await store.read(stream));
  if (state.status !== 'Registered' || !isInReview(state)) return;
  const organisation = await organisationNow(store, disclosureId, at);
  if (!stepIsComplete(state, organisation, localDateOf(at))) return;
  const correlationId = newId();
  await handle(
    { store, decider: disclosureDecider, codec: disclosureCodec, newId },
    {
      stream,
      // Whatever happened meanwhile is the decider's to see: then it is refused, and the next sweep looks again.
      command: { type: 'CompleteStep', step: state.revision.step, organisation, by: SYSTEM, at },
      metadata: { actor: SYSTEM, recordedAt: at, correlationId, causationId: correlationId },
    },
  );
};
