import { enqueueMail } from '@app/mail';
import type { DataSource } from 'typeorm';
import type { MailServer } from './mail-server';

/** Puts `count` mails into the outbox, as a projection does. Answers their subjects, all different. */
export const writeMails = async (dataSource: DataSource, count: number): Promise<readonly string[]> => {
  const ids = Array.from({ length: count }, (_, number) => `faults/${number}`);
  await dataSource.transaction(async (tx) => {
    for (const id of ids) {
      const to = { name: '受取 人', address: 'recipient@example.jp' };
      const mail = { id, kind: 'faults', to, subject: subjectOf(id), text: '本文', html: '<p>本文</p>' };
      await enqueueMail(tx, mail, new Date());
    }
  });
  return ids.map(subjectOf);
};

const subjectOf = (id: string): string => `お知らせ ${id}`;

/** Waits until the outbox has nothing left to do. */
export const untilAllAreSent = async (dataSource: DataSource, patienceMs = 30_000): Promise<void> => {
  for (const deadline = Date.now() + patienceMs; (await openMails(dataSource)) > 0;) {
    if (Date.now() > deadline) throw new Error(`${await openMails(dataSource)} mails still wait in the outbox`);
    await new Promise((wait) => setTimeout(wait, 50));
  }
};

const openMails = async (dataSource: DataSource): Promise<number> => {
  const [row] = await dataSource.query<[{ open: number }]>(
    `select count(*)::int as open from outgoing_mail where reported_at is null`,
  );
  return row.open;
};

export type Arrival = { readonly copies: number; readonly messageIds: ReadonlySet<string | undefined> };

/** How often each mail arrived, by subject, and under which Message-IDs. */
export const arrivals = ({ mails }: MailServer): ReadonlyMap<string, Arrival> => {
  const bySubject = new Map<string, Arrival>();
  for (const { subject = '', messageId } of mails) {
    const { copies, messageIds } = bySubject.get(subject) ?? { copies: 0, messageIds: [] };
    bySubject.set(subject, { copies: copies + 1, messageIds: new Set([...messageIds, messageId]) });
  }
  return bySubject;
};

/** The ids of the mails that a worker has begun and not said to be sent: of these alone an answer may have been lost. */
export const underWay = async (dataSource: DataSource): Promise<readonly string[]> => {
  const rows = await dataSource.query<{ id: string }[]>(`select id from outgoing_mail where status = 'sending'`);
  return rows.map(({ id }) => id);
};

/** How often each mail arrived, by its id in the outbox. Each has to be known there by its Message-ID. */
export const copiesOf = async (
  dataSource: DataSource,
  { mails }: Pick<MailServer, 'mails'>,
): Promise<ReadonlyMap<string, number>> => {
  const rows = await dataSource.query<{ id: string; messageId: string }[]>(
    `select id, message_id as "messageId" from outgoing_mail where message_id is not null`,
  );
  const ids = new Map(rows.map(({ id, messageId }) => [messageId, id]));
  const copies = new Map<string, number>();
  for (const { subject, messageId } of mails) {
    const id = ids.get(messageId ?? '');
    if (id === undefined) throw new Error(`The outbox knows no mail ${messageId} (${subject})`);
    copies.set(id, (copies.get(id) ?? 0) + 1);
  }
  return copies;
};

/** The mails of which more copies arrived than answers can have been lost, in words. */
export const needlessCopies = (
  copies: ReadonlyMap<string, number>,
  /** How often each was under way when a process died; absent: never. */
  answersLost: ReadonlyMap<string, number>,
): readonly string[] =>
  [...copies].flatMap(([id, count]) => {
    const most = 1 + (answersLost.get(id) ?? 0);
    return count > most ? [`${id}: ${count} copies, at most ${most}`] : [];
  });
