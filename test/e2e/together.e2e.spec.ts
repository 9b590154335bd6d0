import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { button, dialogOf, fillSignIn, sees, seesNo } from './browser';
import { editorOf, openItem, prepareJob, typeAtEnd } from './job';
import { password, until, type Person, type System } from './system';

const samplePath = join(__dirname, 'sample-disclosure.md');
const hanako: Person = { login: 'kisou', name: '起草 花子', address: 'kisou@kaede.example' };
const jiro: Person = { login: 'kansa', name: '監査 次郎', address: 'kansa@kaede.example' };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const { system: running, pageErrors, open, step } = prepareJob();
let system: System;
beforeAll(() => {
  system = running();
});

const palette = (page: Page): Locator => dialogOf(page, '検索と操作');
const field = (page: Page): Locator => palette(page).getByRole('combobox');
const chosen = (page: Page): Locator => palette(page).getByRole('option', { selected: true });
const present = (page: Page): Locator => page.getByRole('list', { name: 'ほかに開いている人' });
const heading = (page: Page, words: RegExp): Locator => page.getByRole('heading', { level: 2, name: words });

describe('two people in the workbench', () => {
  let hers: Page;
  let his: Page;
  let id: string;

  step('is opened by two people, who see each other and where they are', async () => {
    for (const [person, role] of [
      [hanako, 'drafter'],
      [jiro, 'auditor'],
    ] as const) {
      const account = ['--login', person.login, '--name', person.name, '--address', person.address, '--role', role];
      await system.kaijisho(['users', 'add', ...account], `${password}\n`);
    }
    const imported = await system.kaijisho(['import', samplePath, '--service', 'kaede', '--json']);
    id = (JSON.parse(imported) as { disclosureId: string }).disclosureId;
    hers = await open();
    await hers.goto(`/disclosures/${id}`);
    await fillSignIn(hers, hanako);
    await button(hers, '改訂を始める').click();
    const dialog = dialogOf(hers, '改訂を始める');
    await dialog.getByLabel('構成変更', { exact: true }).check();
    await button(dialog, '改訂を始める').click();
    await seesNo(dialog);
    await openItem(hers, 'I-4', '安全管理の体制');

    his = await open();
    await his.goto(`/disclosures/${id}/items/I-4`);
    await fillSignIn(his, jiro);
    await sees(present(his).getByText(/起草 花子/));
    await sees(his.getByText('起草 花子さんもこの項目を開いています'));
    await sees(present(hers).getByText(/監査 次郎/));
    await sees(hers.getByText('監査 次郎さんもこの項目を開いています'));
  });

  step('goes to an item by the palette, with the keyboard alone', async () => {
    await hers.keyboard.press('ControlOrMeta+k');
    await sees(field(hers));
    await hers.keyboard.insertText('ｉ－５');
    await sees(chosen(hers).getByText(/^I-5 /));
    await hers.keyboard.press('Enter');
    await sees(heading(hers, /^I-5/));
    await seesNo(palette(hers));
    await sees(present(his).getByText('I-5', { exact: true }));
    await seesNo(his.getByText('起草 花子さんもこの項目を開いています'));
  });

  step('takes no key of a word that is being composed', async () => {
    await hers.keyboard.press('ControlOrMeta+k');
    await sees(field(hers));
    const input = await hers.context().newCDPSession(hers);
    await input.send('Input.imeSetComposition', { text: 'でーた', selectionStart: 3, selectionEnd: 3 });
    await field(hers).dispatchEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 229, isComposing: true });
    await sees(field(hers));
    await input.send('Input.insertText', { text: 'データ' });
    expect(await field(hers).inputValue()).toBe('データ');
    await hers.keyboard.press('Escape');
    await seesNo(palette(hers));
    await sees(heading(hers, /^I-5/));
  });

  step('moves, writes, saves and goes on by the keyboard', async () => {
    await hers.locator('body').press('Alt+ArrowUp');
    await sees(heading(hers, /^I-4/));
    const editor = editorOf(hers, 'I-4');
    await sees(editor);
    await hers.evaluate('document.activeElement.blur()');
    await hers.keyboard.press('e');
    await until(
      () => editor.evaluate((element) => element === element.ownerDocument.activeElement),
      () => 'the key leads nowhere',
    );
    await typeAtEnd(hers, editor, 'バイオメトリクスの？');
    await seesNo(dialogOf(hers, 'キーボードの操作'));
    await hers.keyboard.press('Alt+Enter');
    await sees(heading(hers, /^I-5/));
    await sees(his.getByText('バイオメトリクスの？'));
  });

  step('finds what was saved, whatever its width', async () => {
    await until(
      async () => {
        await his.goto(`/search?q=${encodeURIComponent('ﾊﾞｲｵﾒﾄﾘｸｽ')}`);
        await sees(his.getByRole('status').filter({ hasText: /件|見つかりません/ }));
        return (await his.getByRole('listitem').getByText('バイオメトリクス', { exact: true }).count()) === 1;
      },
      () => 'the edit is not found',
    );
    await his.getByRole('link', { name: /^I-4/ }).click();
    await sees(heading(his, /^I-4/));
    await his.goto(`/search?q=${encodeURIComponent('ﾃﾞｰﾀ')}`);
    await sees(his.locator('mark').filter({ hasText: /^データ$/ }));
  });

  step('says which keys there are, and is reached by a finger too', async () => {
    await his.goto(`/disclosures/${id}/items/I-4`);
    await sees(heading(his, /^I-4/));
    await his.keyboard.press('?');
    await sees(dialogOf(his, 'キーボードの操作').getByRole('row', { name: /次の項目/ }));
    await his.keyboard.press('Escape');

    const small = await open(phone);
    await small.goto(`/disclosures/${id}/items/I-4`);
    await fillSignIn(small, jiro);
    await sees(heading(small, /^I-4/));
    await button(small, '検索と操作').tap();
    await field(small).fill('証明書');
    await palette(small).getByRole('option', { name: '証明書・監査', exact: true }).tap();
    await small.waitForURL(/\/certificates$/);
    const over = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await small.evaluate(over)).toBeLessThanOrEqual(0);
  });

  step('is left, and the other one sees that', async () => {
    await hers.goto('/');
    await his.goto(`/disclosures/${id}/items/I-4`);
    await sees(heading(his, /^I-4/));
    await seesNo(present(his));
    expect(pageErrors).toEqual([]);
  });
});
