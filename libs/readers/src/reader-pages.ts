import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inJapanese } from '@app/calendar';
import type { ComparisonTable } from '@app/comparison-table';
import type { EditionsOfService, EditionView } from '@app/disclosures';
import { address, facts, page, toIndex } from '@app/publishing/portal/portal-pages';
import { markup, type Html } from '@app/publishing/portal/html';
import { css as portalCss } from '@app/publishing/portal/stylesheet';
import { projectRoot } from '@app/publishing/project-root';
import { editionName, instantText } from '@app/publishing/wording';
import { comparisonHtml } from './comparison-html';
import type { Acknowledged } from './domain/reader';
import type { ReaderContact } from './reader-contacts';

/** The pages of readers: as the other public ones, with forms, and without scripts. */

/** That of the portal, and what only these pages need. */
export const css = portalCss + readFileSync(join(projectRoot, 'libs/readers/public/reader.css'), 'utf8');
export const cssHash = createHash('sha256').update(css).digest('hex').slice(0, 16);
const stylesheet = { url: `/reader/assets/reader.css?v=${cssHash}` };

export const receiptAddress = (token: string): string => `/reader/${token}/receipt.pdf`;

const plain = (title: string, main: Html): string =>
  page(stylesheet, title, toIndex, markup`<main id="main" class="plain"><h1>${title}</h1>${main}</main>`);

const button = (label: string): Html =>
  markup`<form method="post" class="ask"><p><button type="submit">${label}</button></p></form>`;

const toService = ({ service, serviceName }: Pick<EditionsOfService, 'service' | 'serviceName'>): Html =>
  markup`<p><a href="${address.service(service)}">${serviceName}の開示書</a></p>`;

export type Typed = { readonly hospital: string; readonly mail: string };
export type TypedErrors = { readonly [field in keyof Typed]?: string };

/** `/d/{service}/follow` */
export const followPage = (
  service: EditionsOfService,
  typed: Typed = { hospital: '', mail: '' },
  errors: TypedErrors = {},
): string => {
  const field = (name: keyof Typed, label: string, type: string, autocomplete: string): Html => {
    const error = errors[name];
    return markup`<label for="${name}">${label}</label>
      ${error === undefined ? null : markup`<p class="error" id="${name}-error">${error}</p>`}
      <input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" maxlength="254" required value="${typed[name]}"${error === undefined ? null : markup` aria-invalid="true" aria-describedby="${name}-error"`} />`;
  };
  return plain(
    '改訂のお知らせを受け取る',
    markup`<p>${service.serviceName}の開示書が改訂されたとき、前回受領を記録された版からの変更箇所をメールでお知らせします。メールから、アカウントなしで受領を記録し、受領書を受け取れます。</p>
      <form method="post" class="ask">
        ${field('hospital', '医療機関の名称', 'text', 'organization')}
        ${field('mail', 'メールアドレス', 'email', 'email')}
        <p><button type="submit">確認のメールを受け取る</button></p>
      </form>
      <p class="quiet">入力されたアドレスに確認のメールをお送りします。メールのページでボタンを押すまで、登録は完了しません。アドレスはお知らせの送信だけに使い、停止されると消去します。医療機関の名称は受領の記録に残ります。</p>
      ${toService(service)}`,
  );
};

/** The same whoever asked, and whether the address is known or not. */
export const askedPage = (service: EditionsOfService): string =>
  plain(
    '確認のメールをお送りしました',
    markup`<p>入力されたアドレスに届いたメールのページを開き、ボタンを押すと、登録が完了します。</p>
      <p class="quiet">しばらくしても届かない場合は、迷惑メールの振り分けとアドレスの誤りをご確認ください。</p>
      ${toService(service)}`,
  );

export const tooOftenPage = (): string =>
  plain(
    '申込みが続いています',
    markup`<p>この接続元からの申込みが続いているため、受け付けませんでした。15分ほど待ってから、もう一度お試しください。</p>`,
  );

type Named = Pick<ReaderContact, 'hospital' | 'address'>;

export const confirmPage = ({ hospital, address: mail }: Named, service: EditionsOfService): string =>
  plain(
    '登録の確認',
    markup`<p>${service.serviceName}の開示書が改訂されたとき、次のアドレスにお知らせします。</p>
      ${facts([
        ['医療機関の名称', hospital],
        ['メールアドレス', mail],
      ])}
      ${button('登録する')}`,
  );

export const followingPage = (
  { hospital }: Named,
  service: EditionsOfService,
  acknowledge: { readonly number: number; readonly token: string } | null,
): string =>
  plain(
    '登録が完了しました',
    markup`<p>${service.serviceName}の開示書が改訂されると、${hospital}にお知らせします。</p>
      ${
        acknowledge === null
          ? null
          : markup`<p>現在の版を確認して受領を記録しておくと、次のお知らせで、その版からの変更箇所が分かります。</p>
            <p><a href="/reader/${acknowledge.token}">${editionName(acknowledge.number)}の受領を記録する</a></p>`
      }
      ${toService(service)}`,
  );

