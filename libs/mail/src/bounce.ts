import { createHash } from 'node:crypto';
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import type { DataSource } from 'typeorm';
import { afterRefusal } from './deliver';
import { oneLine } from './outbox';

/** A mail that a mail server had taken came back: a delivery status notification (RFC 3464) says that it was given up. */
export type Bounce = {
  /** That of the notification itself, so that one that is read twice counts once. */
  readonly id: string;
  /** That of the mail that came back, with angle brackets. */
  readonly messageId: string;
  /** What the remote mail server said. */
  readonly reason: string;
};

/** `notABounce`: no delivery status notification. `notGivenUp`: it is one, but the mail may still arrive, or has. `noMessageId`: of which mail it does not say. */
export class BounceUnreadable extends Error {
  override readonly name = 'BounceUnreadable';
  constructor(readonly why: 'notABounce' | 'notGivenUp' | 'noMessageId') {
    super(why);
  }
}

/** @throws {BounceUnreadable} */
export const readBounce = async (raw: Uint8Array): Promise<Bounce> => {
  const mail = await parsed(raw);
  const status = partOf(mail, /^message\/(global-)?delivery-status$/);
  if (mail === null || status === null) throw new BounceUnreadable('notABounce');
  const [ofMail, ...ofRecipients] = status.split(/(?:\r?\n){2,}/).map(fieldsOf);
  const failed = [...(ofMail ? [ofMail] : []), ...ofRecipients].find(
    (fields) => fields.get('action')?.toLowerCase() === 'failed',
  );
  if (failed === undefined) throw new BounceUnreadable('notGivenUp');

  const returned = partOf(mail, /^(message\/(rfc822|global|global-headers)|text\/rfc822-headers)$/);
  const original = returned === null ? null : await parsed(new TextEncoder().encode(returned));
  const messageId = [original?.messageId, mail.inReplyTo, mail.references].flatMap(
    (header) => /<[^<>\s]+>/.exec(header ?? '')?.[0] ?? [],
  )[0];
  if (messageId === undefined) throw new BounceUnreadable('noMessageId');
  const said = failed.get('diagnostic-code')?.replace(/^[\w-]+;\s*/, '') ?? failed.get('status') ?? '';
  return {
    id: mail.messageId ?? createHash('sha256').update(raw).digest('hex'),
    messageId,
    reason: oneLine(`Returned: ${said}`).slice(0, 1_000),
  };
};

const parsed = (raw: Uint8Array): Promise<Email | null> =>
  PostalMime.parse(raw, { attachmentEncoding: 'utf8', forceRfc822Attachments: true }).catch(() => null);

const partOf = (mail: Email | null, type: RegExp): string | null => {
  const part = mail?.attachments.find(({ mimeType }: Attachment) => type.test(mimeType));
  return typeof part?.content === 'string' ? part.content : null;
};

/** Header fields by their lower-case names; one that goes on in the next line is put together. */
const fieldsOf = (block: string): ReadonlyMap<string, string> =>
  new Map(
    block
      .replace(/\r?\n[ \t]+/g, ' ')
      .split(/\r?\n/)
      .flatMap((line) => {
        const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
        return name !== undefined && value !== undefined ? [[name.toLowerCase(), value.trim()] as const] : [];
      }),
  );

/** `again`: it will be tried again. `givenUp`: it had come back often enough. `known`: this was read before, or what it says is known otherwise. */
export type BounceRecorded = 'again' | 'givenUp' | 'known' | 'unknownMail';

/** As if the mail had been refused when it was sent. The worker tells those who keep ledgers. */
export const recordBounce = async (
  dataSource: DataSource,
  { id, messageId, reason }: Bounce,
  now: Date,
): Promise<BounceRecorded> => {
  const [[updated]]: [{ status: string }[], number] = await dataSource.query(
    `update outgoing_mail set ${afterRefusal},
       last_error = $2, bounces = bounces || $3::text, sent_at = null, smtp_answer = null,
       reported_at = null, claimed_at = null, due_at = $4
     where message_id = $1 and status = 'sent' and $3 <> all(bounces) returning status`,
    [messageId, reason, id, now],
  );
  if (updated) return updated.status === 'failed' ? 'givenUp' : 'again';
  const [known] = await dataSource.query<object[]>('select from outgoing_mail where message_id = $1', [messageId]);
  return known ? 'known' : 'unknownMail';
};
