import { currentState, type EventStore, type StreamName } from '@app/event-sourcing';
import { evolve, initialState, type OfficerRegister } from './domain/register';
import { officerCodec } from './officer.codec';

/** One company per installation. */
export const OFFICERS_STREAM: StreamName = 'organization-company';

/** The register from the log itself, so that signing never depends on a read model that lags. */
export const officersNow = (store: EventStore): Promise<OfficerRegister> =>
  currentState(store, { initialState, evolve }, officerCodec, OFFICERS_STREAM);

/** The register as it was known at an instant: without what was recorded later, from whatever day on it holds. */
export const officersKnownAt = async (store: EventStore, at: string): Promise<OfficerRegister> =>
  (await store.read(OFFICERS_STREAM))
    .filter(({ metadata }) => metadata.recordedAt <= at)
    .map((stored) => officerCodec.decode(stored))
    .reduce(evolve, initialState);
