import { canonicalHash } from '@app/content';
import { contentHashOf, type DisclosureEvent, type EditionView } from '@app/disclosures';
import { hashOf, type NewEvent, type StreamName } from '@app/event-sourcing';
import { proofText, verifyProof, type Proof } from '@app/proof';
import { bytesOf, chainOf, headText, newSealKeyPem, parseHead, sealKeyFromPem, type SealStatement } from '@app/sealing';
import { sampleEdition } from '../testing/sample-edition';
import { eventsOfSample, sampleLog, sampleProof, type SampleLog } from '../testing/sample-log';
import { reportOf } from './report';

let log: SampleLog;
let proof: Proof;
beforeAll(async () => {
  log = await sampleLog();
  proof = await sampleProof(sampleEdition, log);
});

/** A forger minds no types. */
type Anything = any;

/** What is found wrong with the proof after somebody has changed it, as `code at place`. */
const foundIn = (forge: (proof: Anything) => void, keys?: readonly string[]): readonly string[] => {
  const forged: unknown = JSON.parse(proofText(proof));
  forge(forged);
  return verifyProof(forged, { edition: proof.edition, keys }).findings.map(({ code, at }) => `${code} ${at}`);
};
const eventOf = (forged: Anything, type: string): Anything =>
  forged.events.findLast((one: Anything) => one.event.type === type);
const indexOf = (type: string): number => proof.events.findLastIndex(({ event }) => event.type === type);
/** As a careful forger does it: with the hash computed again. */
const rehash = (one: Anything): string =>
  (one.hash = hashOf(one.previousHash, one.event as NewEvent & { stream: StreamName; version: number }));
const reseal = (seal: SealStatement): void => void Object.assign(seal, { chain: chainOf(seal) });

describe('a proof', () => {
  it('holds as it was made, and its bytes are always the same', async () => {
    expect(verifyProof(JSON.parse(proofText(proof)), { edition: proof.edition, keys: [log.key.id] })).toMatchObject({
      findings: [],
      pinned: 'none',
    });
    expect(proofText(await sampleProof(sampleEdition, log))).toBe(proofText(proof));
  });

  it('has what shows the edition, and nothing of how it was written', () => {
    expect(proof.events.map(({ event }) => event.type)).toEqual(
      ['DisclosureRegistered', 'DisclosureImported', 'StepSigned', 'StepSigned', 'StepSigned', 'PostReviewed'].concat([
        'EditionPublished',
      ]),
    );
    expect(proof.coverage).toEqual([{ signature: 0, itemKeys: ['I-1'] }]);
    expect(proof.seals.length).toBeGreaterThan(2);
  });

  it('is compared with a head that was kept, when it reaches as far', () => {
    const verify = (head: string) => verifyProof(proof, { pinned: parseHead(head) ?? undefined });
    expect(verify(proof.head)).toMatchObject({ findings: [], pinned: 'same' });
    expect(verify(`99:${'a'.repeat(64)}`)).toMatchObject({ findings: [], pinned: 'notInProof' });
    const [batch] = proof.head.split(':');
    expect(verify(`${batch}:${'a'.repeat(64)}`).findings).toMatchObject([{ code: 'HeadDiffers' }]);
  });

  it('of an imported edition goes back to the import', async () => {
    const edition = { ...sampleEdition, signatures: [], postReviews: [], causes: [], origin: 'imported' as const };
    const { issuedOn, contentHash: _, ...imported } = { ...edition, ...sampleEdition.revisionHistory[0] };
    const parts = { ...imported, parts: sampleEdition.parts };
    const contentHash = contentHashOf(
      { ...parts, parts: sampleEdition.parts as never },
      parts.number,
      parts.historyText,
      [],
    );
    const old = { ...parts, issuedOn, effectiveOn: issuedOn, contentHash };
    const own = await sampleProof(old, log);
    expect(own.events.map(({ event }) => event.type)).toEqual(['DisclosureRegistered', 'DisclosureImported']);
    expect(verifyProof(own).findings).toEqual([]);
    own.edition.parts[0]!.items[0]!.title = '別の題';
    expect(verifyProof(own).findings.map(({ code }) => code)).toContain('NotAsPublished');
  });
});

