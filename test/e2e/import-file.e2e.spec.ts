import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { button, dialogOf, fillSignIn, sees, seesNo } from './browser';
import { editorOf, openItem, prepareJob, typeAtEnd } from './job';
import { password, type Person, type System } from './system';

const samplePath = join(__dirname, 'sample-disclosure.md');
const who: Person = { login: 'kisou', name: '起草 花子', address: 'kisou@kaede.example' };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const { system: running, pageErrors, open, step } = prepareJob();
let system: System;
beforeAll(() => {
  system = running();
});

const proposal = (page: Page, item: string): Locator => page.getByRole('group', { name: new RegExp(`^${item} `) });

describe('a Word file into a disclosure that there is', () => {
  let page: Page;
  let id: string;
  let word: string;
  const [first, second] = ['この文は一つ目に加えました。', 'この文は二つ目に加えました。'];

  step('begins with a Word file that the product has written, and edits since', async () => {
    const account = ['--login', who.login, '--name', who.name, '--address', who.address, '--role', 'drafter'];
    await system.kaijisho(['users', 'add', ...account], `${password}\n`);
    const imported = await system.kaijisho(['import', samplePath, '--service', 'kaede', '--json']);
    id = (JSON.parse(imported) as { disclosureId: string }).disclosureId;
    page = await open();
    await page.goto(`/disclosures/${id}`);
    await fillSignIn(page, who);
    await sees(button(page, '改訂を始める'));
    word = join(system.dataDir, '..', 'kaede.docx');
    await system.kaijisho(['export', 'kaede', '--format', 'docx', '-o', word]);
    await button(page, '改訂を始める').click();
    const dialog = dialogOf(page, '改訂を始める');
    await dialog.getByLabel('構成変更', { exact: true }).check();
    await button(dialog, '改訂を始める').click();
    await seesNo(dialog);
    for (const [item, title, text] of [
      ['I-1', '国内法の適用', first],
      ['I-4', '安全管理の体制', second],
    ] as const) {
      await typeAtEnd(page, await openItem(page, item, title), text);
      await button(page, '保存').click();
      await sees(page.getByText('保存済み', { exact: true }));
    }
  });

  step('shows what differs, item by item, and leaves out what does not', async () => {
    await page.getByRole('link', { name: 'ファイルから取込' }).click();
    await page.getByLabel('ファイルを選ぶ').last().setInputFiles(word);
    await sees(page.getByText('2件のうち0件を決定'));
    await sees(proposal(page, 'I-1').getByText(first));
    await sees(proposal(page, 'I-4').getByText(second));
    expect(await page.getByRole('group', { name: /^I+-\d+ / }).count()).toBe(2);
  });

  step('waits over a reload, and is seen on a phone as well', async () => {
    const small = await open(phone);
    await small.goto(`/disclosures/${id}/import`);
    await fillSignIn(small, who);
    await small.getByRole('link', { name: 'kaede.docx' }).click();
    await sees(proposal(small, 'I-1'));
    expect(
      await small.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBeLessThanOrEqual(0);
    await small.context().close();
    await page.reload();
    await sees(page.getByText('2件のうち0件を決定'));
  });

  step('is accepted and refused one at a time, by the keyboard', async () => {
    await button(page, /^取り込む：I-1 /).focus();
    await page.keyboard.press('Enter');
    await sees(proposal(page, 'I-1').getByText('取り込み済み'));
    // The focus goes on to what waits next.
    await sees(page.locator('button:focus[aria-label^="取り込む：I-4 "]'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await sees(proposal(page, 'I-4').getByText('取り込まない', { exact: true }));
    await sees(page.getByText('2件のうち2件を決定'));
  });

  step('is an edit in the workbench: what was accepted is there, what was refused is not', async () => {
    await proposal(page, 'I-1').getByRole('link', { name: 'この項目を開く' }).click();
    await sees(editorOf(page, 'I-1'));
    expect(await editorOf(page, 'I-1').innerText()).not.toContain(first);
    expect(await (await openItem(page, 'I-4', '安全管理の体制')).innerText()).toContain(second);
    await page.goto('/activity');
    await sees(page.getByText('I-1に、ファイル「kaede.docx」の本文を取り込みました。'));
    expect(pageErrors).toEqual([]);
  });
});
