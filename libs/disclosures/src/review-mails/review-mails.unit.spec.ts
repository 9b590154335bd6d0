import { storeWith } from '../as-of/random-life';
import { livedThrough } from '../as-of/life';
import { textRead } from '../comparison/compare-disclosure';
import type { DisclosureEvent } from '../domain/disclosure';
import {
  approved,
  at,
  contentHash,
  inReview,
  management,
  organisation,
  privacy,
  reviewSigned,
  revised,
  stateAfter,
  submittedWith,
  texts,
} from '../domain/examples';
import { isInReview, mayActAs } from '../domain/review';
import { firstDifference, postReviewRequest, signRequest } from './compose';

describe('the request for a signature', () => {
  const requested = (...events: readonly DisclosureEvent[]) => requestedOver({ parts: [], how: null }, ...events);
  const requestedOver = (before: Parameters<typeof signRequest>[2], ...events: readonly DisclosureEvent[]) => {
    const state = stateAfter(...events);
    if (!isInReview(state)) throw new Error('asks for no signature');
    const [acting] = mayActAs(state, privacy.id, organisation, '2030-01-02');
    return signRequest(state, acting!, before, { publicUrl: '', version: 1 }).paragraphs;
  };
  const back: Extract<DisclosureEvent, { type: 'ReturnedForChanges' }> = {
    type: 'ReturnedForChanges',
    data: { revisionId: 'r3', step: 0, reason: '証明書の期限を直してください。', by: management, at },
  };

  const recorded = async (...events: readonly DisclosureEvent[]) =>
    (await storeWith(events)).store.read('disclosure-d1');

  it('says of a text that was sent back that it is submitted again, who sent it back, when and why', () => {
    const [first, second] = requested(...inReview, back, submittedWith());
    expect(first).toContain('起草 花子さんが再提出した');
    expect(second).toBe('管理 三郎さんが2030年1月2日に差し戻しました：証明書の期限を直してください。');
  });

  it('tells whoever sent it back what has changed since, from the text that they sent back', async () => {
    const changed = [...inReview, back, revised('I-2', texts.backup, '週次で検証します。'), submittedWith()];
    const history = await recorded(...changed);
    const read = textRead(livedThrough(history), management.id);
    expect(read).toMatchObject({ how: 'returned', text: { label: '第3版（案、2030年1月2日に差戻し）' } });
    expect(read?.text.contentHash).toBe(contentHash);
    expect(textRead(livedThrough(history), privacy.id)).toBeNull();
    const before = { parts: read!.text.parts, how: read!.how };
    expect(requestedOver(before, ...inReview, back, submittedWith()).at(-1)).toBe(
      'あなたが差し戻してから、本文は変わっていません。',
    );
    expect(requestedOver(before, ...changed).at(-1)).toBe('あなたが差し戻した本文から変わった項目は次のとおりです。');
  });

  it('goes back to what somebody signed, also when they have sent a later text back', async () => {
    const history = await recorded(...inReview, reviewSigned, { ...back, data: { ...back.data, by: privacy } });
    expect(textRead(livedThrough(history), privacy.id)?.how).toBe('signed');
  });

  it('says nothing of the kind of the first submission', () =>
    expect(requested(...inReview).join()).not.toMatch(/再提出|差し戻/));
});

describe('the request for 後閲', () => {
  const asked = (isPublished: boolean) =>
    postReviewRequest(stateAfter(...approved), 3, isPublished, { publicUrl: '', version: 9 }).action.url;

  it('leads to the review, which says what has moved since; when it is published, to the edition, which does not move', () =>
    expect([asked(false), asked(true)]).toEqual(['/disclosures/d1/review?v=9', '/disclosures/d1/editions/3']));
});

describe('the excerpt of a change in a mail', () => {
  it('begins shortly before the first difference', () => {
    const common = 'この文は三十字よりも長く続いていて、最後の数字だけが違います。保存は';
    const [older, newer] = firstDifference(`${common}10日です。`, `${common}35日です。`);
    expect(older).toMatch(/^….*10日です。$/);
    expect(newer).toMatch(/^….*35日です。$/);
    expect(older.length).toBeLessThan(common.length);
  });

  it('says so when there was no text', () => expect(firstDifference('', '新しい文')[0]).toBe('（本文なし）'));

  it('is cut where it gets long, and shows that', () => {
    const [older] = firstDifference('あ'.repeat(200), 'い');
    expect([...older].length).toBeLessThanOrEqual(61);
    expect(older.endsWith('…')).toBe(true);
  });

  it('shows both whole when one only goes on', () =>
    expect(firstDifference('短い文', '短い文です')).toEqual(['短い文', '短い文です']));
});
