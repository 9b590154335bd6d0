import type { DisclosureEvent } from '../domain/disclosure';
import { drafter, drafting, hashOfText, revised, texts, textBody } from '../domain/examples';
import { itemHistory, textOfItem } from '../contract';
import { storeWith } from '../as-of/random-life';
import { ItemHistory, ItemHistoryHandler, PAGE, TextOfItem, TextOfItemHandler } from './item-history';

describe('the history of an item', () => {
  const words = [texts.risk, ...Array.from({ length: PAGE + 5 }, (_, n) => `第${n + 1}案`)];
  const edits = words.slice(1).map((text, n): DisclosureEvent => revised('II-1', words[n]!, text));
  const events = [...drafting, revised('I-1', texts.law, '別の項目'), ...edits];
  const ask = async (after?: string, itemKey = 'II-1') =>
    new ItemHistoryHandler((await storeWith(events)).store).execute(
      new ItemHistory('d1', itemKey, after === undefined ? undefined : Number(after)),
    );

  it('is told in pages, newest first, back to the import, each text once and without its words', async () => {
    const first = await ask();
    const second = await ask(first.next!);
    expect(itemHistory.parse(first)).toEqual(first);
    expect([first.texts.length, second.next]).toEqual([PAGE, null]);
    const told = [...first.texts, ...second.texts];
    expect(told.map(({ bodyHash }) => bodyHash)).toEqual(words.toReversed().map(hashOfText));
    expect(told.map(({ editionNumber }) => editionNumber)).toEqual([...edits.map(() => 3), 2]);
    expect(told.at(-1)).toEqual({
      ...{ version: 2, editionNumber: 2, by: drafter, at: drafting[1]!.data.at },
      ...{ bodyHash: hashOfText(texts.risk), restoredFrom: null, fromFile: null },
    });
  });

  it('says which file a text was taken over from', async () => {
    const edit = revised('II-1', texts.risk, '部門から戻った文');
    if (edit.type !== 'ItemRevised') throw new Error('No edit');
    const fromFile = { fileName: 'mine.docx', sha256: 'f'.repeat(64) };
    const { store } = await storeWith([...drafting, { ...edit, data: { ...edit.data, fromFile } }]);
    const history = await new ItemHistoryHandler(store).execute(new ItemHistory('d1', 'II-1'));
    expect(history.texts.map((text) => text.fromFile)).toEqual(['mine.docx', null]);
  });

  it('has no further page where it ends with one', async () =>
    expect((await ask(String(events.length - 5))).next).toBeNull());

  it('of an item or a disclosure that is not there is empty', async () => {
    expect(await ask(undefined, 'IX-9')).toEqual({ texts: [], next: null });
    const { store } = await storeWith(events);
    expect(await new ItemHistoryHandler(store).execute(new ItemHistory('nobody', 'II-1'))).toMatchObject({ texts: [] });
  });

  it('gives each text by its place, and none where another item was written in', async () => {
    const { store } = await storeWith(events);
    const text = (version: number) => new TextOfItemHandler(store).execute(new TextOfItem('d1', 'II-1', version));
    const last = await text(events.length);
    expect(textOfItem.parse(last)).toEqual(last);
    expect(last).toMatchObject({ body: textBody(words.at(-1)!), bodyHash: hashOfText(words.at(-1)!) });
    expect(await text(2)).toMatchObject({ body: textBody(texts.risk) });
    expect([await text(drafting.length + 1), await text(0), await text(999)]).toEqual([null, null, null]);
  });
});
