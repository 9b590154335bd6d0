import { textOf } from '@app/content';
import { DEMO_DISCLOSURE, replay } from '@app/demo';
import { disclosureCodec, disclosureDecider, itemsOf, type Part, type Registered } from '@app/disclosures';
import { currentState, type StoredEvent } from '@app/event-sourcing';
import { PostgresEventStore } from '@app/event-store-postgres';
import { migrations } from '@app/runtime';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { logShowsAll } from '../../../test/setup/log';
import { patternsOf } from './patterns';
import { search } from './search';
import { searchedRecords } from './searched-records';
import { searchedTexts } from './searched-texts';

describe('what is searched', () => {
  let db: TestDatabase;
  let events: readonly StoredEvent[];
  let state: Registered;
  beforeAll(async () => {
    db = await createTestDatabase(migrations);
    const store = new PostgresEventStore(db.pool);
    await replay({ store, dataSource: db.dataSource }, '2031-03-10');
    await logShowsAll(db.dataSource);
    events = await store.readAll(null, 10_000);
    const now = await currentState(store, disclosureDecider, disclosureCodec, `disclosure-${DEMO_DISCLOSURE}`);
    if (now.status !== 'Registered') throw new Error('nothing was imported');
    state = now;
  });
  afterAll(() => db.close());

  type Row = {
    readonly item_key: string;
    readonly text: string;
    readonly editions: number[];
    readonly in_draft: boolean;
  };
  /** Takes the log in by so many events at a time. */
  const filled = async (size: number): Promise<readonly Row[]> => {
    await db.dataSource.query('delete from searched_text');
    for (let at = 0; at < events.length; at += size)
      await db.dataSource.transaction((tx) => searchedTexts.apply(events.slice(at, at + size), tx));
    return db.dataSource.query('select * from searched_text order by disclosure_id, item_key, hash');
  };
  const said = (parts: readonly Part[]) =>
    itemsOf(parts)
      .map(({ itemKey, body }) => [itemKey, textOf(body)])
      .toSorted();
  const texts = (rows: readonly Row[]) => rows.map(({ item_key, text }) => [item_key, text]).toSorted();

  it('is what the draft and each edition say, however the log comes in', async () => {
    const rows = await filled(10_000);
    const ofItems = rows.filter(({ item_key }) => item_key !== '');
    expect(texts(ofItems.filter(({ in_draft }) => in_draft))).toEqual(said(state.parts));
    for (const { number, parts } of state.editions)
      expect(texts(ofItems.filter(({ editions }) => editions.includes(number)))).toEqual(said(parts));
    expect(ofItems.every(({ editions, in_draft }) => in_draft || editions.length > 0)).toBe(true);
    expect(await filled(1)).toEqual(rows);
    expect(await filled(7)).toEqual(rows);
  });

  it('is found by every word of the question, marked where it was written', async () => {
    const { hits, more } = await search(db.dataSource, 'ﾃﾞｰﾀ 暗号', 50);
    expect(hits.length).toBeGreaterThan(0);
    expect(more).toBe(false);
    for (const { item, passage } of hits) {
      const marks = [...(item?.title ?? []), ...passage].filter(({ marked }) => marked).map(({ text }) => text);
      expect(marks.length).toBeGreaterThan(0);
      expect(marks.every((mark) => ['データ', '暗号'].includes(mark))).toBe(true);
    }
    const drafted = hits.map(({ inDraft }) => inDraft);
    expect(drafted).toEqual(drafted.toSorted((one, other) => Number(other) - Number(one)));
  });

  it('is a disclosure by its title or service first', async () => {
    const { hits } = await search(db.dataSource, state.serviceName, 3);
    expect(hits[0]).toMatchObject({ disclosureId: DEMO_DISCLOSURE, item: null });
  });

  it('has its item found by its number', async () => {
    const { hits } = await search(db.dataSource, 'ｉｉ－３', 1);
    expect(hits[0]?.item).toMatchObject({ place: 'II-3' });
  });

  it('is the same for the database as for the one who marks it', async () => {
    for (const question of [
      'サーバルーム',
      'データベース',
      '%',
      '_',
      'バックアップサーバー',
      'メモリー',
      'ISMS 100%',
    ]) {
      const texts = await db.dataSource.query<{ sought: string }[]>('select sought from searched_text');
      const patterns = patternsOf(question).map((pattern) => new RegExp(pattern));
      const expected = texts.filter(({ sought }) => patterns.every((pattern) => pattern.test(sought))).length;
      expect([question, (await search(db.dataSource, question, 10_000)).hits.length]).toEqual([question, expected]);
    }
  });

  describe('of the registers', () => {
    const eventOf = (type: string): StoredEvent => {
      const found = events.find((event) => event.type === type);
      if (!found) throw new Error(`the demo has no ${type}`);
      return found;
    };
    const recordsFor = async (question: string) => (await search(db.dataSource, question, 50)).records;
    beforeAll(async () => {
      const registered = eventOf('DisclosureRegistered');
      const data = {
        ...{ annotationId: 'e1', number: 1, itemKey: null, text: 'ﾎｹﾞ株式会社の表記', reason: '社名の誤記' },
        officer: { role: null, name: '責任 一郎', department: '', title: '' },
        ...{ by: { id: 'u1', name: '責任 一郎' }, at: '2031-01-01T00:00:00.000Z' },
      };
      const erratum = { ...registered, type: 'EditionAnnotated', data };
      for (const batch of [events.slice(0, 20), events.slice(20), [erratum]])
        await db.dataSource.transaction((tx) => searchedRecords.apply(batch, tx));
    });

    it('is a certificate by its name and its number', async () => {
      const { certificateId, name, number } = eventOf('CertificateRegistered').data as { [key: string]: string };
      for (const question of [name!, number!])
        expect(await recordsFor(question)).toContainEqual(
          expect.objectContaining({ kind: 'certificate', id: certificateId, edition: null }),
        );
      const [{ title } = { title: [] }] = await recordsFor(name!);
      expect(title.filter(({ marked }) => marked).length).toBeGreaterThan(0);
    });

    it('is an audit by what was found', async () => {
      const { auditId, note } = eventOf('AuditPerformed').data as { [key: string]: string };
      const [found] = await recordsFor(note!.slice(0, 12));
      expect(found).toMatchObject({ kind: 'audit', id: auditId });
      expect(found?.passage.some(({ marked }) => marked)).toBe(true);
    });

    it('is an erratum, called by the service, whatever its width', async () =>
      expect(await recordsFor('ホゲ 誤記')).toEqual([
        {
          ...{ kind: 'erratum', id: 'e1', edition: { disclosureId: DEMO_DISCLOSURE, number: 1 } },
          title: [{ text: state.serviceName, marked: false }],
          passage: expect.arrayContaining([{ text: 'ﾎｹﾞ', marked: true }]),
        },
      ]));
  });

  it('is not more than was asked for, and says so', async () => {
    const { hits, more } = await search(db.dataSource, '情報', 2);
    expect([hits.length, more]).toEqual([2, true]);
  });

  it.each(['', '　', '(((', '.*', "'; drop table searched_text; --", '***', '\\', '\u0000'])(
    'has nothing for %j, and no error',
    async (question) => expect((await search(db.dataSource, question, 5)).hits).toEqual([]),
  );
});
