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
