import { join } from 'node:path';
import { addMonths, inJapanese } from '@app/calendar';
import ICAL from 'ical.js';
import type { Locator, Page } from 'playwright-core';
import { button, dialogOf, fillSignIn, sees, seesNo } from './browser';
import { prepareJob } from './job';
import { password, type Person, type System } from './system';

const samplePath = join(__dirname, 'sample-disclosure.md');

const person = (login: string, name: string): Person => ({ login, name, address: `${login}@kaede.example` });
const people = {
  administrator: person('kanri', '総務 四郎'),
  drafter: person('kisou', '起草 花子'),
  management: person('sekinin', '責任 三郎'),
  systems: person('shisutemu', '機器 五郎'),
};
const roles: { readonly [who in keyof typeof people]: string } = {
  administrator: 'administrator',
  drafter: 'drafter',
  management: 'signatory',
  systems: 'signatory',
};

const dayInJapan = (days = 0): string =>
  new Date(Date.now() + 9 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

const report = (name: string) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.4\n% ${name}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n`),
});

const { system: running, pageErrors, open, step } = prepareJob();
let system: System;
let administrator: Page;
let drafter: Page;
let management: Page;
let certificate: string;
let audit: string;
beforeAll(() => {
  system = running();
});

const region = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const chooseFrom = async (page: Page, name: string): Promise<void> => {
  await button(page, 'そのほかの操作').click();
  await page.getByRole('menuitem', { name, exact: true }).click();
};
/** Chooses an item of the disclosure in a list that one types into. */
const cite = async (label: string, item: string): Promise<void> => {
  await drafter.getByRole('combobox', { name: label }).click();
  await drafter.keyboard.insertText(item);
  await drafter.getByRole('option', { name: new RegExp(`^${item}`) }).click();
  await drafter.keyboard.press('Escape');
};
const chooseOne = async (within: Page | Locator, label: string, option: string): Promise<void> => {
  const field = within.getByRole('combobox', { name: label }).first();
  await field.click();
  await field.fill(option);
  await drafter.getByRole('option', { name: option, exact: true }).first().click();
};

describe('what falls due', () => {
  step('begins with people, their offices and a disclosure', async () => {
    for (const who of Object.keys(people) as (keyof typeof people)[]) {
      const { login, name, address } = people[who];
      const account = ['--login', login, '--name', name, '--address', address, '--role', roles[who]];
      await system.kaijisho(['users', 'add', ...account], `${password}\n`);
    }
    administrator = await open();
    await administrator.goto('/organization');
    await fillSignIn(administrator, people.administrator);
    for (const [office, { name }] of [
      ['管理責任者', people.management],
      ['システム管理者', people.systems],
    ] as const) {
      await button(administrator, `${office}の任命`).click();
      const dialog = dialogOf(administrator, `${office}の任命`);
      await dialog.getByLabel('氏名').selectOption({ label: name });
      await dialog.getByLabel('部署').fill('サービス本部');
      await dialog.getByLabel('役職').fill('部長');
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
  });
});

describe('a certificate', () => {
  step('is registered, with a copy of it beside', async () => {
    await drafter.goto('/certificates/new');
    await drafter.getByLabel('名称').fill('ISMS登録証');
    await drafter.getByLabel('登録番号').fill('IS 000123');
    await drafter.getByLabel('審査・登録機関').fill('架空認証機構');
    await drafter.getByLabel('規格の版（任意）').fill('ISO/IEC 27001:2022');
    await drafter.getByLabel('有効期間の開始日').fill('2024-01-25');
    await drafter.getByLabel('有効期限').fill(dayInJapan(40));
    await chooseOne(drafter, '担当者', 'システム管理者');
    await cite('この証明書を記載している項目', 'I-7');
    await button(drafter, '登録する').click();
    await drafter.waitForURL(/\/certificates\/(?!new)/);
    certificate = drafter.url();
    await sees(drafter.getByText('期限間近'));
    await sees(drafter.getByText('あと40日'));

    await drafter.locator('input[type=file]').setInputFiles(report('登録証の写し.pdf'));
    const copy = region(drafter, '証憑').getByRole('link', { name: '登録証の写し.pdf' });
    await sees(copy);
    const file = await drafter.request.get((await copy.getAttribute('href'))!);
    expect(file.headers()['content-disposition']).toMatch(/^attachment/);
    expect(String(await file.body())).toContain('%PDF-1.4');
    await sees(region(drafter, '履歴').getByText('「登録証の写し.pdf」を添付'));
  });

  step('takes no program for evidence, and says so', async () => {
    const program = { name: '登録証.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ\x90\x00 not a paper') };
    await drafter.locator('input[type=file]').setInputFiles(program);
    await sees(
      drafter
        .getByText(/プログラム|実行/)
        .filter({ hasText: '。' })
        .last(),
    );
    expect(await region(drafter, '証憑').getByRole('listitem').count()).toBe(1);
  });

  step('is mailed about, to those whom its ladder names, and shows what comes next as it will be sent', async () => {
    for (const who of [people.management, people.drafter, people.systems])
      expect((await system.mail(who, ['ISMS登録証'])).text).toContain('I-7');

    await drafter.goto('/reminders?days=90');
    const mails = drafter.getByRole('list', { name: 'これから送る通知' }).getByRole('link');
    await sees(mails.filter({ hasText: 'ISMS登録証' }).filter({ hasText: '30日前' }));
    await mails.filter({ hasText: '14日前' }).click();
    const mail = drafter.getByRole('article');
    await sees(mail.getByText(/【期限14日前】ISMS登録証/));
    await sees(mail.getByText(`${people.management.name}、${people.drafter.name}、${people.systems.name}`));
    await sees(mail.frameLocator('iframe').getByText(/I-7/));
    expect(await mail.locator('iframe').getAttribute('sandbox')).toBe('');
    await mail.getByText('テキスト', { exact: true }).click();
    await sees(mail.locator('pre').getByText(/I-7/));
  });

  step('stands in the twelve months, as a chart and as a list', async () => {
    await drafter.goto('/deadlines');
    await sees(drafter.getByRole('listitem').filter({ hasText: 'ISMS登録証' }).getByText('あと40日'));
    await drafter.getByText('一覧', { exact: true }).click();
    const row = drafter.getByRole('row').filter({ hasText: 'ISMS登録証' });
    await sees(row.getByText(inJapanese(dayInJapan(40))));
    await sees(row.getByText('30日前'));
  });

  step('is seen to by somebody, and its mails are put off', async () => {
    management = await open();
    await management.goto(certificate);
    await fillSignIn(management, people.management);
    await button(region(management, '送付台帳'), /対応中にする/).click();
    const answer = dialogOf(management, '対応中の記録');
    await button(answer, '対応中にする').click();
    await seesNo(answer);
    await sees(region(management, '送付台帳').getByText(new RegExp(`${people.management.name}が対応中`)));

    await button(management, '通知を見合わせる').click();
    const snooze = dialogOf(management, '通知の見合わせ');
    await snooze.getByLabel('再開する日').fill(dayInJapan(20));
    await snooze.getByLabel('理由（任意）').fill('審査機関の回答を待っています。');
    await button(snooze, '見合わせる').click();
    await seesNo(snooze);
    await sees(region(management, '今後の通知').getByText(`通知を見合わせ中（${inJapanese(dayInJapan(20))}に再開）`));
    expect(await region(management, '今後の通知').getByRole('listitem').first().innerText()).toContain(
      inJapanese(dayInJapan(20)),
    );
    const paused = region(management, '履歴').getByRole('listitem').filter({ hasText: '通知の見合わせ' });
    await sees(paused.getByText('審査機関の回答を待っています。'));
    await sees(paused.getByText(people.management.name));
  });

  step('is renewed: what is left of its ladder is gone, and the disclosure that cites it is revised', async () => {
    await drafter.goto(certificate);
    await button(drafter, '更新を記録').click();
    const renewal = dialogOf(drafter, '更新の記録');
    await renewal.getByLabel('有効期間の開始日').fill(dayInJapan(41));
    await renewal.getByLabel('有効期限').fill(dayInJapan(41 + 3 * 365));
    await button(renewal, '更新を記録').click();

    const proposal = dialogOf(drafter, '開示書の改訂');
    await sees(proposal.getByText(/I-7/));
    await button(proposal, '改訂を始める').click();
    await sees(proposal.getByText('次の開示書の改訂を始めました。記載の項目を直してください。'));
    const toItem = /^\/disclosures\/[^/]+\/items\/I-7/;
    expect(await proposal.getByRole('link').getAttribute('href')).toMatch(toItem);
    await button(proposal, '閉じる').last().click();
    await seesNo(proposal);
    const cited = region(drafter, 'この証明書を記載している項目');
    await sees(cited.getByText('改訂中の開示書で、記載の項目を直してください。'));
    expect(await cited.getByRole('link').last().getAttribute('href')).toMatch(toItem);
    await seesNo(button(cited, '記載している開示書の改訂を始める'));
    const terms = region(drafter, '有効期間の履歴').getByRole('row');
    await sees(terms.filter({ hasText: '次の有効期間' }).getByText(inJapanese(dayInJapan(41))));
    await sees(terms.filter({ hasText: '現在' }).getByText(inJapanese(dayInJapan(40))));
    await sees(region(drafter, '今後の通知').getByText('今後12か月に送る通知はありません。'));
    await sees(region(drafter, '履歴').getByText(/^更新（有効期限/));
    await drafter.goto('/reminders?days=365');
    await sees(drafter.getByText('今後1年に送る通知はありません。'));

    await drafter.goto(certificate);
    await region(drafter, 'この証明書を記載している項目').getByRole('link').first().click();
    await sees(drafter.getByText('改訂中'));
    await button(drafter, '改訂理由と履歴の文').click();
    const causes = dialogOf(drafter, '改訂理由と履歴の文');
    expect(await causes.getByLabel('証明書更新', { exact: true }).isChecked()).toBe(true);
    await drafter.keyboard.press('Escape');
  });
});

describe('an audit', () => {
  step('is planned, to come round a year after it was carried out', async () => {
    await drafter.goto('/audits/new');
    await drafter.getByLabel('種類').selectOption({ label: '脆弱性診断' });
    await drafter.getByRole('textbox', { name: '最初の期限' }).fill(dayInJapan(10));
    expect(await drafter.getByLabel('前回の実施日から数える').isChecked()).toBe(true);
    await chooseOne(drafter, '担当者', 'システム管理者');
    await cite('実施状況を記載している項目', 'II-4');
    await button(drafter, '登録する').click();
    await drafter.waitForURL(/\/audits\/(?!new)/);
    audit = drafter.url();
    await sees(drafter.getByText('毎年（前回の実施から）'));
    await sees(drafter.getByText('あと10日'));
    expect((await system.mail(people.systems, ['脆弱性診断'])).text).toContain('II-4');
  });

  step('is carried out, with evidence and something left to do, and comes round again', async () => {
    await button(drafter, '実施を記録').click();
    const dialog = dialogOf(drafter, '実施の記録');
    expect(await dialog.getByLabel('実施日').inputValue()).toBe(dayInJapan());
    await dialog.getByLabel('合格（指摘あり）').check();
    await button(dialog, '記録する').click();
    await sees(dialog.getByText('入力してください。'));
    await dialog.getByLabel('所見（必須）').fill('管理画面のライブラリが古い。');
    await dialog.locator('input[type=file]').setInputFiles(report('診断報告書.pdf'));
    await button(dialog, '対応事項を追加').click();
    await dialog.getByLabel('内容').fill('ライブラリを更新する');
    await dialog.getByLabel('対応の期限').fill(dayInJapan(30));
    await button(dialog, '記録する').click();
    await seesNo(dialog);

    await sees(drafter.getByText(inJapanese(addMonths(dayInJapan(), 12))));
    await sees(region(drafter, '証憑').getByText('結果の根拠'));
    await sees(region(drafter, '履歴').getByText(/に実施：合格（指摘あり）/));
    await button(region(drafter, '対応事項'), /対応済みにする/).click();
    const closing = dialogOf(drafter, '対応の完了');
    await closing.getByLabel('完了した日').fill(dayInJapan());
    await button(closing, '対応済みにする').click();
    await seesNo(closing);
    await sees(region(drafter, '対応事項').getByText(/対応済み/));
  });

  step('is moved, with a reason that stays on record', async () => {
    await drafter.goto(audit);
    await chooseFrom(drafter, '期限を変更');
    const dialog = dialogOf(drafter, '期限の変更');
    await dialog.getByLabel('新しい期限').fill(dayInJapan(200));
    await dialog.getByLabel('理由（必須）').fill('委託先の都合');
    await button(dialog, '保存').click();
    await seesNo(dialog);
    await sees(region(drafter, '履歴').getByText('委託先の都合'));
    await sees(drafter.getByText('あと200日'));
  });
});

describe('the ledger', () => {
  step('tells of every mail, can be filtered, and leaves as a table', async () => {
    await drafter.goto('/reminders/ledger');
    const rows = drafter.getByRole('row');
    await sees(rows.filter({ hasText: 'ISMS登録証' }).getByText('送信済み'));
    await sees(rows.filter({ hasText: '脆弱性診断' }));
    await drafter.getByLabel('状態').selectOption({ label: '対応中' });
    await seesNo(rows.filter({ hasText: '脆弱性診断' }));
    await sees(rows.filter({ hasText: 'ISMS登録証' }));
    const csv = await drafter.request.get(
      (await drafter.getByRole('link', { name: 'CSVで書き出す' }).getAttribute('href'))!,
    );
    expect(csv.headers()['content-type']).toContain('text/csv');
    const lines = (await csv.text()).trim().split('\r\n');
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.slice(1).every((line) => line.includes('ISMS登録証'))).toBe(true);
  });
});

describe('a calendar', () => {
  step('shows the deadlines to a program that knows its address, until the address is revoked', async () => {
    await drafter.goto('/deadlines');
    await button(drafter, '自分用のアドレスを発行').click();
    const dialog = dialogOf(drafter, 'カレンダーのアドレス');
    const address = await dialog.getByLabel('アドレス', { exact: true }).inputValue();
    await button(dialog, '閉じる').last().click();
    await seesNo(dialog);
    const answer = await fetch(address);
    expect(answer.headers.get('content-type')).toContain('text/calendar');
    const events = new ICAL.Component(ICAL.parse(await answer.text()))
      .getAllSubcomponents('vevent')
      .map((each) => new ICAL.Event(each));
    const isms = events.find(({ summary }) => summary.includes('ISMS登録証'));
    expect(isms?.startDate.toString()).toBe(dayInJapan(41 + 3 * 365));

    await button(region(drafter, 'カレンダーで見る'), /のアドレスを取り消す/).click();
    const revocation = dialogOf(drafter, 'アドレスの取消し');
    await button(revocation, '取り消す').click();
    await seesNo(revocation);
    await sees(drafter.getByText('まだアドレスを発行していません。'));
    expect((await fetch(address)).status).toBe(404);
  });
});

describe('an administrator', () => {
  step('changes a ladder, and a kind of certificate follows it', async () => {
    await administrator.goto('/settings/reminders');
    await button(administrator, '「その他の証明書の更新」を編集').click();
    const ladder = dialogOf(administrator, '「その他の証明書の更新」の通知の段階');
    await button(ladder, '「6か月前」を削除').click();
    await ladder.getByLabel('次の営業日に送る').check();
    await button(ladder, '保存').click();
    await seesNo(ladder);
    const card = administrator.getByRole('listitem').filter({ hasText: 'その他の証明書の更新' });
    await sees(card.getByText('休業日にあたるときは、次の営業日に送ります。'));
    await sees(card.getByText('変更済み'));
    await seesNo(card.getByText(/6か月前/));

    await button(administrator, '種類を追加').click();
    const kind = dialogOf(administrator, '証明書の種類の追加');
    await kind.getByLabel('名称').fill('SOC 2 報告書');
    await button(kind, '追加する').click();
    await seesNo(kind);
    await drafter.goto('/certificates/new');
    await drafter.getByLabel('種類').selectOption({ label: 'SOC 2 報告書' });
    expect(await drafter.getByLabel('名称').inputValue()).toBe('SOC 2 報告書');
  });

  step('sees what the queue does', async () => {
    await administrator.goto('/settings/jobs');
    await sees(administrator.getByRole('row', { name: /期限の確認/ }));
    await sees(administrator.getByText('失敗したジョブはありません。'));
    await drafter.goto('/settings/jobs');
    await sees(drafter.getByText('この画面を見られるのは管理者です。'));
  });

  step('sees no error in any page', async () => {
    expect(pageErrors).toEqual([]);
  });
});
