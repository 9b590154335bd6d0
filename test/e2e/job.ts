import type { Browser, Locator, Page } from 'playwright-core';
import { fillSignIn, newWindow, openBrowser, sees } from './browser';
import { prepareSystem, type Person, type System } from './system';

/**
 * A job that people do from beginning to end, told step by step: a started product, a browser, and steps of which the
 * next ones do not begin when one has failed. To be called at the top of a spec.
 */
export const prepareJob = () => {
  let system: System;
  let browser: Browser;
  let stuckAt: string | undefined;
  const windows: Page[] = [];
  const pageErrors: string[] = [];

  beforeAll(async () => {
    system = await prepareSystem();
    browser = await openBrowser();
    await system.start();
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    await system?.interrupt();
    await system?.remove();
  }, 120_000);

  /** The alerts of every window, and what the last three show. */
  const whatIsShown = async (): Promise<string> => {
    const alerts = windows.map(async (page, at) => {
      const texts = page.isClosed() ? [] : await page.getByRole('alert').allInnerTexts();
      return texts.map((text) => `--- alert in window ${at + 1}, ${page.url()}: ${text}`).join('\n');
    });
    const shown = windows.slice(-3).map(async (page) => {
      const outline = await page.locator('body').ariaSnapshot({ timeout: 5_000 });
      return `--- ${page.url()}\n${outline.slice(0, 6_000)}`;
    });
    const told = await Promise.all([...alerts, ...shown].map((each) => each.catch(String)));
    return told.filter(Boolean).join('\n');
  };

  const open = async (options = {}): Promise<Page> => {
    const page = await newWindow(browser, system.address, options);
    page.on('pageerror', (error) => pageErrors.push(`${page.url()}: ${error.message}`));
    windows.push(page);
    return page;
  };

  return {
    system: (): System => system,
    pageErrors,
    open,

    /** One step of the job. The next ones need what it made, so they do not begin when it failed. */
    step: (name: string, run: () => Promise<void>): void =>
      it(
        name,
        async () => {
          if (stuckAt !== undefined) throw new Error(`Not begun, because this failed: ${stuckAt}`);
          try {
            await run();
          } catch (error) {
            stuckAt = name;
            throw new Error(`${(error as Error).stack}\n${await whatIsShown()}\n${system.output()}`);
          }
        },
        600_000,
      ),

    /** Follows the link of a mail without being signed in, signs in, and is where the link leads. */
    follow: async (link: string, who: Person, options = {}): Promise<Page> => {
      const page = await open(options);
      await page.goto(link);
      await fillSignIn(page, who);
      await page.waitForURL(link);
      return page;
    },
  };
};

export const outline = (page: Page): Locator => page.getByRole('navigation', { name: '目次' });
export const editorOf = (page: Page, item: string): Locator => page.getByRole('textbox', { name: `${item} の本文` });

/** Goes to an item by the table of contents and waits until one can write. */
export const openItem = async (page: Page, item: string, title: string): Promise<Locator> => {
  const [part] = item.split('-');
  await outline(page)
    .getByRole('region', { name: `第${part}部`, exact: true })
    .getByRole('link', { name: title })
    .click();
  await sees(page.getByRole('heading', { level: 2, name: new RegExp(`^${item} ?${title}`) }));
  const editor = editorOf(page, item);
  await sees(editor);
  return editor;
};

/** Moves the cursor. Nobody's next key comes before the screen shows where it is, and the editor may rely on that. */
export const moveBy = async (page: Page, key: string): Promise<void> => {
  await page.keyboard.press(key);
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
};
export const moveTo = (page: Page, place: 'Home' | 'End'): Promise<void> => moveBy(page, `ControlOrMeta+${place}`);

export const typeAtEnd = async (page: Page, editor: Locator, text: string): Promise<void> => {
  await editor.click();
  await moveTo(page, 'End');
  await page.keyboard.insertText(text);
  await sees(page.getByText('この端末だけに保存'));
};
