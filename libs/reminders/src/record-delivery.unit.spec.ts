import { handle, MemoryEventStore, SYSTEM } from '@app/event-sourcing';
import type { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import { reminderDecider } from './domain/reminder.decider';
import { recordDelivery } from './record-delivery';
import { reminderCodec } from './reminder.codec';
import { reminderMailId, reminderStream } from './reminder-stream';

const subject = 'certificate-c1';
const rungId = `${subject}:2030-06-30:60d`;
const at = '2030-05-01T00:00:00.000Z';
const mail = {
  id: reminderMailId(rungId, 'u1'),
  kind: 'reminder',
  to: { name: '起草 花子', address: 'hanako@example.jp' },
  subject: '期限',
  attempts: 1,
  refusals: 0,
  createdAt: at,
  messageId: '<m1@example.jp>',
};

/** Asked only whom a failure escalates to: nobody. */
const dataSource = { query: async () => [] } as unknown as DataSource;

const remembered = async () => {
  const store = new MemoryEventStore();
  await handle(
    { store, decider: reminderDecider, codec: reminderCodec, newId },
    {
      stream: reminderStream(subject),
      command: {
        type: 'Remind',
        deadline: { subject, matter: 'renewal', ladder: 'isms', dueOn: '2030-06-30', knownOn: '2029-01-01' },
        about: { title: 'ISMS認証', detail: '', path: '/certificates/c1', citedBy: [] },
        on: '2030-05-01',
        latest: { rungId, rung: '60d', label: '60日前', sendOn: '2030-05-01' },
        ...{ earlier: [], missed: false },
        recipients: ['u1'],
        at,
      },
      metadata: { actor: SYSTEM, recordedAt: at, correlationId: 'spec', causationId: 'spec' },
    },
  );
  return store;
};

describe('the ledger of what a mail server answered', () => {
  it('keeps the Message-ID and the words of the server, but no mail address: nobody could erase it again', async () => {
    const store = await remembered();
    const smtpAnswer = '250 2.1.5 <hanako@example.jp>... queued as 4F2A for hanako@example.jp';
    await recordDelivery({ store, dataSource })([{ ...mail, status: 'sent', sentAt: at, smtpAnswer, lastError: null }]);
    expect((await store.read(reminderStream(subject))).at(-1)?.data).toMatchObject({
      messageId: '<m1@example.jp>',
      smtpAnswer: '250 2.1.5 <…>... queued as 4F2A for …',
    });
  });

  it('keeps no mail address of a failure either', async () => {
    const store = await remembered();
    const lastError = "Can't send mail: 550 5.1.1 <hanako@example.jp>: Recipient address rejected";
    const failed = { ...mail, status: 'failed', sentAt: null, smtpAnswer: null, lastError } as const;
    await recordDelivery({ store, dataSource, clock: () => new Date(at) })([failed]);
    expect((await store.read(reminderStream(subject))).at(-2)?.data).toMatchObject({
      reason: "Can't send mail: 550 5.1.1 <…>: Recipient address rejected",
    });
  });
});