describe('what is left out of a proof and of the edition alike is missed:', () => {
  /** As a careful forger does it: what is printed fits the events that are shown, and the hash fits what is printed. */
  const foundWithout = (
    from: Proof,
    isLeftOut: (event: Anything) => boolean,
    change: (edition: Anything) => void,
  ): readonly string[] => {
    const forged: Anything = JSON.parse(proofText(from));
    forged.events = forged.events.filter(({ event }: Anything) => !isLeftOut(event));
    expect(forged.events.length).toBeLessThan(from.events.length);
    change(forged.edition);
    forged.editionHash = canonicalHash(forged.edition);
    return verifyProof(forged, { edition: forged.edition, keys: [log.key.id] }).findings.map(
      ({ code, at }) => `${code} ${at}`,
    );
  };
  const withoutRow = (edition: Anything, number: number) =>
    (edition.revisionHistory = edition.revisionHistory.filter((row: Anything) => row.number !== number));
  const isA = (type: string) => (event: Anything) => event.type === type;

  it('the import, with the history before it', () =>
    expect(foundWithout(proof, isA('DisclosureImported'), (edition) => withoutRow(edition, 6))).toEqual([
      'EventMissing events.DisclosureImported',
    ]));

  it('a 後閲', () =>
    expect(foundWithout(proof, isA('PostReviewed'), (edition) => (edition.postReviews = []))).toEqual([
      'PostReviewDiffers edition.postReviews[0]',
    ]));

  it('one signature of several', () =>
    expect(
      foundWithout(
        proof,
        (event) => event.type === 'StepSigned' && event.data.signature.step === 1,
        (edition) => edition.signatures.splice(1, 1),
      ),
    ).toContain('SignatureDiffers edition.signatures'));

  it('a publication in between, with its row', async () => {
    const { service, serviceName, title, issuer, causes } = sampleEdition;
    const historyText = '第8版の改訂';
    const content = { service, serviceName, title, issuer, parts: sampleEdition.parts as never };
    const contentHash = contentHashOf(content, 8, historyText, causes);
    const [, signature] = sampleEdition.signatures;
    const edition: EditionView = {
      ...{ ...sampleEdition, number: 8, historyText, contentHash, postReviews: [] },
      signatures: [{ ...signature!, step: 0, contentHash, coverageHash: contentHash }],
      revisionHistory: [...sampleEdition.revisionHistory, { number: 8, issuedOn: sampleEdition.issuedOn, historyText }],
    };
    const afterImport = eventsOfSample(edition).slice(2);
    const own = await sampleLog(edition, log.key, [...eventsOfSample(), ...afterImport]);
    const whole = await sampleProof(edition, own);
    expect(verifyProof(whole, { edition: whole.edition, keys: [log.key.id] }).findings).toEqual([]);
    expect(
      foundWithout(
        whole,
        (event) => event.type === 'EditionPublished' && event.data.number === 7,
        (forged) => withoutRow(forged, 7),
      ),
    ).toEqual(['EventMissing events.EditionPublished']);
  });
});

