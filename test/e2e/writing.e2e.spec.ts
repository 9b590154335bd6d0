import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { button, dialogOf, fillSignIn, sees, seesNo } from './browser';
import { editorOf, moveBy, moveTo, openItem, prepareJob, typeAtEnd } from './job';
import { password, until, type Person, type System } from './system';

const samplePath = join(__dirname, 'sample-disclosure.md');
const drafter: Person = { login: 'kisou', name: '起草 花子', address: 'kisou@kaede.example' };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const { system: running, pageErrors, open, step } = prepareJob();
let system: System;
beforeAll(() => {
  system = running();
});

const saved = (page: Page): Locator => page.getByText('保存済み', { exact: true });
const kept = (page: Page): Locator => page.getByText('この端末だけに保存', { exact: true });
const onlyHere = (page: Page): Locator => page.getByText(/^I-4 の文は、この端末だけに保存してあります。/);

type Node = {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: { readonly colspan?: number; readonly rowspan?: number };
  readonly content?: readonly Node[];
};
const textOf = ({ text = '', content = [] }: Node): string => text + content.map(textOf).join('');
/** A row per row: `見` before a header cell, `→2` and `↓2` after one that is merged. */
const tableOf = (body: Node): readonly string[] =>
  (body.content?.find(({ type }) => type === 'table')?.content ?? []).map(({ content: cells = [] }) =>
    cells
      .map((cell) => {
        const { colspan = 1, rowspan = 1 } = cell.attrs ?? {};
        const merged = `${colspan > 1 ? `→${colspan}` : ''}${rowspan > 1 ? `↓${rowspan}` : ''}`;
        return `${cell.type === 'tableHeader' ? '見' : ''}${textOf(cell)}${merged}`;
      })
      .join('|'),
  );

const dragAcross = async (page: Page, from: Locator, to: Locator): Promise<void> => {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error('cells have a place');
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 8 });
  await page.mouse.up();
};

const hasSelected = (editor: Locator, count: number): Promise<unknown> =>
  until(
    async () => (await editor.locator('.selectedCell').count()) === count,
    () => `${count} cells should be selected.`,
  );

