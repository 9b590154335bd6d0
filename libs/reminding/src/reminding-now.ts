import { currentState, type EventStore, type StreamName } from '@app/event-sourcing';
import { evolve, initialState, type Reminding } from './domain/reminding';
import { remindingCodec } from './reminding.codec';

/** One company per installation. */
export const REMINDING_STREAM: StreamName = 'reminding-company';

/** Ladders, kinds of certificates and quiet hours from the log itself. */
export const remindingNow = (store: EventStore): Promise<Reminding> =>
  currentState(store, { initialState, evolve }, remindingCodec, REMINDING_STREAM);
