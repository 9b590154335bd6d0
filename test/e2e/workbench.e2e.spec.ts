import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { button, dialogOf, fillSignIn, picture, sees, seesNo } from './browser';
import { editorOf, moveTo, openItem, prepareJob, typeAtEnd } from './job';
import { password, until, type Person, type System } from './system';

const samplePath = join(__dirname, 'sample-disclosure.md');
const drafter: Person = { login: 'kisou', name: '起草 花子', address: 'kisou@kaede.example' };
const colleague: Person = { login: 'douryou', name: '同僚 次郎', address: 'douryou@kaede.example' };

const { system: running, pageErrors, open, step } = prepareJob();
let system: System;
beforeAll(() => {
  system = running();
});

const saved = (page: Page): Locator => page.getByText('保存済み', { exact: true });
const kept = (page: Page): Locator => page.getByText('この端末だけに保存');
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
const wordItem = (level: number, mark: string, text: string): string =>
  `<p class=MsoListParagraph style='margin-left:21.0pt;text-indent:-21.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span lang=EN-US style='font-family:Wingdings'><span style='mso-list:Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]><span style='color:red'>${text}</span><o:p></o:p></p>`;
const word = `<html ${office}><head><meta name=Generator content="Microsoft Word 15"><style>p.MsoNormal{font-family:"游明朝"}</style></head><body lang=JA><!--StartFragment-->
<p class=MsoNormal>保管の方法を次のように
定めています<span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1">[A1]</a></span>。<del>古い文。</del></p>
${wordItem(1, '①', '暗号化して保管')}${wordItem(2, 'l', '鍵は別に保管')}${wordItem(1, '②', '毎月点検')}
<table class=MsoTableGrid border=1><thead><tr><td colspan=2 style='background:#D9D9D9'><p class=MsoNormal><b>対象</b></p></td></tr></thead><tr><td><p class=MsoNormal>診療録</p></td><td><p class=MsoNormal>画像</p></td></tr></table>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><!--EndFragment-->
<div style='mso-element:comment-list'><div style='mso-element:comment'>これは校閲者のコメント</div></div></body></html>`;

/** A PDF of two pages of different widths; its reader has to find the objects by itself. */
const pdf = Buffer.from(
  [
    '%PDF-1.4',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 144 72]/Contents 5 0 R>>endobj',
    '4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 72]/Contents 5 0 R>>endobj',
    '5 0 obj<</Length 28>>stream\n0 0 1 rg 20 20 60 30 re f   \nendstream endobj',
    'trailer<</Root 1 0 R>>\n%%EOF',
  ].join('\n'),
);

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
    await typeAtEnd(page, editor, '期限の');
    await page.context().clearCookies(); // the page hears of it by this save, or by one of its own questions
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

  step('takes lists, head rows and sentences from Word, without its comments and deleted text', async () => {
    const editor = editorOf(page, 'I-5');
    await typeOver(page, editor, '文');
    await paste(page, word, '保管の方法');
    await sees(editor.locator('ol.circled'));
    const entries = editor.locator('ol.circled > li');
    expect(await entries.count()).toBe(2);
    expect(await entries.first().locator('ul > li').innerText()).toContain('鍵は別に保管');
    expect(await editor.locator('th[colspan="2"]').innerText()).toContain('対象');
    const text = await editor.innerText();
    expect(text).toContain('保管の方法を次のように定めています。');
    expect(text).not.toMatch(/A1|校閲者|古い文|[①②]暗/);
    await save(page);
  });

  step('refuses 40,000 cells in words, and everything stays as it was', async () => {
    const editor = editorOf(page, 'I-5');
    const before = await editor.innerText();
    await editor.click();
    await paste(page, `<table>${`<tr>${'<td>1</td>'.repeat(40)}</tr>`.repeat(1_000)}</table>`, '1');
    await sees(page.getByRole('alert').getByText(/貼り付けませんでした（40,000 セル）/));
    expect(await editor.innerText()).toBe(before);
    await button(page.getByRole('alert'), '閉じる').click();
    await typeAtEnd(page, editor, '続けて書けます。');
  });

  step('places an SVG as it was cleaned, and a page of a PDF; refuses what is too large or broken', async () => {
    const editor = editorOf(page, 'I-5');
    await editor.click();
    await button(page.getByRole('toolbar').first(), '図を挿入').click();
    const dialog = dialogOf(page, '図');
    const file = dialog.getByLabel('画像（PNG、JPEG、SVG、PDF のページ）');
    await file.setInputFiles({
      name: 'a.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7 nothing more'),
    });
    await sees(dialog.getByRole('alert').getByText(/この PDF.*開けません/));
    await file.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: picture(10_000, 8_000) });
    await sees(dialog.getByText(/画像が大きすぎます（10000 × 8000 ピクセル）/));
    await file.setInputFiles({
      name: 'a.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="https://example.com/x.png"/></svg>',
      ),
    });
    await sees(dialog.getByText(/呼び込む部分（<image>）/));
    await file.setInputFiles({
      name: 'b.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150" onload="document.title=1"><script>top.stolen=1</script><rect width="300" height="150" fill="#246"/></svg>',
      ),
    });
    await sees(dialog.getByText(/図を描かない部分（onload[ 、]<script>）を取り除いて/));
    const width = (): Promise<number> =>
      page.evaluate(
        `{ const image = document.querySelector('[role=dialog] img'); image.decode().then(() => image.naturalWidth) }`,
      );
    expect(await width()).toBe(300);

    await file.setInputFiles({ name: 'b.pdf', mimeType: 'application/pdf', buffer: pdf });
    await dialog.getByLabel('ページ（全2ページ）').fill('2');
    await sees(dialog.getByRole('img', { name: '2ページ目の見本' }));
    await button(dialog, 'このページを図にする').click();
    await sees(dialog.locator('img[src^="/api/figures/"]'));
    expect(await width()).toBe(1_200);
    await button(dialog, '図を置く').click();
    await sees(dialog.getByText(/代替テキストを書いてください/));
    await dialog.getByLabel(/代替テキスト/).fill('保管の区分を青い四角で示す図');
    await button(dialog, '図を置く').click();
    await sees(dialog.getByText(/図の題を書いてください/));
    await dialog.getByLabel(/図の題/).fill('図1 保管の区分');
    await button(dialog, '図を置く').click();
    await seesNo(dialog);
    await save(page);
  });

  step('raised no error in any page', () => {
    expect(pageErrors).toEqual([]);
    return Promise.resolve();
  });
});
