import { MemoryEventStore, type StreamName } from '@app/event-sourcing';
import { identityMigrations } from '@app/identity';
import { mailMigrations } from '@app/mail';
import { officerCodec, OFFICERS_STREAM, type OfficerEvent } from '@app/officers';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { disclosureCodec } from '../disclosure.codec';
import { disclosureMigrations } from '../disclosure.migrations';
import type { DisclosureEvent } from '../domain/disclosure';
import {
  approvalSigned,
  approvalStep,
  approvedBy,
  at,
  colleague,
  completed,
  drafter,
  inReview,
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
const inOffice: OfficerEvent = {
  type: 'OfficerAppointed',
  data: {
    ...{ role: 'privacyOfficer', userId: privacy.id, name: privacy.name, department: '管理本部', title: '法務部長' },
    ...{ from: '2029-04-01', by: drafter, at },
  },
};
const postReview = step({ signatories: [{ kind: 'people', people: [reader] }], meaning: 'postReview' });
const approvedForReader: readonly DisclosureEvent[] = [
  ...ready,
  submittedWith(route({ steps: [step(), approvalStep(), postReview] })),
  ...[reviewSigned, completed(0, privacy), approvalSigned, completed(1, management), approvedBy(management)],
];

describe('the mails of a review', () => {
  let database: TestDatabase;
  beforeAll(
    async () =>
      (database = await createTestDatabase([...identityMigrations, ...mailMigrations, ...disclosureMigrations])),
  );
  afterAll(() => database?.close());

  /** The mails of events of one type, as a worker writes them that takes them in only after all of these. */
  const mailsOf = async (
    id: string,
    events: readonly DisclosureEvent[],
    of: DisclosureEvent['type'] = 'RevisionApproved',
  ) => {
    const store = new MemoryEventStore();
    const stream: StreamName = `disclosure-${id}`;
    const metadata = { actor: drafter, recordedAt: at, correlationId: 'c', causationId: 'c' };
    await store.append(OFFICERS_STREAM, 'no-stream', [
      { id: `${id}-office`, ...officerCodec.encode(inOffice), metadata },
    ]);
    await store.append(
      stream,
      'no-stream',
      events.map((event, index) => ({ id: `${id}-${index}`, ...disclosureCodec.encode(event), metadata })),
    );
    const taken = (await store.read(stream)).filter(({ type }) => type === of);
    const mails = reviewMails({
      store,
      accountsOf: async (_, ids) => ids.map((each) => ({ id: each, name: each, address: `${each}@example.jp` })),
      publicUrl: 'https://kaijisho.example.jp',
    });
    return database.dataSource.transaction(async (tx) => {
      await tx.query('delete from outgoing_mail');
      await mails.apply(taken, tx);
      return tx.query<{ subject: string; recipient_address: string; text: string }[]>(
        'select * from outgoing_mail order by subject, recipient_address',
      );
    });
  };
  const askedOf = (mails: readonly { subject: string }[]) =>
    mails.filter(({ subject }) => subject.startsWith('【後閲のお願い】'));

  describe('of 後閲', () => {
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

  describe('of who wrote one thing and who submitted another', () => {
    const bySubmitter = { ...submittedWith(), data: { ...submittedWith().data, by: colleague } } as DisclosureEvent;
    const to = (mails: readonly { recipient_address: string }[]) =>
      mails.map(({ recipient_address: address }) => address.split('@')[0]);

    it('tell both that it comes back', async () => {
      const returned: DisclosureEvent = {
        type: 'ReturnedForChanges',
        data: { revisionId: 'r3', step: 0, reason: '記載漏れ', by: privacy, at },
      };
      expect(to(await mailsOf('d11', [...ready, bySubmitter, returned], 'ReturnedForChanges'))).toEqual([
        colleague.id,
        drafter.id,
      ]);
    });

    it('tell both that it was rejected, and whoever else was asked to sign', async () => {
      const rejected: DisclosureEvent = {
        type: 'Rejected',
        data: { revisionId: 'r3', reason: '不要', by: management, at },
      };
      expect(to(await mailsOf('d12', [...ready, bySubmitter, rejected], 'Rejected'))).toEqual([
        ...[colleague.id, drafter.id, privacy.id],
      ]);
    });
  });

  describe('of what is not wanted any more', () => {
    const recalled: DisclosureEvent = { type: 'Recalled', data: { revisionId: 'r3', by: drafter, at } };
    const withdrawn = (by = drafter, reason?: string): DisclosureEvent => ({
      type: 'Withdrawn',
      data: { revisionId: 'r3', by, at, ...(reason === undefined ? {} : { reason }) },
    });
    const told = (mails: readonly { subject: string; recipient_address: string }[]) =>
      mails.map(({ subject, recipient_address: to }) => `${subject.slice(0, 5)} ${to.split('@')[0]}`);

    it('tell whoever was asked to sign that the submission was taken back', async () => {
      const mails = await mailsOf('d4', [...inReview, recalled], 'Recalled');
      expect(told(mails)).toEqual([`【引戻し】 ${privacy.id}`]);
      expect(mails[0]?.text).toContain('いまは必要ありません');
    });

    it('are not written when it was submitted again before a worker came to it', async () =>
      expect(await mailsOf('d5', [...inReview, recalled, submittedWith()], 'Recalled')).toEqual([]));

    it('ask once when it was submitted again before a worker came to it', async () => {
      const mails = await mailsOf('d10', [...inReview, recalled, submittedWith()], 'SubmittedForReview');
      expect(told(mails)).toEqual([`【審査依頼 ${privacy.id}`]);
    });

    it('tell whoever was asked, and who wrote, that it was withdrawn, with the reason if there is one', async () => {
      expect(told(await mailsOf('d6', [...inReview, withdrawn()], 'Withdrawn'))).toEqual([`【取下げ】 ${privacy.id}`]);
      const byAdministrator = await mailsOf('d7', [...inReview, withdrawn(management, '提出者の退職')], 'Withdrawn');
      expect(told(byAdministrator)).toEqual([`【取下げ】 ${drafter.id}`, `【取下げ】 ${privacy.id}`]);
      expect(byAdministrator[0]?.text).toContain('理由：提出者の退職');
    });

    it('tell whoever was asked for 後閲, and nobody else but who wrote', async () => {
      expect(told(await mailsOf('d8', [...approvedForReader, withdrawn()], 'Withdrawn'))).toEqual([
        `【取下げ】 ${reader.id}`,
      ]);
      expect(await mailsOf('d9', [...ready, withdrawn()], 'Withdrawn')).toEqual([]);
    });
  });
});
