import { MemoryEventStore, type NewEvent } from '@app/event-sourcing';
import { identityMigrations } from '@app/identity';
import { mailMigrations } from '@app/mail';
import { officerCodec, OFFICERS_STREAM } from '@app/officers';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { activityProjection } from './activity/activity';
import { disclosureCodec } from './disclosure.codec';
import { disclosureMigrations } from './disclosure.migrations';
import { GetDisclosure, GetDisclosureHandler } from './disclosures/get-disclosure';
import { disclosuresProjection } from './disclosures/disclosure-projection';
import { decide } from './domain/disclosure.decider';
import {
  approvedBy,
  at,
  completed,
  contentHash,
  drafter,
  management,
  managementOffice,
  organisation,
  privacy,
  privacyOffice,
  publishedEvent,
  ready,
} from './domain/examples';
import { signatureRecordOf } from './record/signature-record';
import { stateOf } from './review-decisions';

type Stored = Omit<NewEvent, 'id' | 'metadata'>;
const golden = join(__dirname, '..', '..', '..', 'test', 'golden', 'stored', 'disclosure');

/** As the golden file of version 1 has it, key for key, with these values. */
const ofVersion1 = (type: 'SubmittedForReview' | 'StepSigned', data: object): Stored => {
  const file = JSON.parse(readFileSync(join(golden, `${type}.v1.json`), 'utf8')) as { data: object };
  expect(Object.keys(data).sort()).toEqual(Object.keys(file.data).sort());
  return { type, schemaVersion: 1, data };
};
const signedThen = (step: number, signer: typeof privacy, office: typeof privacyOffice | typeof managementOffice) =>
  ofVersion1('StepSigned', {
    ...{ revisionId: 'r3', by: signer, at },
    signature: {
      ...{ step, signer, officer: office, meaning: step === 0 ? 'review' : 'approval', contentHash, at },
      ...{ timeZone: 'Asia/Tokyo', reauthentication: 'password' },
    },
  });

describe('a review that was stored before there were route templates and deputations', () => {
  let database: TestDatabase;
  let store: MemoryEventStore;
  beforeAll(async () => {
    database = await createTestDatabase([...identityMigrations, ...mailMigrations, ...disclosureMigrations]);
  });
  afterAll(() => database?.close());

  beforeEach(async () => {
    store = new MemoryEventStore();
    await database.asOwner('truncate disclosure_view, edition_view, activity_view');
    await append(
      OFFICERS_STREAM,
      [
        { userId: privacy.id, ...privacyOffice },
        { userId: management.id, ...managementOffice },
      ].map((office) =>
        officerCodec.encode({ type: 'OfficerAppointed', data: { ...office, from: '2029-01-01', by: drafter, at } }),
      ),
    );
  });

  const append = async (stream: `${string}-${string}`, events: readonly Stored[]) => {
    const { length } = await store.read(stream);
    const metadata = { actor: drafter, recordedAt: at, correlationId: 'c', causationId: 'c' };
    await store.append(
      stream,
      length === 0 ? 'no-stream' : length,
      events.map((event) => ({ ...event, id: randomUUID(), metadata })),
    );
  };
  const today = (...more: Parameters<typeof disclosureCodec.encode>[0][]) =>
    more.map((event) => disclosureCodec.encode(event));
  const submittedThen = () =>
    ofVersion1('SubmittedForReview', {
      ...{ revisionId: 'r3', itemHashes: { 'I-1': contentHash }, contentHash, by: drafter, at },
      route: [
        { role: 'privacyOfficer', meaning: 'review', quorum: { kind: 'all' } },
        { role: 'managementOfficer', meaning: 'approval', quorum: { kind: 'all' } },
      ],
    });
  const pageOf = async (by: { readonly id: string }) => {
    const all = await store.readAll(null, 100);
    await database.dataSource.transaction(async (tx) => {
      for (const { apply } of [disclosuresProjection, activityProjection]) await apply(all, tx);
    });
    const question = new GetDisclosureHandler(database.dataSource, store, () => new Date('2030-01-03T00:00:00.000Z'));
    return question.execute(new GetDisclosure('d1', by));
  };

  it('shows its steps, who is asked and what was signed, and goes on where it stood', async () => {
    await append('disclosure-d1', [
      ...today(...ready),
      submittedThen(),
      signedThen(0, privacy, privacyOffice),
      ...today(completed(0, privacy)),
    ]);
    expect((await pageOf(management))?.revision).toMatchObject({
      status: 'inReview',
      step: 1,
      routing: { templateName: '標準', carryOver: 'none', oneSignsTwoSteps: false },
      route: [
        { standing: 'done', meaning: 'review', covers: 'everything', due: null, candidates: [{ name: privacy.name }] },
        { standing: 'open', meaning: 'approval', escalation: null, candidates: [{ name: management.name, why: null }] },
      ],
      signatures: [
        {
          ...{ signer: privacy, officer: { title: privacyOffice.title }, capacity: 'officer', onBehalfOf: null },
          ...{ statement: null, contentHash, coverageHash: contentHash, carriedOver: false },
        },
      ],
      capacities: [{ onBehalfOf: null, capacity: 'officer', statement: '第3版の変更箇所と全文を確認し、承認します。' }],
      youMaySign: true,
      mayBeCompleted: false,
    });
    const sentences = await database.dataSource.query<{ sentence: string }[]>(
      'select sentence from activity_view order by position::bigint desc limit 3',
    );
    expect(sentences.map(({ sentence }) => sentence).reverse()).toEqual([
      '提出しました（個人情報保護責任者→管理責任者）。',
      '個人情報保護責任者として審査の署名をしました。',
      '第1段階の署名がそろいました。',
    ]);

    const signing = decide(
      {
        ...{ type: 'SignStep', contentHash, onBehalfOf: null, organisation, reauthentication: 'password' },
        ...{ timeZone: 'Asia/Tokyo', by: management, at },
      },
      stateOf(await store.read('disclosure-d1')),
    );
    expect(signing).toMatchObject({
      events: [{ type: 'StepSigned' }, { type: 'StepCompleted' }, { type: 'RevisionApproved' }],
    });
  });

  it('shows the edition that came of it with its signatures, and has them all in its record', async () => {
    await append('disclosure-d1', [
      ...today(...ready),
      submittedThen(),
      signedThen(0, privacy, privacyOffice),
      ...today(completed(0, privacy)),
      signedThen(1, management, managementOffice),
      ...today(completed(1, management), approvedBy(management), publishedEvent),
    ]);
    expect(await pageOf(drafter)).toMatchObject({
      revision: { status: 'none' },
      editions: [{}, { number: 3, contentHash }],
    });
    const record = signatureRecordOf(await store.read('disclosure-d1'), 3);
    expect(record).toMatchObject({
      authors: [drafter],
      route: { templateName: '標準', steps: [{ meaning: 'review' }, { meaning: 'approval' }] },
      signatures: [
        { signer: privacy, statement: null, standing: 'holds' },
        { signer: management, statement: null, standing: 'holds' },
      ],
    });
  });
});
