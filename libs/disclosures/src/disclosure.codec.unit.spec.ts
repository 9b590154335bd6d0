import { disclosureCodec } from './disclosure.codec';
import type { DisclosureEvent } from './domain/disclosure';
import {
  approvedBy,
  completed,
  described,
  imported,
  management,
  privacy,
  publishedEvent,
  registered,
  reviewSigned,
  revised,
  route,
  started,
  submittedWith,
} from './domain/examples';

describe('a stored event of a disclosure', () => {
  const events: readonly DisclosureEvent[] = [
    ...[registered, imported, started, revised('I-1', 'a', 'b'), described],
    ...[submittedWith(), reviewSigned, completed(0, privacy), approvedBy(management), publishedEvent],
  ];
  const versions: { readonly [type: string]: number } = {
    ...{ ItemRevised: 3, SubmittedForReview: 3, StepSigned: 3, PostReviewed: 2, EditionPublished: 3 },
  };

  it.each(events)('reads as it was written: $type', (event) => {
    const stored = JSON.parse(JSON.stringify(disclosureCodec.encode(event)));
    expect(stored.schemaVersion).toBe(versions[event.type] ?? 1);
    expect(disclosureCodec.decode(stored)).toEqual(event);
  });

  it('of an unknown type is a loud error', () =>
    expect(() => disclosureCodec.decode({ type: 'Surprise', schemaVersion: 1, data: {} })).toThrow('Surprise'));

  it('with a missing field is a loud error', () =>
    expect(() =>
      disclosureCodec.decode({ type: 'RevisionStarted', schemaVersion: 1, data: { revisionId: 'r' } }),
    ).toThrow());

  it('of a time before route templates is lifted: its route was of roles, its signatures were over everything', () => {
    const hash = 'a'.repeat(64);
    const by = { by: privacy, at: '2029-01-02T00:00:00.000Z' };
    const submitted = {
      ...{ ...by, revisionId: 'r3', itemHashes: {}, contentHash: hash },
      route: [{ role: 'privacyOfficer', meaning: 'review', quorum: { kind: 'all' } }],
    };
    const lifted = disclosureCodec.decode({ type: 'SubmittedForReview', schemaVersion: 1, data: submitted });
    expect(lifted.data).toMatchObject({
      route: {
        templateName: '標準',
        carryOver: 'none',
        steps: [{ signatories: route().steps[0].signatories, meaning: 'review', covers: 'everything' }],
      },
      waivers: [],
      carriedOver: [],
    });

    const signature = {
      ...{ step: 0, signer: privacy, meaning: 'review', contentHash: hash, at: by.at, timeZone: 'Asia/Tokyo' },
      ...{
        reauthentication: 'password',
        officer: { role: 'privacyOfficer', name: '名', department: '部', title: '長' },
      },
    };
    const signed = { ...by, revisionId: 'r3', signature };
    expect(disclosureCodec.decode({ type: 'StepSigned', schemaVersion: 1, data: signed }).data).toMatchObject({
      signature: { coverageHash: hash, capacity: 'officer', onBehalfOf: null, statement: null },
    });
  });
});
