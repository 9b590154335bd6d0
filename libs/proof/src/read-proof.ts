import type { EventStore } from '@app/event-sourcing';
import { firstTimeStamp, recordedKeys, sealedPlaces, sealStatements } from '@app/sealing';
import type { DataSource } from 'typeorm';
import type { PrintedEdition } from './edition';
import { eventsToProve, makeProof } from './make-proof';
import type { Proof } from './proof';

/**
 * The proof of an edition from the log and its seals; null while a seal is missing. Of the seals after the one of its publication
 * the next `further` go with it: with 0, the same edition has the same proof at any time, but for the time stamp that it has once there is one.
 */
export const readProof = async (
  { store, dataSource }: { readonly store: EventStore; readonly dataSource: DataSource },
  edition: PrintedEdition,
  further: number,
): Promise<Proof | null> => {
  const history = await store.read(`disclosure-${edition.disclosureId}`);
  const events = eventsToProve(history, edition);
  if (events.length === 0) return null;
  const places = (await sealedPlaces(dataSource, events)).filter((place) => place !== null);
  if (places.length < events.length) return null;
  const batches = [...new Set(places.map(({ batch }) => batch))];
  const seals = await sealStatements(dataSource, batches, further);
  const timeStamp = await firstTimeStamp(dataSource, {
    from: Math.max(...batches),
    until: seals.at(-1)?.batch ?? 0,
  });
  return makeProof({ edition, history, events, places, seals, keys: await recordedKeys(dataSource), timeStamp });
};
