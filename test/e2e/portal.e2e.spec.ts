import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readPdf, squeezed } from '../../libs/publishing/src/testing/read-pdf';
import { button, dialogOf, faultsOf, fillSignIn, newWindow, sees, seesNo, settings } from './browser';
import { prepareJob } from './job';
import { password, until, type Person, type System } from './system';

const samplePath = join(__dirname, 'sample-disclosure.md');
const demoPath = join(__dirname, '..', '..', 'libs', 'demo', 'disclosure-edition-1.md');

const person = (login: string, name: string): Person => ({ login, name, address: `${login}@kaede.example` });
const people = {
  administrator: person('kanri', '総務 四郎'),
  drafter: person('kisou', '起草 花子'),
  privacy: person('hogo', '保護 一郎'),
  management: person('sekinin', '責任 三郎'),
};
const roles: { readonly [who in keyof typeof people]: string } = {
  administrator: 'administrator',
  drafter: 'drafter',
  privacy: 'signatory',
  management: 'signatory',
};
const hospital: Person = { login: '', name: '海風総合病院', address: 'renkei@umikaze.example' };
const words = '取得したデータは、日次でバックアップし、35日間保持します。';

const { system: running, pageErrors, open, step } = prepareJob();
let system: System;
beforeAll(() => {
  system = running();
});

/** Somebody's session, as a program has it; it reads what it wrote. */
const sessionOf = async ({ login }: Person) => {
  const signedIn = await fetch(`${system.address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ address: login, password }),
  });
  const { csrfToken } = (await signedIn.json()) as { csrfToken: string };
  const cookie = signedIn.headers.getSetCookie().map((each) => each.split(';')[0]);
  let seen: string | undefined;
  return async <T>(method: string, path: string, body?: object): Promise<T> => {
    const headers = {
      ...{ cookie: cookie.join('; '), 'x-csrf-token': csrfToken, 'content-type': 'application/json' },
      ...(seen === undefined ? {} : { 'if-position-at-least': seen }),
    };
    const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    const answer = await fetch(`${system.address}${path}`, init);
    const json = (await answer.json()) as { position?: string };
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(json)}`);
    seen = json.position ?? seen;
    return json as T;
  };
};

type Disclosure = {
  readonly parts: readonly {
    readonly items: readonly { readonly itemKey: string; readonly bodyHash: string }[];
  }[];
  readonly findings: readonly { readonly id: string; readonly severity: string }[];
  readonly revision: { readonly contentHash?: string | null };
};

/** The next edition, in which I-3 says something else. */
const publish = async (id: string, text: string): Promise<void> => {
  const disclosure = `/api/disclosures/${id}`;
  const drafter = await sessionOf(people.drafter);
  const read = () => drafter<Disclosure>('GET', disclosure);
  const causes = [{ type: 'configurationChange', note: '' }];
  await drafter('POST', `${disclosure}/revision`, { causes });
  const { itemKey, bodyHash } = (await read()).parts[0]!.items[2]!;
  const content = [{ type: 'paragraph', content: [{ type: 'text', text }] }];
  await drafter('PUT', `${disclosure}/items/${itemKey}`, { body: { type: 'doc', content }, basedOn: bodyHash });
  await drafter('PUT', `${disclosure}/revision/description`, { historyText: 'バックアップの見直し', causes });
  for (const { id: findingId, severity } of (await read()).findings)
    if (severity === 'blocking')
      await drafter('POST', `${disclosure}/revision/waivers`, { findingId, reason: '次の版で改めます。' });
  await drafter('POST', `${disclosure}/revision/submission`);
  for (const who of [people.privacy, people.management]) {
    const { contentHash } = (await read()).revision;
    const signatory = await sessionOf(who);
    await isShown(signatory, disclosure, contentHash);
    await signatory('POST', `${disclosure}/revision/signatures`, { contentHash, password });
  }
  const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  await until(
    () =>
      drafter('POST', `${disclosure}/revision/publication`, { issuedOn: today, effectiveOn: today }).then(
        () => true,
        () => false,
      ),
    () => 'It cannot be published.',
  );
};

