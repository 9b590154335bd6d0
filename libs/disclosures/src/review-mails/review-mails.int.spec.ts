import { MemoryEventStore, type StreamName } from '@app/event-sourcing';
import { identityMigrations } from '@app/identity';
import { mailMigrations } from '@app/mail';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { disclosureCodec } from '../disclosure.codec';
import { disclosureMigrations } from '../disclosure.migrations';
import type { DisclosureEvent } from '../domain/disclosure';
import {
  approvalSigned,
  approvalStep,
  approvedBy,
  at,
  completed,
  drafter,
  management,
  privacy,
  publishedEvent,
  ready,
  reviewSigned,
  route,
  step,
  submittedWith,
} from '../domain/examples';
import { reviewMails } from './review-mails';

const reader = { id: '0190a3b2-7c1e-7d3a-9f10-000000000001', name: '後閲 六郎' };
const postReview = step({ signatories: [{ kind: 'people', people: [reader] }], meaning: 'postReview' });
const approvedForReader: readonly DisclosureEvent[] = [
  ...ready,
  submittedWith(route({ steps: [step(), approvalStep(), postReview] })),
  ...[reviewSigned, completed(0, privacy), approvalSigned, completed(1, management), approvedBy(management)],
];

describe('who is asked for 後閲', () => {
  let database: TestDatabase;
  beforeAll(
    async () =>
      (database = await createTestDatabase([...identityMigrations, ...mailMigrations, ...disclosureMigrations])),
  );
  afterAll(() => database?.close());

  /** The mails of the approval, as a worker writes them that takes it in only after all these events. */
  const mailsOf = async (id: string, events: readonly DisclosureEvent[]) => {
    const store = new MemoryEventStore();
    const stream: StreamName = `disclosure-${id}`;
    const metadata = { actor: drafter, recordedAt: at, correlationId: 'c', causationId: 'c' };
    await store.append(
      stream,
      'no-stream',
      events.map((event, index) => ({ id: `${id}-${index}`, ...disclosureCodec.encode(event), metadata })),
    );
    const taken = (await store.read(stream)).filter(({ type }) => type === 'RevisionApproved');
    const mails = reviewMails({
      store,
      accountsOf: async (_, ids) => ids.map((each) => ({ id: each, name: each, address: `${each}@example.jp` })),
      publicUrl: 'https://kaijisho.example.jp',
    });
    return database.dataSource.transaction(async (tx) => {
      await tx.query('delete from outgoing_mail');
      await mails.apply(taken, tx);
      return tx.query<{ subject: string; to_address: string; text: string }[]>(
        'select * from outgoing_mail order by subject',
      );
    });
  };
  const askedOf = (mails: readonly { subject: string }[]) =>
    mails.filter(({ subject }) => subject.startsWith('【後閲のお願い】'));

  it('is asked when the revision is approved', async () => {
    const mails = await mailsOf('d1', approvedForReader);
    expect(askedOf(mails)).toHaveLength(1);
    expect(mails.map(({ subject }) => subject.slice(0, 6))).toContain('【承認済み】');
  });

  it('is asked also when it was published before a worker came to it, and is led to the edition', async () => {
    const mails = await mailsOf('d2', [...approvedForReader, publishedEvent]);
    expect(mails).toHaveLength(1);
    expect(askedOf(mails)).toHaveLength(1);
    expect(JSON.stringify(mails)).toContain('/disclosures/d1/editions/3');
  });

  it('is not asked for what was returned meanwhile', async () => {
    const returned: DisclosureEvent = {
      type: 'ReturnedForChanges',
      data: { revisionId: 'r3', step: 1, reason: '記載漏れ', by: management, at },
    };
    expect(await mailsOf('d3', [...approvedForReader, returned])).toEqual([]);
  });
});
