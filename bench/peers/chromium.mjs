import { chromium } from 'playwright-core';
import { findChromium } from '../../tools/find-chromium.mjs';

/** A headless Chromium that stays open and prints HTML, tagged and with bookmarks. @param html makes it anew for every print */
export const openChromium = (html) => {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('There is no Chromium here. Install one, or set CHROMIUM_PATH.');
  let browser;
  return {
    print: async () => {
      browser ??= await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
      const page = await browser.newPage();
      try {
        await page.setContent(await html(), { waitUntil: 'load' });
        return await page.pdf({ format: 'A4', tagged: true, outline: true });
      } finally {
        await page.close();
      }
    },
    close: () => browser?.close(),
  };
};
