import { join } from 'node:path';
import { businessDaysAfter } from '@app/calendar';
import type { Locator, Page } from 'playwright-core';
import { button, dialogOf, fillSignIn, sees, seesNo } from './browser';
import { openItem, prepareJob, typeAtEnd } from './job';
import { password, until, type Person, type System } from './system';

const samplePath = join(__dirname, 'sample-disclosure.md');
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const person = (login: string, name: string): Person => ({ login, name, address: `${login}@kaede.example` });
const people = {
  administrator: person('kanri', '総務 四郎'),
  drafter: person('kisou', '起草 花子'),
  privacy: person('hogo', '保護 一郎'),
  management: person('sekinin', '責任 三郎'),
  systems: person('shisutemu', '機器 五郎'),
  operations: person('unyou', '運用 六郎'),
  deputy: person('dairi', '代理 七子'),
  auditor: person('kansa', '監査 八郎'),
};
const roles: { readonly [who in keyof typeof people]: string } = {
  administrator: 'administrator',
  drafter: 'drafter',
  privacy: 'signatory',
  management: 'signatory',
  systems: 'signatory',
  operations: 'signatory',
  deputy: 'signatory',
  auditor: 'auditor',
};

const dayInJapan = (days = 0): string =>
  new Date(Date.now() + 9 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

const { system: running, pageErrors, open, step, follow } = prepareJob();
let system: System;
let administrator: Page;
let drafter: Page;
let id: string;
beforeAll(() => {
  system = running();
});

const linkTo = async (who: Person, subject: readonly string[], nth = 1): Promise<string> => {
  const mail = await system.mail(who, subject, nth);
  return mail.links.find((url) => url.includes('/review')) ?? '';
};
const addressOf = (page: string): string => `/disclosures/${id}${page}`;

/** In the workbench: writes at the end of an item, and saves. */
const edit = async (item: string, title: string, text: string): Promise<void> => {
  await drafter.goto(addressOf(''));
  await typeAtEnd(drafter, await openItem(drafter, item, title), text);
  await button(drafter, '保存').click();
  await sees(drafter.getByText('保存済み', { exact: true }));
};
const openSubmit = async (edition: string): Promise<Locator> => {
  await drafter.goto(addressOf(''));
  await button(drafter, '提出').click();
  return dialogOf(drafter, `${edition}を提出する`);
};
const submit = async (dialog: Locator): Promise<void> => {
  await button(dialog, '提出する').click();
  await seesNo(dialog);
  await sees(drafter.getByText('承認待ち'));
};
const startRevision = async (): Promise<void> => {
  await drafter.goto(addressOf(''));
  await button(drafter, '改訂を始める').click();
  const dialog = dialogOf(drafter, '改訂を始める');
  await dialog.getByLabel('構成変更', { exact: true }).check();
  await button(dialog, '改訂を始める').click();
  await seesNo(dialog);
};
const describeRevision = async (text: string): Promise<void> => {
  await button(drafter, '改訂理由と履歴の文').click();
  const dialog = dialogOf(drafter, '改訂理由と履歴の文');
  await dialog.getByLabel('改訂履歴に載せる文').fill(text);
  await button(dialog, '保存').click();
  await seesNo(dialog);
};
/** Leaves as they are all findings that stop the submission. */
const waiveAll = async (): Promise<void> => {
  await drafter.goto(addressOf(''));
  const stopping = drafter.getByRole('complementary').getByRole('listitem').filter({ hasText: '提出を止める' });
  await sees(drafter.getByRole('complementary'));
  const items = new Set(await stopping.getByRole('link').allInnerTexts());
  for (const item of items) {
    await drafter.goto(addressOf(`/items/${item}`));
    await sees(stopping);
    for (let left = await stopping.count(); left > 0; left--) {
      await button(stopping.first(), '承知済みにする…').click();
      await drafter.getByLabel('このまま残す理由').fill('次の版で改めます。');
      await button(drafter, '承知済みにする').click();
      await until(
        async () => (await stopping.count()) < left,
        () => 'A finding could not be waived.',
      );
    }
  }
};
const publish = async (edition: string): Promise<void> => {
  await drafter.goto(addressOf('/editions'));
  await button(drafter, '内容を確認して公開へ進む').click();
  const dialog = dialogOf(drafter, `${edition}を公開しますか`);
  await button(dialog, '公開する').click();
  // The notice goes by itself; the edition in the list stays.
  await sees(drafter.getByRole('heading', { level: 3, name: edition, exact: true }));
  await seesNo(dialog);
};

/** The dialog in which one signs: the password, and the button that signs. */
const sign = async (page: Page, title: string, now: string): Promise<void> => {
  const dialog = dialogOf(page, title);
  await dialog.getByLabel('パスワード', { exact: true }).fill(password);
  await button(dialog, now).click();
  await seesNo(dialog);
};
const review = (page: Page): Locator => page.getByRole('region', { name: /^承認の経路/ });
/** The step of a route by what it says. */
const stepOf = (page: Page, text: string | RegExp): Locator =>
  review(page).getByRole('listitem').filter({ hasText: text });
/** What changed in an item. */
const changeOf = (page: Page, item: string): Locator => page.locator(`#item-${item}`);

const select = (page: Page, text: string): Promise<void> =>
  page
    .getByText(text)
    .last()
    .evaluate((element) => {
      const { document, getSelection } = element.ownerDocument.defaultView as unknown as {
        document: { createRange(): { selectNodeContents(node: unknown): void } };
        getSelection(): { removeAllRanges(): void; addRange(range: unknown): void };
      };
      const range = document.createRange();
      range.selectNodeContents(element);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    });

/** Chooses in a list that one types into. */
const choose = async (field: Locator, text: string): Promise<void> => {
  await field.click();
  await field.fill(text);
  await field.page().getByRole('option', { name: text }).first().click();
  await field.press('Escape');
};
const stepCard = (n: number): Locator => administrator.getByRole('group', { name: `第${n}段階`, exact: true });
const fillStep = async (n: number, who: string, meaning: string): Promise<void> => {
  await choose(stepCard(n).getByRole('combobox', { name: '署名する人' }), who);
  await stepCard(n).getByRole('combobox', { name: '署名の意味' }).selectOption({ label: meaning });
};
const newTemplate = async (
  name: string,
  steps: readonly (readonly [who: string, meaning: string])[],
  andAlso = async (): Promise<void> => undefined,
): Promise<void> => {
  await administrator.goto('/settings/routes');
  await administrator.getByRole('link', { name: 'ひな形を追加' }).click();
  await administrator.getByLabel('名称').fill(name);
  for (let more = 2; more < steps.length; more++) await button(administrator, '段階を加える').click();
  for (let fewer = 2; fewer > steps.length; fewer--) await button(administrator, `第${fewer}段階を外す`).click();
  for (const [at, [who, meaning]] of steps.entries()) await fillStep(at + 1, who, meaning);
  await andAlso();
  const preview = administrator.getByRole('region', { name: 'この経路で回付すると' });
  for (const [who, meaning] of steps) await sees(preview.getByText(`${who}が${meaning}します。`));
  await button(administrator, '保存する').click();
  await administrator.waitForURL('**/settings/routes');
  await sees(administrator.getByRole('heading', { level: 3, name }));
};
const chooseRoute = async (name: string): Promise<void> => {
  await administrator.goto('/settings/routes');
  await administrator.getByRole('combobox', { name: /の経路$/ }).selectOption({ label: name });
  await sees(administrator.getByText(`次の提出から「${name}」で回付します。`));
};

describe('sign-off', () => {
  step('begins with people, their offices and a disclosure', async () => {
    for (const who of Object.keys(people) as (keyof typeof people)[]) {
      const { login, name, address } = people[who];
      const account = ['--login', login, '--name', name, '--address', address, '--role', roles[who]];
      await system.kaijisho(['users', 'add', ...account], `${password}\n`);
    }
    administrator = await open();
    await administrator.goto('/organization');
    await fillSignIn(administrator, people.administrator);
    for (const [office, { name }, department, title] of [
      ['個人情報保護責任者', people.privacy, '法務部', '部長'],
      ['管理責任者', people.management, 'サービス本部', '本部長'],
      ['システム管理者', people.systems, '開発部', '部長'],
      ['運用管理責任者', people.operations, '運用部', '部長'],
    ] as const) {
      await button(administrator, `${office}の任命`).click();
      const dialog = dialogOf(administrator, `${office}の任命`);
      await dialog.getByLabel('氏名').selectOption({ label: name });
      await dialog.getByLabel('部署').fill(department);
      await dialog.getByLabel('役職').fill(title);
      await button(dialog, '任命する').click();
      await seesNo(dialog);
    }
    drafter = await open();
    await drafter.goto('/import');
    await fillSignIn(drafter, people.drafter);
    await drafter.getByLabel('ファイルを選ぶ').setInputFiles(samplePath);
    await drafter.getByLabel('公開アドレスの名前').fill('kaede');
    await button(drafter, 'この内容で取り込む').click();
    await drafter.waitForURL(/\/disclosures\/[^/]+$/);
    id = drafter.url().split('/').at(-1) as string;
  });
});

describe('the two-person route', () => {
  let firstRequest: string;

  step('is shown, with the reason for every step, before the revision is submitted', async () => {
    await startRevision();
    await edit('I-3', 'バックアップ', '保持期間は35日に改めます。');
    await describeRevision('バックアップの保持期間の見直し');
    await waiveAll();
    const dialog = await openSubmit('第4版');
    const steps = dialog.getByRole('listitem');
    for (const [office, meaning, { name }] of [
      ['個人情報保護責任者', '審査', people.privacy],
      ['管理責任者', '承認', people.management],
    ] as const) {
      const asked = steps.filter({ hasText: office }).filter({ hasText: meaning });
      await sees(asked.getByText(name));
      await sees(asked.getByText('経路「標準」の段階です。'));
    }
    await submit(dialog);
  });

  step('lets the reviewer comment on a passage, on a phone, and sign with two touches and the password', async () => {
    const page = await follow(await linkTo(people.privacy, ['【審査依頼】']), people.privacy, phone);
    await sees(page.locator('ins', { hasText: '35日' }));
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await select(page, '保持期間は35日に改めます。');
    await button(page, 'この箇所にコメント').click();
    await page.getByLabel('I-3にコメントする').fill('期間の根拠を教えてください。@起草');
    await page.getByRole('option', { name: people.drafter.name }).click();
    await button(page, 'コメントを追加').click();
    const comments = page.getByRole('region', { name: /^I-3/ });
    await sees(comments.locator('blockquote', { hasText: '35日' }));
    await sees(comments.getByText('期間の根拠を教えてください。'));

    await button(page, '審査する').tap();
    const dialog = dialogOf(page, '第4版を審査');
    await sees(dialog.getByText(/第4版.*審査/).last());
    await sees(dialog.getByText('未解決のコメントが1件あります'));
    await dialog.getByLabel('パスワード', { exact: true }).fill(password);
    await button(dialog, '署名して審査を完了').tap();
    await seesNo(dialog);
    await sees(page.getByText('あなたは署名済みです。'));
  });

  step(
    'mails who is mentioned, who answers; what is unresolved is counted and listed until it is resolved',
    async () => {
      expect((await system.mail(people.drafter, ['【コメント】'])).text).toContain('期間の根拠を教えてください。');
      await drafter.goto(addressOf('/items/I-3'));
      await sees(drafter.getByRole('navigation', { name: '目次' }).getByText('コメント1'));
      await drafter.getByRole('tab', { name: 'コメント 1' }).click();
      await button(drafter, '保護 一郎さんのコメントに返信').click();
      await drafter.getByLabel('保護 一郎さんのコメントに返信').fill('社内の規程によります。');
      await button(drafter, '返信する').click();
      await sees(drafter.getByText('返信しました。'));
      await sees(drafter.getByRole('complementary').getByText('社内の規程によります。'));
    },
  );

  step('is sent back to the drafter by keyboard alone', async () => {
    firstRequest = await linkTo(people.management, ['【承認依頼】']);
    const page = await follow(firstRequest, people.management);
    await sees(page.locator('ins', { hasText: '35日' }));
    await sees(page.getByText('社内の規程によります。'));
    await page.keyboard.press('Alt+ArrowDown');
    await until(
      () => page.evaluate('document.activeElement.id === "item-I-3"'),
      () => 'The first changed item has not got the focus.',
    );
    await page.keyboard.press('Alt+r');
    const dialog = dialogOf(page, '差し戻す');
    await sees(dialog.getByRole('radio', { name: '起草者' }));
    await dialog.getByLabel(/差戻しの理由/).focus();
    await page.keyboard.insertText('I-6 の公開月も改めてください。');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await seesNo(dialog);
    await sees(page.getByText('承認待ちの改訂はありません'));
  });

  step('lets the drafter resolve the comment, mend and submit again', async () => {
    const mail = await system.mail(people.drafter, ['【差戻し】']);
    expect(mail.text).toContain('I-6 の公開月も改めてください。');
    await edit('I-6', '経営の健全性', '公開は7月に改めます。');
    await drafter.goto(addressOf('/items/I-3'));
    await drafter.getByRole('tab', { name: 'コメント 1' }).click();
    await button(drafter, '解決済みにする').click();
    await sees(drafter.getByText('解決済みのコメント 1件'));
    await submit(await openSubmit('第4版'));
  });

  step('shows the reviewer only what has changed since they signed, and the whole when they ask for it', async () => {
    const page = await follow(await linkTo(people.privacy, ['【審査依頼】'], 2), people.privacy);
    await sees(changeOf(page, 'I-6'));
    expect(await changeOf(page, 'I-3').count()).toBe(0);
    await page.getByText('最新の公開版から', { exact: true }).click();
    await sees(changeOf(page, 'I-3'));
    await button(page, '審査する').click();
    await sign(page, '第4版を審査', '署名して審査を完了');
    await sees(page.getByText('あなたは署名済みです。'));
  });

  step('tells whoever follows an older mail what has happened since', async () => {
    const page = await follow(firstRequest, people.management);
    await sees(page.getByRole('heading', { name: 'メールをお送りしたあとに、この改訂は次のように進みました' }));
    await sees(page.getByRole('region', { name: /^メールをお送りしたあとに/ }).getByRole('link', { name: /^I-6/ }));
  });

  step('is signed by the approver by keyboard alone, and published', async () => {
    const page = await follow(await linkTo(people.management, ['【承認依頼】'], 2), people.management);
    // Who sent it back reads what has changed since, first.
    await sees(page.getByRole('heading', { name: /^差し戻した本文からの変更/ }));
    await sees(changeOf(page, 'I-6'));
    expect(await changeOf(page, 'I-3').count()).toBe(0);
    await page.keyboard.press('Alt+s');
    const dialog = dialogOf(page, '第4版を承認');
    await sees(dialog);
    await until(
      () => page.evaluate('document.activeElement.autocomplete === "current-password"'),
      () => 'The password is not asked for first.',
    );
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await seesNo(dialog);
    await sees(page.getByText('必要な署名がすべてそろいました。'));
    await publish('第4版');
  });

  step('tells whoever follows its mails afterwards that it is published, and leads to the edition', async () => {
    const page = await follow(firstRequest, people.management, phone);
    await sees(page.getByRole('heading', { level: 1, name: '第4版は公開されました' }));
    await page.getByRole('link', { name: '第4版を開く' }).tap();
    await page.waitForURL('**/editions/4');
  });
});

describe('a route of five steps', () => {
  step('is made by the administrator, with a ready-made rule that adds a step', async () => {
    await newTemplate('重要な改訂', [
      ['個人情報保護責任者', '審査'],
      ['運用管理責任者', '確認'],
      ['管理責任者', '承認'],
      [people.auditor.name, '後閲'],
    ]);
    await button(administrator, 'この規則を使う: 構成・ネットワーク・リスク').click();
    const dialog = dialogOf(administrator, '新しい規則');
    await sees(dialog.getByText('システム管理者のいずれか1名が審査します。'));
    await button(dialog, '保存する').click();
    await seesNo(dialog);
    await sees(administrator.getByText('有効', { exact: true }));
  });

  step('is refused, with names and reasons, while nobody is left who may sign', async () => {
    await newTemplate('誰も署名できない経路', [[people.drafter.name, '承認']]);
    await chooseRoute('誰も署名できない経路');
    await startRevision();
    await edit('I-3', 'バックアップ', '復旧の訓練を毎年行います。');
    await describeRevision('復旧の訓練の追加');
    await waiveAll();
    const dialog = await openSubmit('第5版');
    const refusal = dialog.getByRole('alert').filter({ hasText: '署名できる人が足りない' });
    await sees(refusal.getByText('起草 花子：この改訂を書いたため、署名できません'));
    expect(await button(dialog, '提出する').isDisabled()).toBe(true);
  });

  step('is shown with the rule that added a step, and the items that called for it', async () => {
    await chooseRoute('重要な改訂');
    const dialog = await openSubmit('第5版');
    const steps = dialog.getByRole('listitem').filter({ hasText: 'の段階です。' });
    await sees(dialog.getByText('I-3が変わったため、規則「構成・ネットワーク・リスク」で加わりました。'));
    await sees(steps.filter({ hasText: '後閲' }).getByText(people.auditor.name));
    await submit(dialog);
  });

  step('is reviewed, and the officer who is away names a deputy', async () => {
    const privacy = await follow(await linkTo(people.privacy, ['【審査依頼】', '第5版']), people.privacy);
    await button(privacy, '審査する').click();
    await sign(privacy, '第5版を審査', '署名して審査を完了');

    const officer = await open();
    await officer.goto('/organization/deputations');
    await fillSignIn(officer, people.operations);
    await button(officer, '代理を設定').click();
    const dialog = dialogOf(officer, '代理を設定');
    await dialog.getByLabel('代理する人').selectOption({ label: people.deputy.name });
    await dialog.getByLabel('最終日').fill(dayInJapan(30));
    await dialog.getByLabel('理由').fill('海外出張のため');
    await button(dialog, '設定する').click();
    await seesNo(dialog);
    await sees(officer.getByText('代理 七子が運用 六郎の代理'));
  });

  const actForOfficer = async (): Promise<void> => {
    const page = await open(phone);
    await page.goto('/reviews');
    await fillSignIn(page, people.deputy);
    const mine = page.getByRole('region', { name: /^自分の番/ });
    await sees(mine.getByText('運用 六郎さんの代理'));
    await mine.getByRole('link', { name: '変更点を見て署名する' }).click();
    await sees(page.getByText('運用 六郎さんの代理として確認します。'));
    await button(page, '確認する').tap();
    const dialog = dialogOf(page, '第5版を確認');
    await sees(dialog.getByText('代理 七子（運用管理責任者 運用 六郎の代理）'));
    await sees(dialog.locator('blockquote', { hasText: '運用 六郎' }));
    await sign(page, '第5版を確認', '署名して確認');
    const signed = stepOf(page, '運用管理責任者').filter({ hasText: '確認' });
    await sees(signed.getByText('代理 七子'));
    await sees(signed.getByText(/運用 六郎（運用部 部長）の代理/));
    await sees(page.getByText('あなたは署名済みです。'));
  };
  const signSystems = async (nth: number): Promise<void> => {
    const page = await follow(await linkTo(people.systems, ['【審査依頼】', '第5版'], nth), people.systems);
    await sees(stepOf(page, 'システム管理者').getByText('対象：I-3'));
    await button(page, '審査する').click();
    await sign(page, '第5版を審査', '署名して審査を完了');
    await sees(page.getByText('あなたは署名済みです。'));
  };

  step('is signed by the deputy on a phone, with both names, and by who was added by the rule', async () => {
    await actForOfficer();
    await signSystems(1);
  });

  step('goes back to an earlier step: the text stays, later signatures are void, an earlier one holds', async () => {
    const page = await follow(await linkTo(people.management, ['【承認依頼】', '第5版']), people.management);
    await button(page, '差戻し').click();
    const dialog = dialogOf(page, '差し戻す');
    await dialog.getByRole('radio', { name: /運用管理責任者（確認）/ }).check();
    await dialog.getByLabel(/差戻しの理由/).fill('運用の手順と合うか、もう一度お確かめください。');
    await button(dialog, '差し戻す').click();
    await seesNo(dialog);
    await sees(page.getByText('責任 三郎さんが第2段階に差し戻しました'));
    await sees(page.getByText('差戻しで無効になった署名 2件'));
    await sees(stepOf(page, '個人情報保護責任者').getByText('署名済み'));
    await sees(stepOf(page, '運用管理責任者').getByText('署名待ち'));

    await actForOfficer();
    await signSystems(2);
  });

  step('goes back to the drafter; a signature over text that stays untouched is carried over', async () => {
    const page = await follow(await linkTo(people.management, ['【承認依頼】', '第5版'], 2), people.management);
    await sees(button(page, '差戻し'));
    await page.keyboard.press('Alt+r');
    const dialog = dialogOf(page, '差し戻す');
    await dialog.getByLabel(/差戻しの理由/).fill('I-6 も改めてください。');
    await button(dialog, '差し戻す').click();
    await seesNo(dialog);

    await edit('I-6', '経営の健全性', '監査報告書も公開します。');
    const again = await openSubmit('第5版');
    await sees(again.getByText('前回の署名を引き継ぎます：機器 五郎'));
    await submit(again);

    const privacy = await follow(await linkTo(people.privacy, ['【審査依頼】', '第5版'], 2), people.privacy);
    await sees(changeOf(privacy, 'I-6'));
    expect(await changeOf(privacy, 'I-3').count()).toBe(0);
    await sees(stepOf(privacy, 'システム管理者').getByText(/前回の署名を引き継いで/));
    await button(privacy, '審査する').click();
    await sign(privacy, '第5版を審査', '署名して審査を完了');
    await actForOfficer();
  });

  step('is approved without asking again whose signature was carried over', async () => {
    const page = await follow(await linkTo(people.management, ['【承認依頼】', '第5版'], 3), people.management);
    await sees(page.locator('ins', { hasText: '監査報告書' }));
    await page.keyboard.press('Alt+s');
    await sign(page, '第5版を承認', '署名して承認');
    await sees(page.getByText('必要な署名がすべてそろいました。'));
    expect((await system.mails(people.systems)).filter(({ subject }) => subject.includes('【審査依頼】'))).toHaveLength(
      2,
    );
  });

  step('is published without waiting for 後閲, which is done from the phone after that', async () => {
    await system.mail(people.auditor, ['【後閲のお願い】', '第5版']);
    await publish('第5版');
    const page = await open(phone);
    await page.goto('/reviews');
    await fillSignIn(page, people.auditor);
    await page.getByRole('link', { name: '読んで後閲する' }).click();
    await button(page, '後閲を記録').tap();
    const dialog = dialogOf(page, '第5版を後閲');
    await dialog.getByLabel('コメント（任意）').fill('拝見しました。');
    await button(dialog, '後閲を記録').tap();
    await seesNo(dialog);
    const signatures = page.getByRole('region', { name: '署名', exact: true });
    await sees(signatures.getByText('拝見しました。'));
    await sees(signatures.getByText(/運用 六郎（運用部 部長）の代理/));
  });
});

describe('whoever forgot their password', () => {
  step('chooses the next one by a link that an administrator has them sent, and nobody else does', async () => {
    await administrator.goto('/organization/users');
    await button(administrator, `パスワードを再設定: ${people.auditor.name}`).click();
    const dialog = dialogOf(administrator, `${people.auditor.name}のパスワードを再設定`);
    await button(dialog, '再設定する').click();
    await seesNo(dialog);

    const mail = await system.mail(people.auditor, ['【パスワードの再設定】']);
    const page = await open(phone);
    await page.goto(mail.links.find((url) => url.includes('/password-reset')) ?? '');
    await page.getByLabel('新しいパスワード', { exact: true }).fill('another horse battery');
    await button(page, 'このパスワードにする').tap();
    await page.getByRole('link', { name: 'サインインへ' }).tap();
    await fillSignIn(page, people.auditor, 'another horse battery');
    await page.waitForURL('/');
  });
});

describe('a step that nobody signs in time', () => {
  step('has the next in line in its route, who is told of when the revision is submitted', async () => {
    await newTemplate('期限後に引き継ぐ経路', [['管理責任者', '承認']], async () => {
      await stepCard(1).getByLabel('期限（営業日）').fill('3');
      await stepCard(1).getByLabel('期限を過ぎたら、ほかの人にも知らせる').check();
      await stepCard(1).getByLabel('期限のあと（営業日）').fill('1');
      await stepCard(1)
        .getByLabel(/^知らせる人/)
        .selectOption({ label: '運用管理責任者' });
    });
    await chooseRoute('期限後に引き継ぐ経路');
    await startRevision();
    await edit('I-6', '経営の健全性', '要旨は英語でも公開します。');
    await describeRevision('英語の要旨の公開');
    await waiveAll();
    const dialog = await openSubmit('第6版');
    await sees(dialog.getByText(/期限を1営業日過ぎると、運用管理責任者にも知らせ/));
    await submit(dialog);
    await linkTo(people.management, ['【承認依頼】', '第6版']);
    expect((await system.mails(people.operations)).filter(({ subject }) => subject.includes('第6版'))).toEqual([]);
  });

  step('can be signed by the next in line from the day after, and the signature says why', async () => {
    const later = new Date(`${businessDaysAfter(dayInJapan(), 5)}T10:00:00+09:00`);
    expect(await system.interrupt()).toBe(0);
    await system.start(later.getTime() - Date.now());

    const page = await open(phone);
    await page.clock.setSystemTime(later);
    await page.goto(await linkTo(people.operations, ['【承認の期限超過】', '第6版']));
    await fillSignIn(page, people.operations);
    await sees(page.locator('ins', { hasText: '要旨' }));
    await sees(page.getByText('期限超過により承認します。'));
    await sees(stepOf(page, '管理責任者').getByText(/を過ぎています/));
    await button(page, '承認する').tap();
    await sign(page, '第6版を承認', '署名して承認');
    const signed = stepOf(page, '管理責任者');
    await sees(signed.getByText('運用 六郎'));
    await sees(signed.getByText('期限超過により'));
  });
});

describe('all of this', () => {
  step('raised no error in any page', async () => {
    expect(pageErrors).toEqual([]);
  });
});
