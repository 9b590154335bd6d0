import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { button, dialogOf, fillSignIn, sees, seesNo } from './browser';
import { editorOf, moveTo, openItem, prepareJob, typeAtEnd } from './job';
import { password, until, type Person, type System } from './system';

const samplePath = join(__dirname, 'sample-disclosure.md');
const drafter: Person = { login: 'kisou', name: '起草 花子', address: 'kisou@kaede.example' };
const colleague: Person = { login: 'douryou', name: '同僚 次郎', address: 'douryou@kaede.example' };

const { system: running, open, step } = prepareJob();
let system: System;
beforeAll(() => {
  system = running();
});

const saved = (page: Page): Locator => page.getByText('保存済み', { exact: true });
const kept = (page: Page): Locator => page.getByText('未保存・控えあり');
const save = async (page: Page): Promise<void> => {
  await button(page, '保存').click();
  await sees(saved(page));
};
const textIs = (editor: Locator, text: string): Promise<unknown> =>
  until(
    async () => (await editor.innerText()).replace(/\s/g, '') === text,
    () => `It does not say: ${text}`,
  );
const typeOver = async (page: Page, editor: Locator, text: string): Promise<void> => {
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
  await sees(kept(page));
};

/** What a program puts on the clipboard, as the browser hands it to where the cursor is. */
const paste = (page: Page, html: string, text: string): Promise<unknown> =>
  page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', ${JSON.stringify(html)});
    clipboardData.setData('text/plain', ${JSON.stringify(text)});
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }`);

const office =
  'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"';
const excel = `<html ${office}><head><meta name=Generator content="Microsoft Excel 15"><style><!--td{color:black;font-size:11pt} .xl65{background:#FFC000;border:.5pt solid windowtext}--></style></head>
<body link="#0563C1"><table border=0 cellpadding=0 cellspacing=0 width=432 style='border-collapse:collapse;width:324pt'><!--StartFragment--><col width=72 span=3 style='width:54pt'>
<tr height=25 style='height:18.75pt'><td colspan=2 height=25 class=xl65 width=144 style='height:18.75pt'>保管の
  区分</td><td rowspan=2 class=xl65 style='background:yellow'><font color=red>期間</font></td></tr>
<tr><td class=xl65>原本</td><td class=xl65>写し</td></tr>
<tr><td colspan=2 style='mso-ignore:colspan'>隣にはみ出した長い説明</td><td align=right>10年</td></tr>
<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td><td width=72></td><td width=72></td></tr><![endif]><!--EndFragment--></table></body></html>`;
describe('the workbench', () => {
  let page: Page;
  let other: Page;
  let id: string;

  step('begins with a revision that two people draft', async () => {
    for (const { login, name, address } of [drafter, colleague])
      await system.kaijisho(
        ['users', 'add', '--login', login, '--name', name, '--address', address, '--role', 'drafter'],
        `${password}\n`,
      );
    const imported = await system.kaijisho(['import', samplePath, '--service', 'kaede', '--json']);
    id = (JSON.parse(imported) as { disclosureId: string }).disclosureId;
    page = await open();
    await page.goto(`/disclosures/${id}`);
    await fillSignIn(page, drafter);
    await button(page, '改訂を始める').click();
    const dialog = dialogOf(page, '改訂を始める');
    await dialog.getByLabel('構成変更', { exact: true }).check();
    await button(dialog, '改訂を始める').click();
    await seesNo(dialog);
    other = await open();
    await other.goto(`/disclosures/${id}`);
    await fillSignIn(other, colleague);
  });

  step(
    'composes Japanese: what is being composed is kept whole, and the Enter that confirms does nothing else',
    async () => {
      const editor = await openItem(page, 'I-4', '安全管理の体制');
      await typeOver(page, editor, '末尾');
      await moveTo(page, 'Home');
      const ime = await page.context().newCDPSession(page);
      const compose = (text: string) =>
        ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
      const draft = (): Promise<string> =>
        page.evaluate(
          'JSON.stringify(Object.entries(localStorage).filter(([name]) => name.startsWith("kaijisho.draft.")))',
        );
      for (const text of ['ｋ', 'か', 'かｎ', 'かん', 'かんじ']) await compose(text);
      // The autosave comes in the middle of the word, and the word goes on.
      await until(
        async () => (await draft()).includes('かんじ'),
        () => 'Nothing was kept.',
      );
      await compose('漢字');
      // Enter belongs to the input method: the page gets a key without a meaning, then the text.
      await ime.send('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        windowsVirtualKeyCode: 229,
        key: 'Process',
        code: 'Enter',
      });
      await ime.send('Input.insertText', { text: '漢字' });
      await ime.send('Input.dispatchKeyEvent', {
        type: 'keyUp',
        windowsVirtualKeyCode: 13,
        key: 'Enter',
        code: 'Enter',
      });
      await textIs(editor, '漢字末尾');
      expect(await editor.locator('p').count()).toBe(1);
      await save(page);
      await ime.detach();
    },
  );

  step('waits with somebody else’s text until the word is composed, then shows both', async () => {
    await other.reload();
    const theirs = await openItem(other, 'I-4', '安全管理の体制');
    await textIs(theirs, '漢字末尾');
    const ours = editorOf(page, 'I-4');
    await ours.click();
    await moveTo(page, 'Home');
    const ime = await page.context().newCDPSession(page);
    const compose = (text: string) =>
      ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await compose('へんかん');
    await typeAtEnd(other, theirs, '同僚の文。');
    await save(other);
    await sees(page.getByText(/同僚 次郎さんが.*に編集/)); // the page has heard of it
    await compose('変換');
    expect(await ours.innerText()).toContain('変換漢字末尾');
    await ime.send('Input.insertText', { text: '変換' });
    await ime.detach();
    await sees(page.getByRole('heading', { name: 'ほかの人が先に保存しました' }));
    await sees(page.getByText('変換漢字末尾'));
    await sees(page.getByText('漢字末尾同僚の文。'));
    await button(page, 'この文で上書きして保存').click();
    await sees(saved(page));
    await textIs(editorOf(page, 'I-4'), '変換漢字末尾');
  });

  step('loses no stroke while the network is away, and saves when it is back', async () => {
    const editor = editorOf(page, 'I-4');
    await page.context().setOffline(true);
    await typeAtEnd(page, editor, '圏外で書きました。');
    await button(page, '保存').click();
    await sees(page.getByRole('alert'));
    await page.keyboard.press('Escape');
    await typeAtEnd(page, editor, 'もう一文。');
    await page.context().setOffline(false);
    await save(page);
    await page.reload();
    await textIs(editor, '変換漢字末尾圏外で書きました。もう一文。');
  });

  step('loses no stroke when the session ends while somebody types', async () => {
    const editor = editorOf(page, 'I-4');
    await page.context().clearCookies();
    await typeAtEnd(page, editor, '期限の');
    await page.keyboard.press('ControlOrMeta+s');
    const dialog = dialogOf(page, 'セッションの期限が切れました');
    await fillSignIn(dialog, drafter);
    await seesNo(dialog);
    await sees(saved(page));
    await typeAtEnd(page, editor, 'あと。');
    await save(page);
    await page.reload();
    await textIs(editor, '変換漢字末尾圏外で書きました。もう一文。期限のあと。');
  });

  step('is one text in two tabs: each shows what was typed in the other, and either may save', async () => {
    const editor = editorOf(page, 'I-4');
    await typeOver(page, editor, '一つ目のタブ。');
    const second = await page.context().newPage();
    await second.goto(page.url());
    const there = editorOf(second, 'I-4');
    await textIs(there, '一つ目のタブ。');
    await typeAtEnd(second, there, '二つ目のタブ。');
    await textIs(editor, '一つ目のタブ。二つ目のタブ。');
    await page.bringToFront();
    await typeAtEnd(page, editor, 'また一つ目。');
    await textIs(there, '一つ目のタブ。二つ目のタブ。また一つ目。');
    await save(second);
    await sees(saved(page));
    await typeAtEnd(page, editor, '続き。');
    await second.close();
    await save(page);
    await page.reload();
    await textIs(editor, '一つ目のタブ。二つ目のタブ。また一つ目。続き。');
  });

  step('takes a table from Excel with its merged cells, and nothing of its colours', async () => {
    const editor = await openItem(page, 'I-5', '個人データの取扱いの実績');
    await typeOver(page, editor, '表');
    await paste(page, excel, '保管の区分\t\t期間');
    await sees(editor.locator('table'));
    expect(await editor.locator('tr').count()).toBe(3);
    expect(await editor.locator('[colspan="2"]').allInnerTexts()).toEqual(['保管の区分']);
    expect(await editor.locator('[rowspan="2"]').allInnerTexts()).toEqual(['期間']);
    expect((await editor.locator('tr').nth(2).locator('td').allInnerTexts()).map((text) => text.trim())).toEqual([
      '隣にはみ出した長い説明',
      '',
      '10年',
    ]);
    expect(await editor.innerHTML()).not.toMatch(/yellow|#FFC000|<font|xl65/i);
    await save(page);
  });
});
