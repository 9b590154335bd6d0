import type { EditionView } from '@app/disclosures';
import { eventStoreMigrations, PostgresEventStore } from '@app/event-store-postgres';
import { editionSchema, readProof, type Proof } from '@app/proof';
import { newSealKeyPem, sealKeyFromPem, sealLog, sealMigrations } from '@app/sealing';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { editionJson } from '../edition-json';
import { sampleEdition } from '../testing/sample-edition';
import { eventsOfSample, storable } from '../testing/sample-log';
import { reportOf } from './report';
import type { FileVerification } from './verify-file';

let db: TestDatabase;
let store: PostgresEventStore;
const key = sealKeyFromPem(newSealKeyPem());
const edition: EditionView = sampleEdition;

beforeAll(async () => {
  db = await createTestDatabase([...eventStoreMigrations, ...sealMigrations]);
  store = new PostgresEventStore(db.pool);
  const events = eventsOfSample(edition).map((event, n) => storable(event, `${n}`));
  await store.append(`disclosure-${edition.disclosureId}`, 'no-stream', events);
  await seal();
  await store.append('disclosure-other', 'no-stream', [
    { ...events[0]!, id: storable(eventsOfSample()[0]!, 'other').id },
  ]);
  await seal();
});
afterAll(() => db.close());

/** Seals what was written last, once the log shows it: another's open transaction may hold it back. */
const seal = async (): Promise<void> => {
  const sealing = { store, dataSource: db.dataSource, clock: () => new Date('2031-04-01T00:00:00.000Z'), key };
  while ((await sealLog(sealing)) === 0);
};
const stamp = (batch: number, token: string) =>
  db.dataSource.query('insert into time_stamp (batch, token) values ($1, $2)', [batch, Buffer.from(token)]);
const proofWith = async (further: number): Promise<Proof> => {
  const printed = editionSchema.parse(JSON.parse(editionJson(edition)));
  const proof = await readProof({ store, dataSource: db.dataSource }, printed, further);
  if (!proof) throw new Error('There is no proof');
  return proof;
};

describe('the proof of an edition', () => {
  it('has the time stamp of its seal or of the first after it, as soon as there is one', async () => {
    expect((await proofWith(400)).timeStamp).toBeUndefined();
    await stamp(2, 'second');
    expect((await proofWith(400)).timeStamp).toEqual({ seal: 2, token: Buffer.from('second').toString('base64') });
    // The proof that goes into the PDF ends with the seal of the publication.
    expect((await proofWith(0)).timeStamp).toBeUndefined();
    await stamp(1, 'first');
    expect((await proofWith(400)).timeStamp).toEqual({ seal: 1, token: Buffer.from('first').toString('base64') });
    expect((await proofWith(0)).timeStamp?.seal).toBe(1);
  });
});

describe('the report on a time stamp', () => {
  const reported = async (timeStamp: { readonly trusted: boolean } | null) => {
    const proof = await proofWith(0);
    const stamped = {
      ...{ time: '2031-04-01T00:00:05.000Z', authority: '時刻認証局', policy: '1.2.3', serialNumber: '01', seal: 1 },
      ...timeStamp,
    } as FileVerification['timeStamp'];
    const verified: FileVerification = {
      ...{
        level: 'key',
        findings: [],
        edition: proof.edition,
        proof,
        pinned: 'none',
        printing: null,
        printedAgain: 'same',
      },
      timeStamp: timeStamp && stamped,
    };
    const { proves, doesNotProve } = reportOf(verified, 'ja');
    return { proves: proves.join('\n'), doesNotProve: doesNotProve.join('\n') };
  };

  it('says what existed before when, and according to whom', async () => {
    const { proves, doesNotProve } = await reported({ trusted: true });
    expect(proves).toMatch(
      /封印1と、それまでに封じられた記録は、2031.*より前に存在していました。時刻認証局「時刻認証局」の時計/,
    );
    expect(doesNotProve).toContain('時刻認証局の証明書が失効していないこと');
  });

  it('says that it stays open whose it is, where nobody was named to trust', async () => {
    const { proves, doesNotProve } = await reported({ trusted: false });
    expect(proves).not.toContain('存在していました');
    expect(doesNotProve).toContain('--timestamp-ca');
  });

  it('says how to fetch one that was not there yet', async () =>
    expect((await reported(null)).doesNotProve).toContain('proof.json を取り直して'));
});
