import { disclosureCodec, type DisclosureEvent } from '@app/disclosures';
import {
  drafter,
  imported,
  publishedEvent,
  registered,
  revised,
  started,
  texts,
} from '@app/disclosures/domain/examples';
import { MemoryEventStore } from '@app/event-sourcing';
import { projectionMigrations } from '@app/projections';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { certificateMigrations } from './certificate.migrations';
import { certificatesProjections } from './certificates';
import { decideCertificate } from './decide-certificate';
import type { CertificateCommand } from './domain/certificate.decider';
import { lapsedCitations } from './lapsed-citations';

let db: TestDatabase;
let store: MemoryEventStore;
beforeAll(async () => void (db = await createTestDatabase([...projectionMigrations, ...certificateMigrations])));
afterAll(() => db.close());
beforeEach(async () => {
  store = new MemoryEventStore();
  await db.dataSource.query('delete from view');
});

const at = '2029-01-01T00:00:00.000Z';
const surrounding = { actor: drafter, recordedAt: at, correlationId: 'c', causationId: 'c' };
const validUntil = '2030-01-24';

const disclosure = async (...events: readonly DisclosureEvent[]): Promise<void> => {
  const { length } = await store.read('disclosure-d1');
  await store.append(
    'disclosure-d1',
    length === 0 ? 'no-stream' : length,
    events.map((event, n) => ({ id: `e${length + n}`, ...disclosureCodec.encode(event), metadata: surrounding })),
  );
};
type Said<C> = C extends unknown ? Omit<C, 'certificateId' | 'by' | 'at'> : never;
const certificate = async (said: Said<CertificateCommand>): Promise<void> => {
  const command = { ...said, certificateId: 'c1', by: drafter, at } as CertificateCommand;
  expect((await decideCertificate(store, command, surrounding)).outcome).toBe('accepted');
};

const cited = (...keys: readonly string[]) => keys.map((itemKey) => ({ disclosureId: 'd1', itemKey }));
const isCertified = '当社はISMS認証を取得しています。';
const isNamed = revised('I-1', texts.law, isCertified);
const isNoLongerNamed = revised('I-1', isCertified, texts.law);

/** What may happen, in words. */
const deeds = {
  imports: () => disclosure(registered, imported),
  registers: () => registers(),
  'registers, cited in I-1,': () => registers('I-1'),
  'cites it in I-1': () => certificate({ type: 'CiteCertificate', citedBy: cited('I-1') }),
  'cites it in I-1 and I-2': () => certificate({ type: 'CiteCertificate', citedBy: cited('I-1', 'I-2') }),
  'takes the citation out': () => certificate({ type: 'CiteCertificate', citedBy: [] }),
  'starts the revision': () => disclosure(started),
  'names it in I-1': () => disclosure(isNamed),
  'names it no longer': () => disclosure(isNoLongerNamed),
  'rewrites I-1': () => disclosure(revised('I-1', texts.law, '別の本文です。')),
  'publishes 3': () => disclosure(publishedEvent),
  'publishes 4': () =>
    disclosure({ ...publishedEvent, data: { ...publishedEvent.data, number: 4 } } as DisclosureEvent),
  'withdraws the revision': () =>
    disclosure({ type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } } as DisclosureEvent),
  renews: () => certificate({ type: 'RenewCertificate', term: { validFrom: '2030-01-25', validUntil: '2033-01-24' } }),
  'withdraws the certificate': () => certificate({ type: 'WithdrawCertificate', reason: '取り直した' }),
} as const;
type Deed = keyof typeof deeds;
const registers = (...keys: readonly string[]) =>
  certificate({
    ...{ type: 'RegisterCertificate', kind: 'isms', kinds: ['isms'], name: 'ISMS認証', citedBy: cited(...keys) },
    term: { number: 'ZZ-0001', body: '審査機関', validFrom: '2027-01-25', validUntil },
  });

/** The items that are marked in each of the editions 2, 3 and 4. */
const marked = async (today = '2030-01-25'): Promise<readonly string[]> => {
  await db.dataSource.transaction(async (tx) => {
    await tx.query('delete from view');
    for (const { apply } of certificatesProjections) await apply(await store.readAll(null, 1_000), tx);
  });
  const editions = [2, 3, 4].map(async (number) => {
    const marks = await lapsedCitations({ dataSource: db.dataSource, store }, { disclosureId: 'd1', number }, today);
    return marks.length === 0 ? [] : [`${number}: ${marks.map(({ itemKey }) => itemKey).join(' ')}`];
  });
  return (await Promise.all(editions)).flat();
};

