import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { foreignPdf } from '../setup/foreign-pdf';
import { button, dialogOf, fillSignIn, sees, seesNo } from './browser';
import { prepareJob } from './job';
import { password, type Person, type System } from './system';

const samplePath = join(__dirname, 'sample-disclosure.md');
const who: Person = { login: 'kisou', name: '起草 花子', address: 'kisou@kaede.example' };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const { system: running, pageErrors, open, step } = prepareJob();
let system: System;
beforeAll(() => {
  system = running();
});

const onPage = (page: Page, number: number): Locator => page.getByRole('region', { name: `${number}ページ` });
const pieceOf = (page: Page, number: number, item: string): Locator =>
  onPage(page, number).getByRole('group', { name: new RegExp(`^${item} `) });
const pictureOf = (page: Page, number: number): Locator =>
  onPage(page, number).getByRole('img', { name: `元のPDFの${number}ページの画像` });

describe('a PDF of another program into a disclosure that there is', () => {
  let page: Page;

  step('is a page beside its picture', async () => {
    const account = ['--login', who.login, '--name', who.name, '--address', who.address, '--role', 'drafter'];
    await system.kaijisho(['users', 'add', ...account], `${password}\n`);
    const imported = await system.kaijisho(['import', samplePath, '--service', 'kaede', '--json']);
    const { disclosureId } = JSON.parse(imported) as { disclosureId: string };
    const pdf = join(system.dataDir, '..', 'foreign.pdf');
    await writeFile(
      pdf,
      foreignPdf([['- Heading of the page', '- Kept in Japan.', '- Audited every year.'], ['- Twice.']]),
    );
    const proposed = await system.kaijisho(['import', pdf, '--into', 'kaede', '--json']);
    const { fileId } = JSON.parse(proposed) as { fileId: string };
    page = await open();
    await page.goto(`/disclosures/${disclosureId}/import?file=${fileId}`);
    await fillSignIn(page, who);
    await button(page, '改訂を始める').click();
    const dialog = dialogOf(page, '改訂を始める');
    await dialog.getByLabel('構成変更', { exact: true }).check();
    await button(dialog, '改訂を始める').click();
    await seesNo(dialog);
    await sees(pictureOf(page, 1));
    const [picture, text] = await Promise.all([
      pictureOf(page, 1).boundingBox(),
      onPage(page, 1).getByText('- Kept in Japan.').boundingBox(),
    ]);
    expect(picture!.x + picture!.width).toBeLessThan(text!.x);
  });

  step('stands below the picture on a phone', async () => {
    const small = await open(phone);
    await small.goto(new URL(page.url()).pathname + new URL(page.url()).search);
    await fillSignIn(small, who);
    await sees(pictureOf(small, 1));
    const [picture, text] = await Promise.all([
      pictureOf(small, 1).boundingBox(),
      onPage(small, 1).getByText('- Kept in Japan.').boundingBox(),
    ]);
    expect(picture!.y + picture!.height).toBeLessThan(text!.y);
    expect(
      await small.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBeLessThanOrEqual(0);
    await small.context().close();
  });

  step('gives its paragraphs to several items, by the keyboard', async () => {
    const first = onPage(page, 1);
    for (const left of ['- Heading of the page', '- Audited every year.']) {
      await first.getByLabel(left).focus();
      await page.keyboard.press('Space');
    }
    await first.getByRole('combobox').selectOption('I-1');
    await button(first, '選んだ1段落を項目に入れる').focus();
    await page.keyboard.press('Enter');
    await sees(pieceOf(page, 1, 'I-1').getByText('- Kept in Japan.'));
    await first.getByLabel('- Heading of the page').uncheck();
    await first.getByRole('combobox').selectOption('I-4');
    await button(first, '選んだ1段落を項目に入れる').click();
    await sees(pieceOf(page, 1, 'I-4').getByText('- Audited every year.'));
    expect(pageErrors).toEqual([]);
  });
});
