import type { Queryable } from '@app/database';
import type { StoredEvent } from '@app/event-sourcing';
import { inclusionProof } from './merkle';
import { bytesOf, type Seal } from './seal';
import { sealsHolding, sealsWithoutLeaves } from './seal-rows';

/** What a seal says, without the list of what it vouches for: enough to check its chain hash and its signature. */
export type SealStatement = Omit<Seal, 'leaves'>;

/** Where a seal vouches for an event: as its leaf `index` (from 0), by the audit path of RFC 6962 §2.1.1 (hex, from the bottom up). */
export type SealedPlace = { readonly batch: number; readonly index: number; readonly path: readonly string[] };

/** For each event the place where it is sealed, in the order asked; null for one that no seal vouches for yet. */
export const sealedPlaces = async (
  db: Queryable,
  events: readonly Pick<StoredEvent, 'hash' | 'position'>[],
): Promise<readonly (SealedPlace | null)[]> => {
  const seals = await sealsHolding(
    db,
    events.map(({ position }) => position),
  );
  return events.map(({ hash, position }) => {
    const seal = seals.find(({ first, last }) => first <= position && position <= last);
    const index = seal?.leaves.indexOf(hash) ?? -1;
    if (!seal || index === -1) return null;
    const path = inclusionProof(seal.leaves.map(bytesOf), index).map((node) => node.toString('hex'));
    return { batch: seal.batch, index, path };
  });
};

/**
 * The seals of those numbers, and those that lead from the last of them towards the newest one, at most `further` more: so that
 * a head that somebody kept soon afterwards can be compared. Oldest first.
 */
export const sealStatements = async (
  db: Queryable,
  batches: readonly number[],
  further: number,
): Promise<readonly SealStatement[]> => sealsWithoutLeaves(db, batches, Math.max(0, ...batches) + further);