/** Signatures are given over what the signatory has been shown. */
const isShown = (ask: Awaited<ReturnType<typeof sessionOf>>, disclosure: string, hash: string | null | undefined) =>
  until(
    async () => (await ask<Disclosure>('GET', disclosure)).revision.contentHash === hash,
    () => 'The submission is not there.',
  );

let lookers: readonly Page[] = [];
/** The pages that need no scripts, as they were sent, also those that answer a form. */
const faultsOfSent = async (page: Page): Promise<readonly string[]> => {
  const body = await page.content();
  expect(body).not.toContain('<script');
  if (lookers.length === 0) {
    const browser = page.context().browser()!;
    lookers = await Promise.all(settings.map((each) => newWindow(browser, system.address, each)));
  }
  const faults: string[] = [];
  for (const looker of lookers) {
    await looker.route('**/as-sent', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
    await looker.goto('/as-sent');
    faults.push(...(await faultsOf(looker)).map((fault) => `${page.url()} ${fault}`));
    await looker.unroute('**/as-sent');
  }
  return faults;
};

describe('the public portal, in a browser without scripts', () => {
  let id: string;
  let reader: Page;
  /** The link of a mail to the hospital that begins with that purpose. */
  const linkIn = async (subject: readonly string[], purpose: string): Promise<string> => {
    const { links } = await system.mail(hospital, subject);
    const link = links.find((each) => each.includes(`/reader/${purpose}.`));
    if (!link) throw new Error(`no link for ${purpose} among ${links.join(' ')}`);
    return link;
  };
  const bytesOf = async (url: string): Promise<{ readonly type: string; readonly text: string }> => {
    const answer = await fetch(new URL(url, system.address));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { type: answer.headers.get('content-type') ?? '', text: squeezed((await readPdf(bytes)).text) };
  };

  step('begins with two services, of which one gets a second edition', async () => {
    for (const who of Object.keys(people) as (keyof typeof people)[]) {
      const { login, name, address } = people[who];
      const account = ['--login', login, '--name', name, '--address', address, '--role', roles[who]];
      await system.kaijisho(['users', 'add', ...account], `${password}\n`);
    }
    const administrator = await open();
    await administrator.goto('/organization');
    await fillSignIn(administrator, people.administrator);
    for (const [office, { name }] of [
      ['個人情報保護責任者', people.privacy],
      ['管理責任者', people.management],
    ] as const) {
      await button(administrator, `${office}の任命`).click();
      const dialog = dialogOf(administrator, `${office}の任命`);
      await dialog.getByLabel('氏名').selectOption({ label: name });
      await dialog.getByLabel('部署').fill('サービス本部');
      await dialog.getByLabel('役職').fill('部長');
      await button(dialog, '任命する').click();
      await seesNo(dialog);
    }
    await system.kaijisho(['import', demoPath, '--service', 'minato', '--json']);
    const imported = await system.kaijisho(['import', samplePath, '--service', 'kaede', '--json']);
    id = (JSON.parse(imported) as { disclosureId: string }).disclosureId;
    reader = await open({ javaScriptEnabled: false });
  });

  step('lists the services of the company, and leads to the edition in force', async () => {
    const services = reader.getByRole('listitem');
    await until(
      async () => {
        await reader.goto('/d');
        return (await services.count()) === 2;
      },
      () => 'The second service is not listed.',
    );
    expect(await faultsOfSent(reader)).toEqual([]);
    await reader.getByRole('link', { name: 'かえで画像連携サービス' }).click();
    await sees(reader.locator('.facts').getByText('施行中'));
    expect(reader.url()).toBe(`${system.address}/d/kaede`);
    expect(await faultsOfSent(reader)).toEqual([]);
  });

  step('lets a hospital follow, once it has confirmed from its mailbox', async () => {
    await reader.getByRole('link', { name: '改訂のお知らせをメールで受け取る' }).click();
    expect(await faultsOfSent(reader)).toEqual([]);
    await reader.getByLabel('医療機関の名称').fill('　');
    await reader.getByLabel('メールアドレス').fill(hospital.address);
    await button(reader, '確認のメールを受け取る').click();
    await sees(reader.getByText('医療機関の名称を、200字以内の1行で入力してください。'));
    expect(await faultsOfSent(reader)).toEqual([]);
    await reader.getByLabel('医療機関の名称').fill(hospital.name);
    await button(reader, '確認のメールを受け取る').click();
    await sees(reader.getByRole('heading', { name: '登録の申込みを受け付けました' }));
    expect(await faultsOfSent(reader)).toEqual([]);

    await reader.goto(await linkIn(['【登録の確認】'], 'c'));
    expect(await faultsOfSent(reader)).toEqual([]);
    await button(reader, '登録する').click();
    await sees(reader.getByRole('heading', { name: '登録が完了しました' }));
    expect(await faultsOfSent(reader)).toEqual([]);
    await reader.getByRole('link', { name: '第3版の受領を記録する' }).click();
    await sees(reader.getByText('全文をご確認ください'));
    expect(await faultsOfSent(reader)).toEqual([]);
    await button(reader, '受領を記録する').click();
    await sees(reader.getByRole('heading', { name: '受領を記録しました' }));
  });

  step('shows the next edition, and the earlier one as 旧版, with the history and what changed', async () => {
    await publish(id, words);
    await until(
      async () => (await (await fetch(`${system.address}/d/kaede`)).text()).includes(words),
      () => 'The edition in force is still the old one.',
    );
    await reader.goto('/d/kaede');
    await sees(reader.getByText(words));
    const history = reader.getByRole('region', { name: '改訂履歴の表' });
    await sees(history.getByRole('row', { name: /第4版.*バックアップの見直し/ }));
    expect(await faultsOfSent(reader)).toEqual([]);
    await reader.getByRole('link', { name: '第3版と第4版を比べる' }).click();
    await sees(reader.locator('ins', { hasText: '35' }));
    await sees(reader.locator('del', { hasText: '10' }));
    expect(await faultsOfSent(reader)).toEqual([]);
    await reader.getByRole('link', { name: '第3版', exact: true }).click();
    await sees(reader.getByText('この第3版は、施行中の版ではありません。'));
    expect(await reader.title()).toContain('（旧版）');
    await sees(reader.getByText('10日間保持します。'));
    expect(await faultsOfSent(reader)).toEqual([]);
  });

  step('speaks English around the text, which stays as it was signed', async () => {
    await reader.goto('/d/kaede');
    await reader.getByRole('link', { name: 'English' }).click();
    await sees(reader.getByRole('heading', { name: 'Revision history' }));
    await sees(reader.getByText(words));
    expect(await faultsOfSent(reader)).toEqual([]);
    await reader.getByRole('link', { name: 'All published disclosures' }).click();
    await sees(reader.getByRole('heading', { name: 'Conformity disclosures' }));
    expect(await faultsOfSent(reader)).toEqual([]);
  });

  step('gives out the PDF, and a page on which one verifies it', async () => {
    const pdf = await bytesOf('/d/kaede/editions/4/disclosure.pdf');
    expect(pdf).toEqual({ type: 'application/pdf', text: expect.stringContaining(squeezed(words)) as string });
    await reader.goto('/d/kaede?lang=ja');
    await reader.getByRole('link', { name: 'この版を検証する' }).click();
    await sees(reader.getByRole('heading', { name: '開示書の検証' }));
    expect(await faultsOfSent(reader)).toEqual([]);
    await reader.goto('/d/nothing');
    await sees(reader.getByRole('heading', { name: 'ページが見つかりません' }));
    expect(await faultsOfSent(reader)).toEqual([]);
  });

  step('mails the hospital what changed for it; opening the link records nothing, its button does', async () => {
    const mail = await system.mail(hospital, ['【開示書の改訂】', '第4版']);
    expect(mail.text).toContain('貴施設が前回受領を記録された第3版からの変更は、次の1項目です。');
    expect(mail.text).toContain('I-3 バックアップ（改正）');
    for (let i = 0; i < 2; i++) {
      await reader.goto(await linkIn(['【開示書の改訂】', '第4版'], 'a'));
      await sees(reader.getByRole('heading', { name: '第3版からの変更箇所' }));
      await sees(button(reader, '受領を記録する'));
    }
    await sees(reader.getByRole('region', { name: '新旧対照表' }).locator('u', { hasText: '35' }));
    expect(await faultsOfSent(reader)).toEqual([]);
    await button(reader, '受領を記録する').click();
    await sees(reader.getByRole('heading', { name: '受領を記録しました' }));
    expect(await faultsOfSent(reader)).toEqual([]);
    const receipt = await reader.getByRole('link', { name: '受領書（PDF）を受け取る' }).getAttribute('href');
    const { type, text } = await bytesOf(receipt!);
    expect(type).toBe('application/pdf');
    for (const said of ['受領書', hospital.name, '第4版']) expect(text).toContain(squeezed(said));
  });

  step('shows the vendor who stands at which edition', async () => {
    const vendor = await open();
    await vendor.goto('/readers');
    await fillSignIn(vendor, people.drafter);
    await sees(vendor.getByRole('heading', { name: '医療機関の受領' }));
    const row = vendor.getByRole('row', { name: new RegExp(hospital.name) });
    await until(
      async () => {
        await vendor.reload();
        await sees(row);
        return (await row.innerText()).includes('受領済み');
      },
      () => 'The acknowledgement is not there.',
    );
    await sees(row.getByText(hospital.address));
    await button(vendor, '医療機関を案内').click();
    const dialog = dialogOf(vendor, '医療機関を案内');
    await dialog.getByLabel('医療機関').fill('若葉台こどもクリニック');
    await dialog.getByLabel('メールアドレス').fill('jimu@wakabadai.example');
    await button(dialog, '案内を送る').click();
    await seesNo(dialog);
    await sees(vendor.getByRole('row', { name: /若葉台こどもクリニック/ }).getByText('案内中'));
    const faults: string[] = [];
    for (const { colorScheme, viewport } of settings) {
      await vendor.emulateMedia({ colorScheme });
      await vendor.setViewportSize(viewport);
      await vendor.reload();
      await sees(vendor.getByText(hospital.name));
      faults.push(...(await faultsOf(vendor)));
    }
    expect(faults).toEqual([]);
  });

  step('lets the hospital leave with the one click of its mail program, and forgets its address', async () => {
    const link = await linkIn(['【開示書の改訂】', '第4版'], 'u');
    await reader.goto(link);
    await sees(button(reader, 'お知らせを停止する'));
    expect(await faultsOfSent(reader)).toEqual([]);
    const left = await fetch(link, {
      method: 'POST',
      redirect: 'error',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    });
    expect(left.status).toBe(200);
    await reader.reload();
    await sees(reader.getByRole('heading', { name: 'お知らせを停止しました' }));
    expect(await faultsOfSent(reader)).toEqual([]);
    const drafter = await sessionOf(people.drafter);
    type List = { readonly readers: readonly { readonly hospital: string; readonly address: string | null }[] };
    await until(
      async () =>
        (await drafter<List>('GET', '/api/readers')).readers.some(
          (each) => each.hospital === hospital.name && each.address === null,
        ),
      () => 'The address is still there.',
    );
    // What it acknowledged stays its own: the receipt can still be had.
    await reader.goto(await linkIn(['【開示書の改訂】', '第4版'], 'a'));
    await sees(reader.getByRole('heading', { name: '受領を記録しました' }));
    await sees(reader.getByRole('link', { name: '受領書（PDF）を受け取る' }));
  });

  step('raised no error in any page', async () => expect(pageErrors).toEqual([]));
});
