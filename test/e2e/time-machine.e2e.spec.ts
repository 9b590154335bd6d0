import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { button, dialogOf, fillSignIn, sees, seesNo } from './browser';
import { openItem, prepareJob, typeAtEnd } from './job';
import { password, type Person, type System } from './system';

const samplePath = join(__dirname, 'sample-disclosure.md');
const who: Person = { login: 'kisou', name: '起草 花子', address: 'kisou@kaede.example' };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const { system: running, pageErrors, open, step } = prepareJob();
let system: System;
beforeAll(() => {
  system = running();
});

const slider = (page: Page): Locator => page.getByRole('slider', { name: '時点' });
const said = (page: Page): Promise<string> => slider(page).getAttribute('aria-valuetext').then(String);
const item = (page: Page, name: string): Locator => page.getByRole('region', { name: new RegExp(`^${name} `) });
const widthOver = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

describe('the time machine', () => {
  let page: Page;
  let id: string;
  const first = 'この文は最初に加えました。';
  const second = 'この文はあとで加えました。';

  const write = async (text: string): Promise<void> => {
    await page.goto(`/disclosures/${id}`);
    await typeAtEnd(page, await openItem(page, 'I-4', '安全管理の体制'), text);
    await button(page, '保存').click();
    await sees(page.getByText('保存済み', { exact: true }));
  };

  step('begins with an imported disclosure and edits', async () => {
    const account = ['--login', who.login, '--name', who.name, '--address', who.address, '--role', 'drafter'];
    await system.kaijisho(['users', 'add', ...account], `${password}\n`);
    const imported = await system.kaijisho(['import', samplePath, '--service', 'kaede', '--json']);
    id = (JSON.parse(imported) as { disclosureId: string }).disclosureId;
    page = await open();
    await page.goto(`/disclosures/${id}`);
    await fillSignIn(page, who);
    await button(page, '改訂を始める').click();
    const dialog = dialogOf(page, '改訂を始める');
    await dialog.getByLabel('構成変更', { exact: true }).check();
    await button(dialog, '改訂を始める').click();
    await seesNo(dialog);
    await write(first);
    await write(second);
  });

  step('proposes the row of the revision history from what changed', async () => {
    await button(page, '改訂理由と履歴の文').click();
    const dialog = dialogOf(page, '改訂理由と履歴の文');
    await button(dialog, '変更した項目から下書きを作る').click();
    expect(await dialog.getByRole('textbox').first().inputValue()).toMatch(/^構成変更に伴う見直し\n・I-4 .+：.+/);
    await page.keyboard.press('Escape');
  });

  step('stands at the newest moment, and goes back by the keyboard', async () => {
    await page.goto(`/disclosures/${id}`);
    await page.getByRole('link', { name: '時間軸' }).click();
    await sees(slider(page));
    expect(await said(page)).toContain('I-4を編集しました（2回）');
    await sees(item(page, 'I-4').getByText(second));
    await slider(page).focus();
    await page.keyboard.press('Home');
    await seesNo(item(page, 'I-4').getByText(first));
    expect(await said(page)).toContain('第3版を取り込みました');
    await page.keyboard.press('ArrowRight');
    expect(await said(page)).toContain('改訂を始めました');
    await page.keyboard.press('End');
    await sees(item(page, 'I-4').getByText(second));
  });

  step('has an address for every moment, also for those between the marks', async () => {
    await slider(page).press('Home');
    await page.waitForURL(/[?&]v=2\b/);
    await page.goto(`/disclosures/${id}/time?v=4`);
    await sees(item(page, 'I-4').getByText(first));
    await seesNo(page.getByText(second));
    expect(await page.title()).toContain('時間軸');
  });

  step('shows on the public clock what the public could read', async () => {
    await page.goto(`/disclosures/${id}/time`);
    await sees(page.getByText(second));
    await page.getByRole('radiogroup', { name: '時計' }).getByText('公開', { exact: true }).click();
    await sees(page.getByRole('article', { name: '第3版', exact: true }));
    await seesNo(page.getByText(first));
    await page.getByRole('radiogroup', { name: '時計' }).getByText('記録', { exact: true }).click();
    await sees(page.getByText(second));
  });

  step('says of a day before the first event that there was nothing', async () => {
    await page.goto(`/disclosures/${id}/time?t=2001-01-01`);
    await sees(page.getByRole('alert').getByText(/まだ登録されていません/));
  });

  step('tells who wrote each block, and leads to where it was written', async () => {
    await page.goto(`/disclosures/${id}/time`);
    await button(page, 'I-4 の来歴').click();
    const blame = page.getByRole('complementary', { name: 'I-4 の来歴' });
    const written = blame.getByRole('listitem').filter({ hasText: second });
    await sees(written.getByText(who.name));
    await sees(written.getByText('署名なし'));
    await sees(blame.getByRole('listitem').getByText(/^取込/));
    await sees(blame.getByText('いまの本文と同じです。'));
    const told = await system.kaijisho(['blame', 'kaede', 'I-4']);
    expect(told).toContain(who.name);
    await blame
      .getByRole('listitem')
      .filter({ hasText: '取込' })
      .getByRole('button', { name: 'この時点へ' })
      .first()
      .click();
    await seesNo(item(page, 'I-4').getByText(first));
  });

  step('compares two points', async () => {
    await slider(page).press('Home');
    await button(page, 'この時点から比べる').click();
    await slider(page).press('End');
    await sees(page.locator('ins', { hasText: second }));
    await button(page, '比較をやめる').click();
    await seesNo(page.locator('ins'));
  });

  step('restores an item as a new edit', async () => {
    await page.goto(`/disclosures/${id}/time?v=4&item=I-4`);
    await button(page, 'この本文に戻す').click();
    const dialog = dialogOf(page, /I-4 の本文を戻しますか/);
    await button(dialog, 'この本文に戻す').click();
    await seesNo(dialog);
    await sees(page.getByText('いまの本文と同じです。'));
    await slider(page).press('End');
    await sees(item(page, 'I-4').getByText(first));
    await seesNo(page.getByText(second));
    await page.goto(`/activity?disclosure=${id}`);
    await sees(page.getByText('I-4を、記録4の時点の本文に戻しました。'));
    expect(await system.kaijisho(['show', 'kaede', '--json'])).toContain(first);
    expect(await system.kaijisho(['show', 'kaede', '--clock', 'public'])).not.toContain(first);
  });

  step(
    'shows 新旧対照表 of the edition in force and the draft, shortened and whole, and gives it as files',
    async () => {
      await page.goto(`/disclosures/${id}/compare`);
      const table = page.getByRole('table', { name: '新旧対照表の内容' });
      await sees(table.locator('ins', { hasText: first }));
      await sees(table.getByText('（略）').first());
      await page.getByRole('radiogroup', { name: '表示する範囲' }).getByText('全文', { exact: true }).click();
      await seesNo(table.getByText('（略）'));
      await sees(table.locator('ins', { hasText: first }));
      for (const [name, format] of Object.entries({ PDF: 'pdf', Word: 'docx', HTML: 'html', Markdown: 'md' })) {
        const link = page
          .getByRole('list', { name: '新旧対照表のダウンロード' })
          .getByRole('link', { name, exact: true });
        const given = page.waitForEvent('download');
        await link.click();
        expect(await (await given).failure()).toBeNull();
        // What it is called is asked of the server: the browser once called one `download`, and why was not found.
        const file = await page.request.get((await link.getAttribute('href')) ?? '');
        expect([file.status(), decodeURIComponent(file.headers()['content-disposition'] ?? '')]).toEqual([
          200,
          expect.stringMatching(new RegExp(`''kaede-新旧対照表-第3版-.+\\.${format}$`)),
        ]);
      }
    },
  );

  step('works on a phone', async () => {
    const small = await open(phone);
    await small.goto(`/disclosures/${id}/time?item=I-4`);
    await fillSignIn(small, who);
    await sees(small.getByRole('complementary', { name: 'I-4 の来歴' }));
    expect(await widthOver(small)).toBeLessThanOrEqual(0);
    const ruler = await slider(small).boundingBox();
    if (!ruler) throw new Error('the ruler has a place');
    await small.touchscreen.tap(ruler.x + 2, ruler.y + ruler.height / 2);
    await small.waitForURL(/[?&]v=2\b/);
    await small.goto(`/disclosures/${id}/compare`);
    await sees(small.locator('ins', { hasText: first }));
    expect(await widthOver(small)).toBeLessThanOrEqual(0);
  });

  step('raised no error in any page', async () => expect(pageErrors).toEqual([]));
});
