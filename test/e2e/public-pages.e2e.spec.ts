import { faceOf, type Language } from '@app/publishing/portal/face';
import { pageAnswer } from '@app/publishing/portal/send-page';
import { css } from '@app/publishing/portal/stylesheet';
import { appearanceCss, appearanceUrl, logoUrl } from '@app/publishing/appearance/appearance-css';
import { portalPages, stylesheet, verificationPages } from '@app/publishing/testing/public-pages';
import { chequered, chequeredHash, sampleAppearance } from '@app/publishing/testing/sample-edition';
import type { Browser, Page } from 'playwright-core';
import { css as readerCss, cssHash, expiredPage, wrongLinkPage } from '../../libs/readers/src/reader-pages';
import { faultsOf, newWindow, openBrowser, settings } from './browser';

const site = 'http://pages.example';
const files: Readonly<Record<string, { readonly contentType: string; readonly body: string | Buffer }>> = {
  [stylesheet.url]: { contentType: 'text/css', body: css },
  [`/reader/assets/reader.css?v=${cssHash}`]: { contentType: 'text/css', body: readerCss },
  [appearanceUrl(sampleAppearance)!]: { contentType: 'text/css', body: appearanceCss(sampleAppearance.accent) },
  [logoUrl(chequeredHash)]: { contentType: 'image/png', body: chequered },
  [`/d/minato-karte/figures/${chequeredHash}`]: { contentType: 'image/png', body: chequered },
};

const pagesIn = async (language: Language): Promise<Readonly<Record<string, string>>> => {
  const face = faceOf(language, undefined);
  return {
    ...portalPages(face),
    ...(await verificationPages(face)),
    'link-expired': expiredPage(face, { service: 'minato-karte', serviceName: 'みなとカルテクラウド', retired: null }),
    'link-wrong': wrongLinkPage(face),
  };
};

/** Answers as the product does, under its content-security policy. @returns what was asked for and is not there */
const serve = async (window: Page, pages: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const missing: string[] = [];
  await window.route('**/*', async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const file = files[`${pathname}${search}`];
    const html = pages[pathname.slice(1)];
    if (file) return route.fulfill(file);
    if (html !== undefined) return route.fulfill(pageAnswer(html));
    missing.push(pathname);
    return route.fulfill({ status: 404 });
  });
  return missing;
};

describe('a public page with all that can be on it, or of what rarely happens', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  }, 120_000);
  afterAll(() => browser?.close());

  it.each(
    // Either language at either width and in either scheme.
    settings.map(({ colorScheme, viewport }) => {
      const language = (viewport.width === 390) === (colorScheme === 'dark') ? 'en' : 'ja';
      return [language, viewport.width, colorScheme, viewport] as const;
    }),
  )(
    'has no violation, and fits: %s, %i px, %s',
    async (language, _, colorScheme, viewport) => {
      const pages = await pagesIn(language);
      const window = await newWindow(browser, site, { colorScheme, viewport });
      const missing = await serve(window, pages);
      const faults: string[] = [];
      for (const name of Object.keys(pages)) {
        await window.goto(`/${name}`);
        faults.push(...(await faultsOf(window)));
      }
      await window.context().close();
      expect([...faults, ...missing]).toEqual([]);
    },
    300_000,
  );
});
