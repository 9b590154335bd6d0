import { codecOf } from '@app/event-sourcing';
import { z } from 'zod';
import type { ReaderEvent } from './domain/reader';

const by = { by: z.object({ id: z.string().min(1), name: z.string() }), at: z.iso.datetime() };
const named = { readerId: z.string().min(1), disclosureId: z.string().min(1), hospital: z.string().min(1) };
const number = z.number().int().positive();

/** Stored JSON to and from the events of `reader-{id}`. No schema has room for a mail address. */
export const readerCodec = codecOf<ReaderEvent>('reader', {
  ReaderInvited: z.strictObject({ ...by, ...named }),
  ReaderFollowed: z.strictObject({ ...by, ...named }),
  EditionDelivered: z.strictObject({ ...by, number }),
  EditionAcknowledged: z.strictObject({
    ...by,
    number,
    contentHash: z.string().regex(/^[0-9a-f]{64}$/),
    since: number.nullable(),
  }),
  Unfollowed: z.strictObject(by),
});
