// The JavaScript that a browser loads before the first page stands: before signing in, and after.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { findChromium } from '../tools/find-chromium.mjs';
import { root } from '../tools/places.mjs';
import { password, people, withProduct } from './installation.mjs';
import { rounded } from './measure.mjs';

const kilobytes = (bytes) => rounded(bytes / 1024);
const gzip = (scripts) => kilobytes(scripts.reduce((sum, script) => sum + gzipSync(script).length, 0));

export const run = async () => {
  const linked = gzip(linkedScripts());
  const chromium = findChromium();
  const loaded = chromium ? await scriptsInBrowser(chromium) : undefined;
  return {
    bench: 'web-first-load',
    value: loaded ? gzip(loaded.signedIn) : linked,
    unit: 'KB',
    limit: 400,
    ...(loaded && { signInPage: gzip(loaded.signInPage), files: loaded.signedIn.length }),
    ...(loaded && { uncompressed: kilobytes(loaded.signedIn.reduce((sum, script) => sum + script.length, 0)) }),
    ...(loaded && { servedAs: loaded.encodings }),
    linkedFromPage: linked,
    measuredIn: chromium ? 'Chromium, home page after signing in' : 'index.html: no Chromium here',
  };
};

/** The entry of index.html, what it preloads, and what those import statically. */
const linkedScripts = () => {
  const web = join(root, 'dist', 'apps', 'web');
  const page = readFileSync(join(web, 'index.html'), 'utf8');
  const found = new Set();
  const add = (name) => {
    if (found.has(name)) return;
    found.add(name);
    const source = readFileSync(join(web, 'assets', name), 'utf8');
    for (const [, imported] of source.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) add(imported);
  };
  for (const [, name] of page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)) add(name);
  return [...found].map((name) => readFileSync(join(web, 'assets', name)));
};

const scriptsInBrowser = (executablePath) =>
  withProduct(async (product) => {
    const { chromium } = await import('playwright-core');
    await people(product);
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage({ locale: 'ja-JP' });
      const scripts = [];
      const encodings = new Set();
      page.on('response', (response) => {
        if (response.request().resourceType() !== 'script') return;
        encodings.add(response.headers()['content-encoding'] ?? 'identity');
        scripts.push(response.body());
      });
      await page.goto(product.address, { waitUntil: 'networkidle' });
      const signInPage = await Promise.all(scripts);
      await page.fill('input[name=username]', 'drafter');
      await page.fill('input[name=password]', password);
      await page.click('button[type=submit]');
      await page.locator('#main-menu').waitFor({ state: 'attached' });
      await page.waitForLoadState('networkidle');
      return { signInPage, signedIn: await Promise.all(scripts), encodings: [...encodings].join(', ') };
    } finally {
      await browser.close();
    }
  });
