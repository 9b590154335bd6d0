import type { StoredEvent } from '@app/event-sourcing';
import type { RouteStep } from '@app/routes/domain/route';
import { disclosureCodec } from '../disclosure.codec';
import type { DisclosureEvent } from '../domain/disclosure';
import {
  approved,
  at,
  atSecondStep,
  colleague,
  contentHash,
  drafter,
  inReview,
  management,
  privacy,
  privacyOffice,
  published,
  ready,
  reviewSigned,
  revised,
  route,
  signatureOf,
  signed,
  step,
  submittedWith,
  texts,
} from '../domain/examples';
import type { DeputationScope } from '../domain/signature';
import { recordText } from './record-text';
import { signatureRecordOf } from './signature-record';

const stored = (events: readonly DisclosureEvent[]): readonly StoredEvent[] =>
  events.map((event, index) => ({
    ...{ id: `e${index + 1}`, stream: 'disclosure-d1', version: index + 1, position: '', hash: `hash ${index + 1}` },
    metadata: { actor: drafter, recordedAt: at, correlationId: 'c', causationId: 'c' },
    ...disclosureCodec.encode(event),
  }));

describe('the record of an edition', () => {
  it('has every signature whole, with its place in the log', () => {
    const record = signatureRecordOf(stored(published), 3);
    expect(record).toMatchObject({
      format: 'kaijisho.record.v1',
      disclosureId: 'd1',
      editionNumber: 3,
      authors: [drafter],
      published: { by: drafter, place: { version: published.length } },
      route: { templateName: '標準' },
    });
    expect(record?.signatures[0]).toEqual({
      ...signatureOf(privacy, 0, step()),
      ...{ disclosureId: 'd1', editionNumber: 3, standing: 'holds', voidBy: null },
      place: { version: 7, eventId: 'e7', hash: 'hash 7' },
    });
    expect(record?.course.at(-1)?.sentence).toContain('公開しました');
  });

  it('keeps what became void, and says so', () => {
    const back: DisclosureEvent = {
      type: 'ReturnedToStep',
      data: { revisionId: 'r3', from: 1, to: 0, reason: '確認不足', by: management, at },
    };
    const later = '2030-01-03T00:00:00.000Z';
    const again: DisclosureEvent = {
      type: 'StepSigned',
      data: { revisionId: 'r3', signature: signatureOf(privacy, 0, step(), { at: later }), by: privacy, at: later },
    };
    const record = signatureRecordOf(stored([...atSecondStep, back, again]), 3);
    expect(record?.signatures.map(({ at: signedAt, standing }) => [signedAt, standing])).toEqual([
      [at, 'void'],
      [later, 'holds'],
    ]);
    expect(record?.published).toBeNull();
  });

  it('says who wrote what was rejected or withdrawn, over which route and text, and that its signatures hold no more', () => {
    const ends: readonly DisclosureEvent[] = [
      { type: 'Rejected', data: { revisionId: 'r3', reason: '不要', by: management, at } },
      { type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } },
    ];
    for (const end of ends) {
      expect(signatureRecordOf(stored([...atSecondStep, end]), 3)).toMatchObject({
        authors: [drafter],
        contentHash,
        route: { templateName: '標準' },
        published: null,
        signatures: [{ signer: privacy, standing: 'void' }],
      });
    }
  });

  it('says when a step was complete because others had left', () => {
    const noticed: DisclosureEvent = {
      type: 'StepCompleted',
      data: {
        ...{ revisionId: 'r3', step: 0, by: { id: 'system', name: 'Kaijisho' }, at },
        becauseOthersLeft: { on: '2030-01-02', signatories: [privacy] },
      },
    };
    const record = signatureRecordOf(stored([...inReview, reviewSigned, noticed]), 3);
    expect(record && recordText(record)).toContain(
      'Kaijisho　第1段階の署名がそろいました（責任者の異動により、2030年1月2日時点の署名者は保護 一郎さんで、全員が署名済み）。',
    );
  });

  const textOf = (...events: readonly DisclosureEvent[]): string => {
    const record = signatureRecordOf(stored(events), 3);
    return record ? recordText(record) : '';
  };
  const toDrafter: DisclosureEvent = {
    type: 'ReturnedForChanges',
    data: { revisionId: 'r3', step: 1, reason: '根拠', by: management, at },
  };

  it('names what made a signature void, and nothing else', () => {
    const firstStep: DisclosureEvent = {
      type: 'ReturnedToStep',
      data: { revisionId: 'r3', from: 1, to: 0, reason: '確認不足', by: management, at },
    };
    const edited = revised('I-1', texts.law, '日本法', drafter);
    const rejected: DisclosureEvent = {
      type: 'Rejected',
      data: { revisionId: 'r3', reason: '不要', by: management, at },
    };
    expect(textOf(...atSecondStep, firstStep)).toContain('（無効：差戻し）');
    expect(textOf(...atSecondStep, toDrafter)).toContain('（無効：差戻し）');
    expect(textOf(...atSecondStep, toDrafter, edited)).toContain('（無効：本文の変更）');
    expect(textOf(...atSecondStep, rejected)).toContain('（無効：却下）');
    expect(textOf(...atSecondStep, { type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } })).toContain(
      '（無効：取下げ）',
    );
  });

  it('says at its head by whom, when and why a revision ended without an edition', () => {
    const data = { revisionId: 'r3', reason: '不要', by: management, at };
    expect(textOf(...atSecondStep, { type: 'Rejected', data })).toMatch(
      /^却下　管理 三郎　2030\/01\/02 9:00:00　理由：不要$/m,
    );
    expect(textOf(...atSecondStep, { type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } })).toMatch(
      /^取下げ　起草 花子　2030\/01\/02 9:00:00$/m,
    );
  });

  it('tells every time as it was in Japan', () => expect(textOf(...published)).not.toContain(at));

  it('says how many of those who were asked have to sign', () => {
    const people = [privacy, management, colleague];
    const of = (quorum: RouteStep['quorum']) =>
      textOf(...ready, submittedWith(route({ steps: [step({ signatories: [{ kind: 'people', people }], quorum })] })));
    expect(of({ kind: 'n', n: 2 })).toContain('（保護 一郎さん、管理 三郎さん、同僚 次郎さんのうち2名）');
    expect(of({ kind: 'all' })).toContain('（保護 一郎さん、管理 三郎さん、同僚 次郎さんの全員）');
    expect(of({ kind: 'any' })).toContain('（保護 一郎さんまたは管理 三郎さんまたは同僚 次郎さん）');
  });

  it('is of an edition that there is, or will be', () => {
    expect(signatureRecordOf(stored(approved), 2)).toBeNull();
    expect(signatureRecordOf(stored(approved), 3)?.signatures).toHaveLength(2);
  });

  it('can be read', () => {
    const record = signatureRecordOf(stored(published), 3);
    const text = record ? recordText(record) : '';
    expect(text).toContain('第1段階 審査　個人情報保護責任者 保護 一郎　管理本部 法務部長');
    expect(text).toContain('第3版の変更箇所と全文を確認し、承認します。');
  });

  it('says under which deputation somebody signed: its days and what it extended to, where that was kept', () => {
    const textFor = (scope?: DeputationScope) => {
      const deputation = { id: 'dp1', from: '2030-01-01', until: '2030-01-31', ...(scope ? { scope } : {}) };
      const onBehalfOf = { person: privacy, officer: privacyOffice, deputation };
      const byDeputy = signed(signatureOf(colleague, 0, step(), { onBehalfOf }));
      const record = signatureRecordOf(stored([...inReview, byDeputy]), 3);
      expect(record?.signatures[0]?.onBehalfOf).toEqual(onBehalfOf);
      return record ? recordText(record) : '';
    };
    expect(textFor()).not.toContain('代理の範囲');
    expect(textFor({ roles: 'all', disclosureIds: 'all' })).toContain('代理の範囲　すべての役職／すべての開示書');
    expect(textFor({ roles: ['privacyOfficer'], disclosureIds: ['d1', 'd2'] })).toContain(
      '代理の範囲　個人情報保護責任者／この開示書とほかの1件',
    );
  });

  it('has what was said on reading afterwards', () => {
    const { signer: reader, capacity, onBehalfOf, officer, contentHash: hash } = signatureOf(colleague, 2, step());
    const read = { step: 2, reader, capacity, onBehalfOf, officer, contentHash: hash, at };
    const postReview = {
      ...read,
      statement: '承認された第3版を後閲しました。',
      comment: '次の版で根拠を足してください。',
    };
    const event: DisclosureEvent = {
      type: 'PostReviewed',
      data: { revisionId: 'r3', editionNumber: 3, postReview, by: colleague, at },
    };
    const record = signatureRecordOf(stored([...published, event]), 3);
    expect(record && recordText(record)).toContain('次の版で根拠を足してください。');
  });
});