describe('a 後閲 in a proof', () => {
  it('is none of those before the text was sent back', async () => {
    const [postReview] = sampleEdition.postReviews;
    const events = eventsOfSample();
    const upTo = events.slice(0, events.findIndex(({ type }) => type === 'RevisionApproved') + 1);
    const again = events.slice(events.findIndex(({ type }) => type === 'SubmittedForReview'));
    const { by, at, revisionId } = (upTo.at(-1) as Extract<DisclosureEvent, { type: 'RevisionApproved' }>).data;
    const own = await sampleLog(sampleEdition, log.key, [
      ...upTo,
      {
        type: 'PostReviewed',
        data: {
          ...{ by, at, revisionId, editionNumber: 7 },
          postReview: { ...postReview!, at: '2031-03-24T23:00:00.000Z' },
        },
      },
      { type: 'ReturnedForChanges', data: { by, at, revisionId, step: 2, reason: '誤記' } },
      ...again,
    ]);
    const returned = await sampleProof(sampleEdition, own);
    expect(returned.events.filter(({ event }) => event.type === 'PostReviewed')).toHaveLength(1);
    expect(verifyProof(returned, { edition: returned.edition }).findings).toEqual([]);
  });

  it('has to be believed of what was published before its publication named them; the report says so', async () => {
    const older = eventsOfSample().map((event): DisclosureEvent => {
      if (event.type !== 'EditionPublished') return event;
      const { postReviews: _, ...data } = event.data;
      return { ...event, data };
    });
    const own = await sampleProof(sampleEdition, await sampleLog(sampleEdition, log.key, older));
    expect(verifyProof(own, { edition: own.edition }).findings).toEqual([]);
    const unsaid = (one: Proof) =>
      reportOf(
        {
          ...{ level: 'log', findings: [], edition: one.edition, proof: one, printing: null },
          ...{ pinned: 'none', timeStamp: null, printedAgain: 'notTried' },
        },
        'ja',
      ).doesNotProve.join();
    expect(unsaid(own)).toContain('公開前の後閲の記録が、記載のもので全部であること');
    expect(unsaid(proof)).not.toContain('公開前の後閲の記録が');
  });
});

