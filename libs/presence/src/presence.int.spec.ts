import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { endPresence, GONE_AFTER_MS, notePresence, presenceMigrations } from './presence';

describe('who has a disclosure open', () => {
  let db: TestDatabase;
  beforeEach(async () => void (db = await createTestDatabase(presenceMigrations)));
  afterEach(() => db.close());

  const [hanako, ichiro] = [
    { id: 'u-1', name: '起草 花子' },
    { id: 'u-2', name: '承認 一郎' },
  ];
  const start = Date.parse('2030-01-02T09:00:00.000Z');
  const after = (ms: number): string => new Date(start + ms).toISOString();
  const page = (by: { id: string; name: string }, tab = randomUUID() as string, disclosureId = 'd-1') => ({
    note: (itemKey: string | null, ms = 0) =>
      notePresence(db.dataSource, { disclosureId, by, tab, itemKey, at: after(ms) }),
    close: () => endPresence(db.dataSource, { disclosureId, by, tab }),
    tab,
  });
  const tabsLeft = async (): Promise<number> => (await db.dataSource.query('select from presence')).length;

  it('sees the others with the items they are in, and not themselves', async () => {
    expect(await page(hanako).note('II-3')).toEqual({ others: [] });
    expect(await page(ichiro).note(null)).toEqual({ others: [{ ...hanako, itemKeys: ['II-3'] }] });
    expect(await page(hanako).note('II-4')).toEqual({ others: [{ ...ichiro, itemKeys: [] }] });
    expect(await page(ichiro).note(null)).toEqual({ others: [{ ...hanako, itemKeys: ['II-3', 'II-4'] }] });
  });

  it('is somewhere else as soon as they go there', async () => {
    const hers = page(hanako);
    await hers.note('II-3');
    await hers.note('II-4', 1_000);
    expect(await page(ichiro).note(null, 2_000)).toEqual({ others: [{ ...hanako, itemKeys: ['II-4'] }] });
  });

  it('is not seen in another disclosure', async () => {
    await page(hanako).note('II-3');
    expect(await page(ichiro, undefined, 'd-2').note('II-3')).toEqual({ others: [] });
  });

  it('is gone with the last page that they close', async () => {
    const [one, other, his] = [page(hanako), page(hanako), page(ichiro)];
    await one.note('II-3');
    await other.note('II-4');
    await one.close();
    expect(await his.note(null)).toEqual({ others: [{ ...hanako, itemKeys: ['II-4'] }] });
    await other.close();
    await other.close();
    expect(await his.note(null)).toEqual({ others: [] });
  });

  it('cannot be sent away by somebody else', async () => {
    const hers = page(hanako);
    await hers.note('II-3');
    const his = page(ichiro, hers.tab);
    await his.close();
    expect((await his.note('II-5')).others).toEqual([{ ...hanako, itemKeys: ['II-3'] }]);
  });

  it('is forgotten when nothing is heard of them, and there again when something is', async () => {
    const [hers, his] = [page(hanako), page(ichiro)];
    await hers.note('II-3');
    expect((await his.note(null, GONE_AFTER_MS)).others).toHaveLength(1);
    expect((await his.note(null, GONE_AFTER_MS + 1)).others).toEqual([]);
    expect(await tabsLeft()).toBe(1);
    await hers.note('II-3', GONE_AFTER_MS + 2);
    expect((await his.note(null, GONE_AFTER_MS + 3)).others).toHaveLength(1);
  });

  it('is noted by several processes at once', async () => {
    const pages = Array.from({ length: 20 }, (_, at) => page({ id: `u-${at}`, name: `利用者 ${at}` }));
    for (const ms of [0, GONE_AFTER_MS + 1]) await Promise.all(pages.map(({ note }) => note('II-3', ms)));
    expect((await page(hanako, undefined, 'd-1').note(null, GONE_AFTER_MS + 2)).others).toHaveLength(19);
  });
});
