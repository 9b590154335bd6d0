import { firstDifference } from './compose';

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
