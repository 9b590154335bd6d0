import { assertNever, SYSTEM } from '@app/event-sourcing';
import type { Queryable } from '@app/database';
import { readViews, viewProjection, type ReadModel, type View } from '@app/projections';
import type { z } from 'zod';
import type { readerView } from './contract';
import type { ReaderEvent } from './domain/reader';
import { allContacts } from './reader-contacts';
import { isReaderStream, readerIdOf, readerStream } from './reader-stream';
import { readerCodec } from './reader.codec';

export type ReaderView = z.infer<typeof readerView>;
type ReaderRow = Omit<ReaderView, 'address' | 'shown'>;

const NAME = 'readers.v2';

const readersView: View<ReaderEvent, ReaderRow> = {
  name: NAME,
  decode: (stored) => (isReaderStream(stored.stream) ? readerCodec.decode(stored) : undefined),
  keyOf: ({ stream }) => readerIdOf(stream),
  evolve: (row, event) => {
    const { at } = event.data;
    switch (event.type) {
      case 'ReaderInvited':
      case 'ReaderFollowed': {
        const { readerId: id, disclosureId, hospital } = event.data;
        const status = event.type === 'ReaderInvited' ? 'invited' : 'following';
        return { id, disclosureId, hospital, status, since: at, delivered: null, acknowledged: null };
      }
      case 'EditionDelivered':
        // Mails may arrive in another order than they were written.
        return row && { ...row, delivered: { number: Math.max(event.data.number, row.delivered?.number ?? 0), at } };
      case 'EditionAcknowledged':
        return row && { ...row, acknowledged: { number: event.data.number, at } };
      case 'Unfollowed':
        return row && { ...row, status: endOf(row, event.data.by.id), since: at };
      default:
        return assertNever(event);
    }
  },
};

/** Nobody has declined whom the vendor removed, and nobody left who never followed. */
const endOf = ({ id, status }: ReaderRow, by: string): ReaderRow['status'] => {
  if (status !== 'invited') return 'left';
  if (by === SYSTEM.id) return 'unanswered';
  return by === readerStream(id) ? 'declined' : 'left';
};

export const readersProjections: readonly ReadModel[] = [viewProjection(readersView)];

/** Every reader that there was, with the address of those who have not left, and what these were shown. */
export const allReaders = async (database: Queryable): Promise<readonly ReaderView[]> => {
  const [rows, contacts] = await Promise.all([readViews<ReaderRow>(database, NAME), allContacts(database)]);
  const contactOf = new Map(contacts.map((contact) => [contact.readerId, contact]));
  return rows.map((row) => {
    const { address = null, shownEdition: shown = null } = contactOf.get(row.id) ?? {};
    return { ...row, address, shown };
  });
};