export type ToAcknowledge = {
  readonly token: string;
  readonly hospital: string;
  readonly edition: EditionView;
  readonly service: EditionsOfService;
  /** The record, when this edition has been acknowledged. */
  readonly record: Acknowledged | null;
  /** What was acknowledged last, when it is another edition. */
  readonly last: Acknowledged | null;
  /** Between the two; null where there is none before, or it was acknowledged. */
  readonly table: ComparisonTable | null;
};

/** What changed since this hospital's last 受領, and the button; or the record. */
export const acknowledgePage = (shown: ToAcknowledge): string => {
  const { token, hospital, edition, service, record, last, table } = shown;
  const name = editionName(edition.number);
  const newest = service.editions[0];
  const subject = facts([
    ['医療機関', hospital],
    ['文書', `${edition.serviceName} ${edition.title}`],
    ['版数', name],
    ['発行日', inJapanese(edition.issuedOn)],
    ['施行日', inJapanese(edition.effectiveOn)],
    ...(record === null
      ? []
      : ([
          ['受領を記録した日時', instantText(record.at, 'Asia/Tokyo')],
          ['前回受領を記録した版', record.since === null ? 'なし' : editionName(record.since)],
        ] as const)),
    ['内容ハッシュ（SHA-256）', markup`<code>${edition.contentHash}</code>`],
  ]);
  const links = markup`<p class="download"><a href="${address.edition(edition.service, edition.number)}">${name}の全文を読む</a> <a href="${address.pdf(edition.service, edition.number)}">PDF</a></p>`;
  const newer =
    newest === undefined || newest.number <= edition.number
      ? null
      : markup`<p class="banner">この版より新しい${editionName(newest.number)}が公開されています。<a href="${address.edition(service.service, newest.number)}">${editionName(newest.number)}を読む</a></p>`;
  if (record !== null)
    return plain(
      '受領を記録しました',
      markup`${newer}${subject}
        <p class="download"><a href="${receiptAddress(token)}">受領書（PDF）を受け取る</a></p>
        ${toService(service)}`,
    );
  if (last !== null && last.number > edition.number)
    return plain(
      `${name}の受領の記録`,
      markup`<p>この版より新しい${editionName(last.number)}の受領がすでに記録されているため、${name}の受領は記録できません。</p>${subject}${links}`,
    );
  return plain(
    `${name}の受領の記録`,
    markup`${newer}${subject}${links}
      ${
        table === null
          ? markup`<p>受領を記録された版がまだないため、全文をご確認ください。</p>`
          : markup`<section aria-labelledby="changes">
              <h2 id="changes">${editionName(last?.number ?? 0)}からの変更箇所</h2>
              ${table.rows.some(({ kind }) => kind !== 'omitted' && kind !== 'part') ? comparisonHtml(table, edition.service) : markup`<p>本文に変更はありません。</p>`}
            </section>`
      }
      <section aria-labelledby="record">
        <h2 id="record">受領の記録</h2>
        <p>ボタンを押すと、${hospital}が${name}を受領し、${table === null ? 'その内容' : '上の変更'}を確認したことが、日時とともに記録されます。</p>
        ${button('受領を記録する')}
      </section>`,
  );
};

export const leavePage = ({ hospital, address: mail }: Named, service: EditionsOfService): string =>
  plain(
    'お知らせの停止',
    markup`<p>${hospital}（${mail}）への、${service.serviceName}の開示書の改訂のお知らせを停止します。アドレスは消去し、受領の記録は残します。</p>
      ${button('お知らせを停止する')}`,
  );

export const leftPage = (): string =>
  plain(
    'お知らせを停止しました',
    markup`<p>改訂のお知らせはもうお送りしません。アドレスは消去しました。再び受け取る場合は、開示書のページから登録してください。</p>
      <p><a href="${address.index}">公開中の開示書の一覧へ</a></p>`,
  );

/** The link was good once. */
export const expiredPage = (service: string): string =>
  plain(
    'リンクの有効期限が切れています',
    markup`<p>何も記録していません。登録のページで同じアドレスを入力すると、新しいリンクが届きます。</p>
      <p><a href="${address.follow(service)}">登録のページへ</a></p>`,
  );

/** Forged, of somebody else, or mutilated: the page does not say which. */
export const wrongLinkPage = (): string =>
  plain(
    'このリンクは使えません',
    markup`<p>何も記録していません。リンクの一部が欠けているか、より新しいメールのリンクに替わっているか、登録がありません。届いたメールのリンクを、途中で切らずに開いてください。</p>
      <p><a href="${address.index}">公開中の開示書の一覧へ</a></p>`,
  );
