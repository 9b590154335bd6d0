// Takes the pictures of docs/screenshots/ from a started product: `npm start`, then `npm run screenshots`.
//
// KAIJISHO_URL       where it runs; http://127.0.0.1:3000 when not set
// KAIJISHO_ACCOUNTS  `login:password,…`; the demo's accounts when not set
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from './find-chromium.mjs';
import { root } from './places.mjs';

const address = (process.env.KAIJISHO_URL || 'http://127.0.0.1:3000').replace(/\/+$/, '');
/** Of the drafter, the 個人情報保護責任者 and the 管理責任者: see libs/demo. */
const demoAccounts = 'sato:minato-demo,takahashi:minato-demo,yamamoto:minato-demo';
const folder = join(root, 'docs', 'screenshots');
const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const quietly =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

async function main() {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
  await fetch(`${address}/api/health`).catch(() => {
    throw new Error(`Nothing answers at ${address}. Run "npm start" first, or set KAIJISHO_URL.`);
  });
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: quietly.split(' ') });
  try {
    await take(browser);
  } finally {
    await browser.close();
  }
}

async function take(browser) {
  const people = [];
  for (const account of accounts()) people.push(await signIn(browser, account));
  const drafter = people.find(({ session }) => session.user.roles.includes('drafter'));
  if (!drafter) throw new Error('None of the accounts may draft.');
  const disclosures = await drafter.ask('/api/disclosures');
  const inReview = disclosures.disclosures.find(({ revision }) => revision.status === 'inReview');
  const disclosure = inReview ?? disclosures.disclosures[0];
  if (!disclosure) throw new Error('There is no disclosure to show. Import one, or load the demo.');
  const signatory = people.find(({ tasks }) => tasks.some(({ kind }) => kind === 'sign')) ?? drafter;
  const screen = `/disclosures/${disclosure.id}`;
  const changed = await firstChanged(drafter, disclosure.id);

  await picture(signatory, 'home', '/');
  await picture(drafter, 'workbench', `${screen}/items/${changed}`);
  await picture(drafter, 'editions', `${screen}/editions`);
  await picture(drafter, 'time-machine', `${screen}/time?item=${changed}`);
  await picture(drafter, 'certificates', '/certificates');
  await picture(drafter, 'public', `/d/${disclosure.service}`);
  if (!inReview) return console.log('No revision is in review: the pictures of the review stay as they are.');
  await picture(drafter, 'comparison', `${screen}/compare?from=inForce&to=draft`);
  await picture(signatory, 'review', `${screen}/review`);
  await picture(signatory, 'review-phone', `${screen}/review`, phone);
}

/** @returns {{ loginName: string, password: string }[]} */
function accounts() {
  return (process.env.KAIJISHO_ACCOUNTS || demoAccounts).split(',').map((account) => {
    const [loginName, ...password] = account.split(':');
    return { loginName, password: password.join(':') };
  });
}

async function signIn(browser, { loginName, password }) {
  const context = await browser.newContext({
    viewport: desk,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    colorScheme: 'light',
  });
  const answer = await context.request.post(`${address}/api/session`, {
    data: { loginName, password },
    headers: { origin: address },
  });
  if (!answer.ok()) throw new Error(`${loginName} could not be signed in: ${(await answer.json()).detail}`);
  const ask = async (path) => (await context.request.get(`${address}${path}`)).json();
  return { context, ask, session: await ask('/api/session'), tasks: (await ask('/api/tasks')).tasks };
}

/** An item that the open revision changed; the first item when there is none. */
async function firstChanged({ ask }, disclosureId) {
  const { parts } = await ask(`/api/disclosures/${disclosureId}`);
  const items = parts.flatMap((part) => part.items);
  return encodeURIComponent((items.find(({ changed }) => changed) ?? items[0]).itemKey);
}

async function picture({ context }, name, path, viewport = desk) {
  const page = await context.newPage();
  await page.setViewportSize(viewport);
  const answer = await page.goto(`${address}${path}`, { waitUntil: 'networkidle' });
  if (!answer?.ok()) throw new Error(`${path} answered ${answer?.status()}`);
  await page.locator('h1').first().waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  await page.close();
  console.log(`docs/screenshots/${name}.png`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