describe('a tampered proof is refused, and the place named:', () => {
  it.each<readonly [string, (proof: Anything) => void, string]>([
    [
      'a text of the edition',
      (p) => (p.edition.parts[1].items[0].body.content[0].content[0].text = '別の文'),
      'ItemChanged edition.parts[1].items[0]',
    ],
    [
      'a text and its hash',
      (p) => {
        const [item] = p.edition.parts[1].items;
        item.body.content[0].content[0].text = '別の文';
        item.bodyHash = canonicalHash(item.body);
      },
      'ContentHashDiffers edition.contentHash',
    ],
    [
      'the title of an item',
      (p) => (p.edition.parts[0].items[0].title = '別の題'),
      'ContentHashDiffers edition.contentHash',
    ],
    ['the name of the service', (p) => (p.edition.serviceName = '別のサービス'), 'NotAsRegistered edition.serviceName'],
    ['the issuer', (p) => (p.edition.issuer.name = '株式会社別人'), 'NotAsRegistered edition.issuer.name'],
    ['the number of the edition', (p) => (p.edition.number = 8), 'NotAsPublished edition.number'],
    ['the day of issue', (p) => (p.edition.issuedOn = '2031-04-02'), 'NotAsPublished edition.issuedOn'],
    ['the effective date', (p) => (p.edition.effectiveOn = '2031-04-01'), 'NotAsPublished edition.effectiveOn'],
    ['the reason of the revision', (p) => (p.edition.historyText = '誤記の訂正'), 'NotAsPublished edition.historyText'],
    ['the content hash', (p) => (p.edition.contentHash = '0'.repeat(64)), 'NotAsPublished edition.contentHash'],
    ['the hash of the edition', (p) => (p.editionHash = '0'.repeat(64)), 'EditionHashDiffers editionHash'],
    [
      'a row of the history',
      (p) => (p.edition.revisionHistory[0].historyText = '軽微な変更'),
      'HistoryDiffers edition.revisionHistory[0]',
    ],
    [
      'a row taken out of the history',
      (p) => p.edition.revisionHistory.shift(),
      'HistoryDiffers edition.revisionHistory[0]',
    ],
    [
      'a waiver put in',
      (p) => p.edition.waivers.push({ findingId: 'f', itemKey: 'I-1', reason: '問題なし' }),
      'NotAsPublished edition.waivers[0]',
    ],
    [
      "a signer's name",
      (p) => (p.edition.signatures[1].officer.name = '別人'),
      'SignatureDiffers edition.signatures[1].officer.name',
    ],
    [
      'the time of a signature',
      (p) => (p.edition.signatures[1].at = '2031-03-22T15:41:56.000Z'),
      'SignatureDiffers edition.signatures[1].at',
    ],
    [
      'something added to a signature',
      (p) => (p.edition.signatures[1].officer.rank = '社長'),
      'SignatureDiffers edition.signatures[1].officer.rank',
    ],
    ['a signature taken out', (p) => p.edition.signatures.pop(), 'SignatureDiffers edition.signatures'],
    [
      'the comment of a 後閲',
      (p) => (p.edition.postReviews[0].comment = '問題なし'),
      'PostReviewDiffers edition.postReviews[0].comment',
    ],
    [
      'what a signature covers',
      (p) => (p.coverage[0].itemKeys = ['I-1', 'I-2']),
      'CoverageDiffers edition.signatures[0]',
    ],
    ['a field put in', (p) => (p.edition.certifiedBy = '厚生労働省'), 'ProofMalformed proof.edition'],
  ])('%s', (_name, forge, finding) => expect(foundIn(forge)).toContain(finding));

  it('the edition that is attached to the PDF', () => {
    const attached = { ...proof.edition, effectiveOn: '2031-04-01' };
    expect(verifyProof(proof, { edition: attached }).findings).toMatchObject([
      { code: 'EditionDiffers', at: 'edition.effectiveOn' },
    ]);
  });

  it('a field of an event', () =>
    expect(foundIn((p) => (eventOf(p, 'EditionPublished').event.data.effectiveOn = '2031-04-01'))).toContain(
      `EventChanged events[${indexOf('EditionPublished')}]`,
    ));

  it('a field of an event, with its hash', () =>
    expect(
      foundIn((p) => {
        const published = eventOf(p, 'EditionPublished');
        p.edition.effectiveOn = published.event.data.effectiveOn = '2031-04-01';
        rehash(published);
      }),
    ).toEqual(expect.arrayContaining([`NotInSeal events[${indexOf('EditionPublished')}]`])));

  it('who did something, in the metadata of an event', () =>
    expect(foundIn((p) => (p.events[0].event.metadata.actor.name = '別人'))).toContain('EventChanged events[0]'));

  it('the order of the events', () =>
    expect(foundIn((p) => ([p.events[2], p.events[3]] = [p.events[3], p.events[2]]))).toContain(
      'EventsOutOfOrder events[3]',
    ));

  it.each(['DisclosureRegistered', 'EditionPublished'])('the event %s taken out', (type) =>
    expect(foundIn((p) => p.events.splice(indexOf(type), 1))).toContain(`EventMissing events.${type}`),
  );

  it('the import taken out', () =>
    expect(foundIn((p) => p.events.splice(1, 1))).toContain('EventMissing events.DisclosureImported'));

  it('a signing taken out', () =>
    expect(foundIn((p) => p.events.splice(2, 1))).toContain('SignatureDiffers edition.signatures[0]'));

  it('a signature replaced in the edition and in its publication', () =>
    expect(
      foundIn((p) => {
        const published = eventOf(p, 'EditionPublished');
        p.edition.signatures[1].officer.name = published.event.data.signatures[1].officer.name = '別人';
        rehash(published);
      }),
    ).toContain('SignatureDiffers edition.signatures[1].officer.name'));

  it('a signature over another text', async () => {
    const signatures = sampleEdition.signatures.map((one, i) =>
      i === 1 ? { ...one, contentHash: '1'.repeat(64), coverageHash: '1'.repeat(64) } : one,
    );
    const edition = { ...sampleEdition, signatures };
    const forged = await sampleProof(edition, await sampleLog({ ...edition }, log.key)).catch(
      (error: Error) => error.message,
    );
    // Our own side does not even make such a proof; one made by hand is refused by the check.
    expect(forged).toMatch(/is not known/);
    expect(
      foundIn((p) => {
        for (const one of [
          p.edition.signatures[1],
          eventOf(p, 'EditionPublished').event.data.signatures[1],
          p.events[3].event.data.signature,
        ])
          one.contentHash = one.coverageHash = '1'.repeat(64);
      }),
    ).toContain('CoverageDiffers edition.signatures[1]');
  });

  it('events of another disclosure', () =>
    expect(
      foundIn((p) => {
        p.events[0].event.stream = 'disclosure-other';
        rehash(p.events[0]);
      }),
    ).toContain('EventUnrelated events[0]'));

  it('the root of a seal', () =>
    expect(foundIn((p) => (p.seals[0].root = '0'.repeat(64)))).toEqual(
      expect.arrayContaining(['NotInSeal events[0]', 'SealChanged seals[0]']),
    ));

  it('the root of a seal, with its chain hash', () =>
    expect(
      foundIn((p) => {
        p.seals[0].root = '0'.repeat(64);
        reseal(p.seals[0]);
      }),
    ).toContain('BadSignature seals[0]'));

  it('the size of the tree', () =>
    expect(foundIn((p) => (p.seals[0].size = 4))).toEqual(expect.arrayContaining(['SealChanged seals[0]'])));

  it('the time of a seal', () =>
    expect(foundIn((p) => (p.seals[1].sealedAt = '2030-01-01T00:00:00.000Z'))).toContain('SealChanged seals[1]'));

  it('a node of an inclusion proof', () =>
    expect(foundIn((p) => (p.events[1].path[0] = '0'.repeat(64)))).toEqual(['NotInSeal events[1]']));

  it('a shortened inclusion proof', () =>
    expect(foundIn((p) => p.events[1].path.pop())).toEqual(['NotInSeal events[1]']));

  it('the place in a seal', () =>
    expect(foundIn((p) => (p.events.at(-1).index += 1))).toContain(`NotInSeal events[${proof.events.length - 1}]`));

  it('the link from seal to seal', () => {
    const last = log.seals.length - 1;
    expect(log.seals[last - 1]?.batch).toBe(last);
    expect(
      foundIn((p) => {
        const seal = p.seals.at(-1);
        seal.previous = '0'.repeat(64);
        reseal(seal);
        seal.signature = log.key.sign(bytesOf(seal.chain)).toString('hex');
        p.head = headText(seal);
      }),
    ).toEqual([`SealChainBroken seals[${proof.seals.length - 1}]`]);
  });

  it('a seal taken out', () => expect(foundIn((p) => p.seals.shift())).toContain('SealMissing events[0]'));

  it('the head', () => expect(foundIn((p) => (p.head = `1:${'0'.repeat(64)}`))).toEqual(['HeadDiffers head']));

  it('the key', () => {
    const other = sealKeyFromPem(newSealKeyPem());
    expect(foundIn((p) => (p.keys[0].publicKey = other.publicKey.toString('base64')))).toEqual(
      expect.arrayContaining(['KeyMalformed keys[0]', 'BadSignature seals[0]']),
    );
  });

  it('everything made anew with a key of their own, when the key is compared', async () => {
    const forged = await sampleProof(sampleEdition, await sampleLog(sampleEdition, sealKeyFromPem(newSealKeyPem())));
    expect(verifyProof(forged).findings).toEqual([]);
    expect(verifyProof(forged, { keys: [log.key.id] }).findings[0]).toMatchObject({
      code: 'KeyDiffers',
      at: 'seals[0]',
    });
  });

  it('the proof of another edition', async () => {
    const { service, serviceName, title, issuer, historyText, causes } = sampleEdition;
    const content = { service, serviceName, title, issuer, parts: sampleEdition.parts as never };
    const contentHash = contentHashOf(content, 8, historyText, causes);
    const signatures = sampleEdition.signatures.map((one) => ({ ...one, contentHash, coverageHash: contentHash }));
    const other = await sampleProof({ ...sampleEdition, number: 8, signatures, contentHash });
    expect(verifyProof(other).findings).toMatchObject([{ code: 'HistoryDiffers' }]); // the sample's history ends with 7
    const found = verifyProof(other, { edition: proof.edition }).findings;
    expect(found[0]).toMatchObject({ code: 'EditionDiffers', at: 'edition.number' });
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, -200)],
    ['nothing', () => 'null'],
    ['another format', (text: string) => text.replace('kaijisho.proof.v1', 'kaijisho.proof.v9')],
  ])('a file that is %s', (_name, forge) => {
    let read: unknown;
    try {
      read = JSON.parse(forge(proofText(proof)));
    } catch {
      read = undefined;
    }
    expect(verifyProof(read).findings).toMatchObject([{ code: 'ProofMalformed' }]);
  });
});
