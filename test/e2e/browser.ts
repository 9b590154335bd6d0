import { deflateSync } from 'node:zlib';
import { source as axe } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
// @ts-expect-error a tool in plain JavaScript
import { findChromium } from '../../tools/find-chromium.mjs';
import { password, PATIENCE_MS, type Person } from './system';

export const openBrowser = async (): Promise<Browser> => {
  const executablePath = (findChromium as () => string | undefined)();
  if (!executablePath) throw new Error('There is no Chromium here. Install one, or set CHROMIUM_PATH.');
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
};

/** A person's own browser: nothing is shared with the others. */
export const newWindow = async (browser: Browser, baseURL: string, options = {}): Promise<Page> => {
  const context: BrowserContext = await browser.newContext({
    ...{ baseURL, locale: 'ja-JP', timezoneId: 'Asia/Tokyo', viewport: { width: 1440, height: 960 } },
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  context.setDefaultNavigationTimeout(PATIENCE_MS);
  return context.newPage();
};

/** Every width and scheme that people read in. */
export const settings = [1440, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ colorScheme, viewport: { width, height: 900 } })),
);

/** What axe finds in a page as it lies open, and whether it is wider than its window. */
export const faultsOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe);
  const violations = await page.evaluate<{ id: string; nodes: { target: string[] }[] }[]>(
    'axe.run().then(({ violations }) => violations)',
  );
  const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  return [
    ...violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ target }) => target).join(' | ')}`),
    ...(over > 0 ? [`${page.url()} is ${over}px too wide`] : []),
  ];
};

/** Waits until it can be seen. */
export const sees = (locator: Locator): Promise<void> => locator.first().waitFor({ state: 'visible' });
export const seesNo = (locator: Locator): Promise<void> => locator.first().waitFor({ state: 'hidden' });

export const button = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole('button', { name, exact: typeof name === 'string' });

/** Fills in the form for signing in, wherever it stands. */
export const fillSignIn = async (within: Page | Locator, { login }: Person, typed = password): Promise<void> => {
  await within.getByLabel('ログイン名またはメールアドレス').fill(login);
  await within.getByLabel('パスワード', { exact: true }).fill(typed);
  await button(within, 'サインイン').click();
};

/** A dialog over the page, by its title. */
export const dialogOf = (page: Page, title: string | RegExp): Locator => page.getByRole('dialog', { name: title });

/** The PNG of a plain rectangle: a picture that every reader can draw. */
export const picture = (width: number, height: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0], 8); // eight bits of grey
  const rows = Buffer.alloc((width + 1) * height, 0x99);
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([frame, named, check]);
};

const crc32 = (bytes: Buffer): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
};