describe('an item of a published edition claims a certificate that has lapsed', () => {
  it.each<[says: string, happens: readonly Deed[], marks: readonly string[]]>([
    ['when it was cited as that was published', ['registers, cited in I-1,', 'imports'], ['2: I-1']],
    ['when it was cited later, of the same text', ['imports', 'registers', 'cites it in I-1'], ['2: I-1']],
    [
      'still, when the citation is taken out while a revision is open',
      ['registers, cited in I-1,', 'imports', 'starts the revision', 'takes the citation out'],
      ['2: I-1'],
    ],
    [
      'still, when that citation was a late one',
      ['imports', 'registers, cited in I-1,', 'starts the revision', 'rewrites I-1', 'takes the citation out'],
      ['2: I-1'],
    ],
    [
      'still, when that revision came to nothing',
      [
        'imports',
        'registers, cited in I-1,',
        'starts the revision',
        'takes the citation out',
        'withdraws the revision',
      ],
      ['2: I-1'],
    ],
    [
      'and the next edition does not, when the citation was taken out before that',
      ['imports', 'registers, cited in I-1,', 'starts the revision', 'takes the citation out', 'publishes 3'],
      ['2: I-1'],
    ],
    [
      'and an older one does not, when the text that is cited is newer',
      ['imports', 'registers', 'starts the revision', 'names it in I-1', 'cites it in I-1', 'publishes 3'],
      ['3: I-1'],
    ],
    [
      'and neither does one that came after',
      [
        ...([
          'imports',
          'registers',
          'starts the revision',
          'names it in I-1',
          'cites it in I-1',
          'publishes 3',
        ] as const),
        ...(['starts the revision', 'names it no longer', 'takes the citation out', 'publishes 4'] as const),
      ],
      ['3: I-1'],
    ],
    [
      'and every other edition with the text that was cited late',
      ['imports', 'registers', 'starts the revision', 'publishes 3', 'cites it in I-1'],
      ['2: I-1', '3: I-1'],
    ],
    [
      'but not, when the citation is taken out while no revision is open: that was a mistake',
      ['registers, cited in I-1,', 'imports', 'takes the citation out'],
      [],
    ],
    [
      'unless the text that is published then is another',
      [
        'registers, cited in I-1,',
        'imports',
        'starts the revision',
        'rewrites I-1',
        'publishes 3',
        'takes the citation out',
      ],
      ['2: I-1'],
    ],
    [
      'once, however often it was cited, and in each item that was',
      [
        ...(['imports', 'registers, cited in I-1,', 'starts the revision', 'takes the citation out'] as const),
        ...(['withdraws the revision', 'cites it in I-1 and I-2'] as const),
      ],
      ['2: I-1 I-2'],
    ],
    ['but not when it was renewed', ['registers, cited in I-1,', 'imports', 'renews'], []],
    ['or withdrawn', ['registers, cited in I-1,', 'imports', 'withdraws the certificate'], []],
  ])('%s', async (_, happens, marks) => {
    for (const deed of happens) await deeds[deed]();
    expect(await marked()).toEqual(marks);
  });

  it('from the day after its term on, and only of what is in the edition', async () => {
    for (const deed of ['registers, cited in I-1,', 'imports'] as const) await deeds[deed]();
    await certificate({ type: 'CiteCertificate', citedBy: cited('I-1', 'III-9') });
    expect(await marked(validUntil)).toEqual([]);
    expect(await marked()).toEqual(['2: I-1']);
  });

  it('is found through an index, however many certificates there are', async () => {
    await db.dataSource.query(`
      insert into view (name, key, body)
      select 'certificates.v4', n::text, jsonb_build_object(
        'citations', jsonb_build_array(jsonb_build_object('disclosureId', 'd' || n, 'itemKey', 'I-1')),
        'state', jsonb_build_object('status', 'Registered', 'term', jsonb_build_object('validUntil', '2020-01-01')))
        from generate_series(1, 20000) as n`);
    await db.asOwner('analyze view');
    const plan = await db.dataSource.query<{ 'QUERY PLAN': string }[]>(
      `explain select body from view where name = 'certificates.v4' and body->'citations' @> '[{"disclosureId": "d7"}]'`,
    );
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('certificate_cited_by');
  });
});