describe('what is written', () => {
  let page: Page;
  let id: string;

  /** The body of an item on the server, whoever asks. */
  const bodyOf = async (itemKey: string): Promise<Node> => {
    const answer = await page.request.get(`/api/disclosures/${id}`);
    const { parts } = (await answer.json()) as { parts: { items: { itemKey: string; body: Node }[] }[] };
    const item = parts.flatMap(({ items }) => items).find((each) => each.itemKey === itemKey);
    if (!item) throw new Error(`There is no ${itemKey}.`);
    return item.body;
  };
  const serverHas = async (itemKey: string, text: string): Promise<void> => {
    let body = '';
    await until(
      async () => (body = textOf(await bodyOf(itemKey))).includes(text),
      () => `${itemKey} does not say ${text}: ${body}`,
    );
  };
  const serverHasTable = async (itemKey: string, rows: readonly string[]): Promise<void> => {
    let table: readonly string[] = [];
    await until(
      async () => JSON.stringify((table = tableOf(await bodyOf(itemKey)))) === JSON.stringify(rows),
      () => `${itemKey} has another table:\n${table.join('\n')}`,
    );
  };

  step('begins with a revision', async () => {
    const account = ['--login', drafter.login, '--name', drafter.name, '--address', drafter.address];
    await system.kaijisho(['users', 'add', ...account, '--role', 'drafter'], `${password}\n`);
    const imported = await system.kaijisho(['import', samplePath, '--service', 'kaede', '--json']);
    id = (JSON.parse(imported) as { disclosureId: string }).disclosureId;
    page = await open();
    await page.clock.install();
    await page.goto(`/disclosures/${id}`);
    await fillSignIn(page, drafter);
    await button(page, '改訂を始める').click();
    const dialog = dialogOf(page, '改訂を始める');
    await dialog.getByLabel('構成変更', { exact: true }).check();
    await button(dialog, '改訂を始める').click();
    await seesNo(dialog);
  });

  step('is saved when the item is left', async () => {
    await typeAtEnd(page, await openItem(page, 'I-4', '安全管理の体制'), '項目を離れました。');
    await openItem(page, 'I-5', '個人データの取扱いの実績');
    await serverHas('I-4', '項目を離れました。');
  });

  step('is saved when the page is left', async () => {
    await typeAtEnd(page, await openItem(page, 'I-4', '安全管理の体制'), '画面を離れました。');
    await page.goto('/activity');
    await serverHas('I-4', '画面を離れました。');
  });

  step('is saved after a minute’s rest, and no word that is being composed is cut', async () => {
    await page.goto(`/disclosures/${id}/items/I-4`);
    const editor = editorOf(page, 'I-4');
    await sees(editor);
    await typeAtEnd(page, editor, '手を休めました。');
    await page.clock.fastForward(61_000);
    await sees(saved(page));
    await serverHas('I-4', '手を休めました。');

    await moveTo(page, 'End');
    const ime = await page.context().newCDPSession(page);
    await ime.send('Input.imeSetComposition', { text: 'へんかん', selectionStart: 4, selectionEnd: 4 });
    await sees(kept(page));
    await page.clock.fastForward(61_000);
    await ime.send('Input.imeSetComposition', { text: '変換', selectionStart: 2, selectionEnd: 2 });
    await ime.send('Input.insertText', { text: '変換' });
    await ime.detach();
    expect(textOf(await bodyOf('I-4'))).not.toContain('へんかん');
    await sees(kept(page));
    await page.clock.fastForward(61_000);
    await sees(saved(page));
    await serverHas('I-4', '手を休めました。変換');
  });

  step('stays on the device when it is refused, and that is said', async () => {
    const editor = editorOf(page, 'I-4');
    await typeAtEnd(page, editor, '\u{1fae0}');
    await page.clock.fastForward(61_000);
    await sees(page.getByRole('alert').getByText(/字形|文字|印刷/));
    await sees(kept(page));
    await page.keyboard.press('Backspace');
    await page.keyboard.press('ControlOrMeta+s');
    await sees(saved(page));

    await page.context().setOffline(true);
    await typeAtEnd(page, editor, '圏外で離れました。');
    await openItem(page, 'I-5', '個人データの取扱いの実績');
    await sees(onlyHere(page));
    await page.context().setOffline(false);
    await openItem(page, 'I-4', '安全管理の体制');
    await sees(page.getByText(/に書きかけ、保存していない文を開きました。/));
    await page.keyboard.press('ControlOrMeta+s');
    await sees(saved(page));
    await serverHas('I-4', '変換圏外で離れました。');
  });

  step(
    'belongs to what is submitted, also when it was typed just before; and nothing is submitted without it',
    async () => {
      await button(page, '改訂理由と履歴の文').click();
      const describing = dialogOf(page, '改訂理由と履歴の文');
      await describing.getByLabel('改訂履歴に載せる文').fill('体制の見直し');
      await button(describing, '保存').click();
      await seesNo(describing);
      const dialog = dialogOf(page, '第4版を提出する');
      const editor = editorOf(page, 'I-4');
      const unsaved = dialog.getByRole('alert').filter({ hasText: 'まだ保存していない書きかけがあります。' });
      const submitButton = button(dialog, '提出する');

      await page.context().setOffline(true);
      await typeAtEnd(page, editor, '圏外で提出しようとしました。');
      await button(page, '提出').click();
      await sees(unsaved.getByRole('link', { name: 'I-4 安全管理の体制' }));
      expect(await submitButton.isDisabled()).toBe(true);
      await page.context().setOffline(false);
      await unsaved.getByRole('link').click();
      await seesNo(dialog);
      await sees(kept(page));

      let goOn = (): void => undefined;
      const held = new Promise<void>((resolve) => (goOn = resolve));
      await page.route('**/items/I-4', async (route) => {
        await held;
        await route.continue();
      });
      await button(page, '提出').click();
      await sees(dialog.getByText('書きかけの文を保存しています。'));
      expect(await submitButton.isDisabled()).toBe(true);
      goOn();
      await sees(dialog.getByText('圏外で提出しようとしました。'));
      await seesNo(dialog.getByText('書きかけの文を保存しています。'));
      expect(await unsaved.count()).toBe(0);
      await page.unroute('**/items/I-4');
      await serverHas('I-4', '圏外で提出しようとしました。');
      await button(dialog, 'キャンセル').click();
      await seesNo(dialog);
    },
  );

  step('is a table of merged, split and header cells, by the mouse', async () => {
    const editor = await openItem(page, 'I-5', '個人データの取扱いの実績');
    await editor.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('次の表のとおりです。');
    await page.keyboard.press('Enter');
    const tool = (name: string): Promise<void> => button(page.getByRole('toolbar'), name).click();
    const cell = (row: number, column: number): Locator => editor.locator('tr').nth(row).locator('th, td').nth(column);
    await tool('表を挿入');
    for (const [row, texts] of ['区分 期間 備考', '原本 十年 保管', '写し 五年 廃棄'].entries())
      for (const [column, text] of texts.split(' ').entries()) {
        await cell(row, column).click();
        await page.keyboard.insertText(text);
      }
    await dragAcross(page, cell(1, 0), cell(1, 1));
    await hasSelected(editor, 2);
    await tool('セルを結合');
    await dragAcross(page, cell(1, 1), cell(2, 2));
    await hasSelected(editor, 2);
    await tool('セルを結合');
    await cell(2, 0).click();
    await tool('見出しセル');
    await page.keyboard.press('ControlOrMeta+s');
    await sees(saved(page));
    await serverHasTable('I-5', ['見区分|見期間|見備考', '原本十年→2|保管廃棄↓2', '見写し|五年']);

    await cell(1, 0).click();
    await tool('セルを分割');
    await page.keyboard.press('ControlOrMeta+s');
    await sees(saved(page));
    await serverHasTable('I-5', ['見区分|見期間|見備考', '原本十年||保管廃棄↓2', '見写し|五年']);
  });

  step('is the same by the keyboard alone', async () => {
    await page.keyboard.press('Alt+ArrowDown');
    const editor = editorOf(page, 'I-6');
    await sees(editor);
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('e');
    await sees(page.locator('.ProseMirror-focused'));
    const focused = (): Promise<string> =>
      page.evaluate('document.activeElement.ariaLabel || document.activeElement.textContent');
    const tool = async (name: string): Promise<void> => {
      await page.keyboard.press('Alt+F10');
      await until(
        async () => {
          if ((await focused()) === name) return true;
          await page.keyboard.press('ArrowRight');
          return false;
        },
        () => `The keys do not lead to ${name}.`,
      );
      await moveBy(page, 'Enter');
      await sees(page.locator('.ProseMirror-focused'));
    };
    const byPalette = async (name: string): Promise<void> => {
      const palette = dialogOf(page, '検索と操作');
      await page.keyboard.press('ControlOrMeta+k');
      await sees(palette.getByRole('combobox'));
      await page.keyboard.insertText(name);
      await sees(palette.getByRole('option', { selected: true, name }));
      await page.keyboard.press('Enter');
      await seesNo(palette);
      await sees(page.locator('.ProseMirror-focused'));
    };
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('次の表のとおりです。');
    await moveBy(page, 'Enter');
    await tool('表を挿入');
    await sees(editor.getByRole('table'));
    for (const [at, text] of '区分 期間 備考 原本 十年 保管 写し 五年 廃棄'.split(' ').entries()) {
      if (at > 0) await moveBy(page, 'Tab');
      await page.keyboard.insertText(text);
    }
    // From 廃棄 to 五年, then up: four cells.
    await moveBy(page, 'Home');
    for (const [key, count] of [
      ['ArrowLeft', 2],
      ['ArrowUp', 4],
    ] as const) {
      await page.keyboard.press(`Shift+${key}`);
      await hasSelected(editor, count);
    }
    await tool('セルを結合');
    await page.keyboard.press('Alt+F10');
    await page.keyboard.press('Escape');
    await sees(page.locator('.ProseMirror-focused'));
    await byPalette('見出しセル');
    await page.keyboard.press('ControlOrMeta+s');
    await sees(saved(page));
    await serverHasTable('I-6', ['見区分|見期間|見備考', '原本|見十年保管五年廃棄→2↓2', '写し']);

    await byPalette('セルを分割');
    await page.keyboard.press('ControlOrMeta+s');
    await sees(saved(page));
    await serverHasTable('I-6', ['見区分|見期間|見備考', '原本|見十年保管五年廃棄|見', '写し|見|見']);
  });

  step('is written on a phone', async () => {
    const small = await open(phone);
    await small.goto(`/disclosures/${id}/items/I-4`);
    await fillSignIn(small, drafter);
    const editor = editorOf(small, 'I-4');
    await sees(editor);
    await editor.tap();
    await moveTo(small, 'End');
    await small.keyboard.insertText('電話で書きました。');
    await sees(kept(small));
    await button(small, '保存').tap();
    await sees(saved(small));
    await serverHas('I-4', '電話で書きました。');
    const over = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await small.evaluate(over)).toBeLessThanOrEqual(0);
    expect(pageErrors).toEqual([]);
  });
});
