import { inJapanese } from '@app/calendar';
import { renderHtml } from '@app/content';
import { meaningNames, type EditionsOfService, type EditionView } from '@app/disclosures';
import { headText, type SealedHead } from '@app/sealing';
import { bodyOf, citationOf, historyOf } from '../edition-document';
import {
  approvalIntroduction,
  editionName,
  historyLines,
  instantText,
  postReviewFacts,
  signatureFacts,
  signatureHashes,
} from '../wording';
import { markup, trusted, type Html } from './html';

/** The public pages: pure functions from what is published to HTML that works without scripts. */

type Item = EditionView['parts'][number]['items'][number];
export type Stylesheet = { readonly url: string };

export const address = {
  index: '/d',
  head: '/d/log/head.json',
  keys: '/d/log/keys.pem',
  verify: (service: string, number: number) => `/verify/${encodeURIComponent(service)}/${number}`,
  service: (service: string) => `/d/${encodeURIComponent(service)}`,
  edition: (service: string, number: number) => `/d/${encodeURIComponent(service)}/editions/${number}`,
  pdf: (service: string, number: number) => `/d/${encodeURIComponent(service)}/editions/${number}/disclosure.pdf`,
  widePdf: (service: string, number: number) =>
    `/d/${encodeURIComponent(service)}/editions/${number}/disclosure-16x9.pdf`,
  proof: (service: string, number: number) => `/d/${encodeURIComponent(service)}/editions/${number}/proof.json`,
  figure: (service: string) => (sha256: string) =>
    `/d/${encodeURIComponent(service)}/figures/${encodeURIComponent(sha256)}`,
};

export const toIndex = markup`<p><a href="${address.index}">公開中の開示書の一覧</a></p>`;

export const page = (stylesheet: Stylesheet, title: string, foot: Html | null, main: Html): string =>
  markup`<!doctype html>
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="stylesheet" href="${stylesheet.url}" />
      </head>
      <body>
        <a class="skip" href="#main">本文へ移動</a>
        ${main}
        ${foot === null ? null : markup`<footer class="foot">${foot}</footer>`}
      </body>
    </html> `.markup.replace(/\n\s*/g, '\n');

/** `/d`: every service that has published. */
export const indexPage = (stylesheet: Stylesheet, services: readonly EditionsOfService[]): string =>
  page(
    stylesheet,
    'サービス仕様適合開示書の一覧',
    null,
    markup`<main id="main" class="plain">
      <h1>サービス仕様適合開示書</h1>
      ${
        services.length === 0
          ? markup`<p>公開中の開示書はまだありません。</p>`
          : markup`<ul class="services">
            ${services.map((service) => serviceEntry(service))}
          </ul>`
      }
    </main>`,
  );

const serviceEntry = ({ service, serviceName, title, editions }: EditionsOfService): Html => {
  const shown = editions.find((edition) => edition.inForce) ?? editions[0];
  return markup`<li>
    <h2><a href="${address.service(service)}">${serviceName}</a></h2>
    <p>${title}</p>
    ${
      shown === undefined
        ? null
        : markup`<p class="quiet">${editionName(shown.number)}　${inJapanese(shown.issuedOn)}発行　${inJapanese(shown.effectiveOn)}施行</p>`
    }
  </li>`;
};

/** `/d/{service}` and `/d/{service}/editions/{n}`; with the newest seal of the log, when there is one. */
export const editionPage = (
  stylesheet: Stylesheet,
  edition: EditionView,
  service: EditionsOfService,
  head: SealedHead | null,
): string => {
  const name = editionName(edition.number);
  const figureUrl = address.figure(edition.service);
  return page(
    stylesheet,
    `${edition.serviceName} ${edition.title} ${name}${standing(edition, service) === 'old' ? '（旧版）' : ''}`,
    markup`<p>${edition.issuer.name}</p>${toIndex}`,
    markup`<div class="sheet">
      <header class="cover">
        ${banner(edition, service)}
        <p class="service">${edition.serviceName}</p>
        <h1>${edition.title}</h1>
        <dl class="facts">
          <div><dt>版数</dt><dd>${name}${edition.inForce ? markup` <span class="mark-in-force">施行中</span>` : null}</dd></div>
          <div><dt>発行日</dt><dd><time datetime="${edition.issuedOn}">${inJapanese(edition.issuedOn)}</time></dd></div>
          <div><dt>施行日</dt><dd><time datetime="${edition.effectiveOn}">${inJapanese(edition.effectiveOn)}</time></dd></div>
          <div><dt>発行者</dt><dd>${edition.issuer.name}</dd></div>
        </dl>
        <p class="download"><a href="${address.pdf(edition.service, edition.number)}">${name}のPDFを開く</a> <a href="${address.widePdf(edition.service, edition.number)}">画面向け（16:9）のPDF</a> <a href="${address.verify(edition.service, edition.number)}">この版を検証する</a></p>
      </header>
      <nav class="contents" aria-labelledby="contents">
        <h2 id="contents">目次</h2>
        <ol>
          ${edition.parts.map(
            (part) =>
              markup`<li>
                <a href="#part-${part.number}"><span class="number">${part.number}.</span> ${part.title}</a>
                <ol>
                  ${part.items.map(
                    (item) =>
                      markup`<li>
                        <a href="#${citationOf(part, item)}"><span class="number">${item.number}.</span> ${item.title}</a>
                      </li>`,
                  )}
                </ol>
              </li>`,
          )}
          <li><a href="#history">改訂履歴</a></li>
          <li><a href="#approval">承認記録</a></li>
          <li><a href="#editions">版の一覧</a></li>
          <li><a href="#issuer">発行者</a></li>
          ${head === null ? null : markup`<li><a href="#seal">記録の封印</a></li>`}
        </ol>
      </nav>
      <main id="main">
        ${edition.parts.map(
          (part) =>
            markup`<section aria-labelledby="part-${part.number}">
              <h2 id="part-${part.number}"><span class="number">${part.number}.</span> <span>${part.title}</span></h2>
              ${part.items.map((item) => itemSection(citationOf(part, item), item, figureUrl))}
            </section>`,
        )}
        <p class="end">以上</p>
        ${historySection(edition)} ${approvalSection(edition)} ${editionsSection(edition, service)} ${issuerSection(edition)}
        ${head === null ? null : sealSection(head)}
      </main>
    </div>`,
  );
};

/** An edition stands in force, is an old one (旧版), or comes into force later. */
export const standing = (
  edition: Pick<EditionView, 'inForce' | 'number'>,
  service: EditionsOfService,
): 'inForce' | 'old' | 'coming' => {
  if (edition.inForce) return 'inForce';
  const inForce = service.editions.find((other) => other.inForce);
  return inForce !== undefined && inForce.number > edition.number ? 'old' : 'coming';
};

const banner = (edition: EditionView, service: EditionsOfService): Html | null => {
  const inForce = service.editions.find((other) => other.inForce);
  const link =
    inForce === undefined
      ? null
      : markup` 施行中の版は<a href="${address.service(service.service)}">${editionName(inForce.number)}（${inJapanese(inForce.issuedOn)}発行）</a>です。`;
  switch (standing(edition, service)) {
    case 'inForce':
      return null;
    case 'old':
      return markup`<p class="banner"><strong>旧版</strong> この${editionName(edition.number)}は、施行中の版ではありません。${link}</p>`;
    case 'coming':
      return markup`<p class="banner"><strong>施行前</strong> この${editionName(edition.number)}は、${inJapanese(edition.effectiveOn)}に施行されます。${link}</p>`;
  }
};

const itemSection = (citation: string, item: Item, figureUrl: (sha256: string) => string): Html =>
  markup`<section class="item" id="${citation}" aria-labelledby="${citation}-title">
    <h3 id="${citation}-title"><span class="number">${item.number}.</span> <span>${item.title}</span></h3>
    <div class="body">${trusted(bodyHtml(item, citation, figureUrl))}</div>
  </section>`;

/** The body under the headings of this page, its tables in regions that scroll by keyboard too, and no heading cell without text. */
const bodyHtml = (item: Item, citation: string, figureUrl: (sha256: string) => string): string =>
  renderHtml(bodyOf(item), { figureUrl })
    .replace(/<(\/?)h3>/g, '<$1h4>')
    .replace(/<th[^>]*><p><\/p><\/th>/g, '<td></td>')
    .replaceAll('<table>', `<div class="scroll" role="region" tabindex="0" aria-label="${citation}の表"><table>`)
    .replaceAll('</table>', '</table></div>');

const historySection = (edition: EditionView): Html =>
  markup`<section aria-labelledby="history">
    <h2 id="history">改訂履歴</h2>
    <div class="scroll" role="region" tabindex="0" aria-label="改訂履歴の表">
      <table class="history">
        <thead>
          <tr><th scope="col">版数</th><th scope="col">発行日</th><th scope="col">改訂内容</th></tr>
        </thead>
        <tbody>
          ${historyOf(edition).map(
            (row) =>
              markup`<tr>
                <th scope="row">${editionName(row.number)}</th>
                <td class="date"><time datetime="${row.issuedOn}">${inJapanese(row.issuedOn)}</time></td>
                <td>${historyLines(row.historyText).map((line) => markup`<p${line.startsWith('・') ? markup` class="point"` : null}>${line}</p>`)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;

const approvalSection = (edition: EditionView): Html =>
  markup`<section aria-labelledby="approval">
    <h2 id="approval">承認記録</h2>
    <p>${approvalIntroduction(edition)}</p>
    ${edition.signatures.map(
      (signature) =>
        markup`<div class="signature">
          <h3>${meaningNames[signature.meaning].ja}${signature.onBehalfOf === null ? '' : '（代理）'}</h3>
          ${facts([...signatureFacts(signature), ...signatureHashes(signature).map(([label, hash]) => [label, markup`<code>${hash}</code>`] as const)])}
        </div>`,
    )}
    ${edition.postReviews.map(
      (postReview) =>
        markup`<div class="signature">
          <h3>${meaningNames.postReview.ja}</h3>
          ${facts([...postReviewFacts(postReview), ['内容ハッシュ', markup`<code>${postReview.contentHash}</code>`]])}
        </div>`,
    )}
  </section>`;

const editionsSection = (edition: EditionView, service: EditionsOfService): Html =>
  markup`<section aria-labelledby="editions">
    <h2 id="editions">版の一覧</h2>
    <ul class="editions">
      ${service.editions.map((other) => {
        const mark = { inForce: '施行中', old: '旧版', coming: '施行前' }[standing(other, service)];
        const name = `${editionName(other.number)}（${inJapanese(other.issuedOn)}発行）`;
        return markup`<li>
          ${
            other.number === edition.number
              ? markup`<span aria-current="page">${name}</span>`
              : markup`<a href="${other.inForce ? address.service(service.service) : address.edition(service.service, other.number)}">${name}</a>`
          }
          <span class="quiet">${mark}</span>
          <a href="${address.pdf(service.service, other.number)}">PDF<span class="unseen">（${editionName(other.number)}）</span></a>
        </li>`;
      })}
    </ul>
  </section>`;

const issuerSection = ({ issuer, contentHash, number }: EditionView): Html =>
  markup`<section aria-labelledby="issuer">
    <h2 id="issuer">発行者</h2>
    <p class="issuer">${issuer.name}</p>
    ${facts([
      ['所在地', [issuer.postalCode && `〒${issuer.postalCode}`, issuer.address].filter(Boolean).join('　')],
      ['電話', issuer.tel],
      ['ファクス', issuer.fax],
      [`${editionName(number)}の内容ハッシュ（SHA-256）`, markup`<code>${contentHash}</code>`],
    ])}
  </section>`;

/** What a reader keeps, so that nobody can take back or change what the log says by now. */
const sealSection = (head: SealedHead): Html =>
  markup`<section aria-labelledby="seal">
    <h2 id="seal">記録の封印</h2>
    <p>開示書の作成から公開までの記録は、後から書き換えたり削除したりすれば分かるように、封印しています。次の「控える値」を手元に残しておけば、その時点までの記録が変わっていないことの検証を、後日、発行者に求めることができます。</p>
    ${facts([
      ['控える値', markup`<code>${headText(head)}</code>`],
      ['封印日時', markup`<time datetime="${head.sealedAt}">${instantText(head.sealedAt, 'Asia/Tokyo')}</time>`],
      ['封印した記録', `${head.events.toLocaleString('ja-JP')}件`],
      ['署名鍵の指紋（SHA-256）', markup`<code>${head.keyId}</code>`],
    ])}
    <p class="quiet">封印は記録が増えるたびに新しくなりますが、以前に控えた値もそのまま検証に使えます。検証には <code>kaijisho log verify --pinned</code> に続けて、控えた値を指定します。<a href="${address.head}">同じ内容のJSON</a></p>
  </section>`;

/** The newest seal for programs (`kaijisho.head.v1`). Fields are added, never renamed. */
export const headJson = (head: SealedHead): object => {
  const { batch, chain, sealedAt, events, keyId } = head;
  return { format: 'kaijisho.head.v1', head: headText(head), batch, chain, sealedAt, events, keyId };
};

export const facts = (rows: readonly (readonly [string, string | Html | undefined])[]): Html =>
  markup`<dl class="facts">
    ${rows.map(([label, value]) => (value === undefined || value === '' ? null : markup`<div><dt>${label}</dt><dd>${value}</dd></div>`))}
  </dl>`;

/** What is not there, or not public: the two are not told apart. */
export const notFoundPage = (stylesheet: Stylesheet): string =>
  page(
    stylesheet,
    'ページが見つかりません',
    toIndex,
    markup`<main id="main" class="plain">
      <h1>ページが見つかりません</h1>
      <p>アドレスが誤っているか、公開されていない開示書です。一覧から探してください。</p>
      <p><a href="${address.index}">公開中の開示書の一覧へ</a></p>
    </main>`,
  );

/** The PDF of an edition cannot be made at this time; its page is there. */
export const noPdfPage = (stylesheet: Stylesheet, service: string, number: number): string =>
  page(
    stylesheet,
    'PDFを用意できません',
    toIndex,
    markup`<main id="main" class="plain">
      <h1>PDFを用意できません</h1>
      <p>現在、${editionName(number)}のPDFを作成できません。時間をおいてお試しいただくか、ページの本文をご覧ください。</p>
      <p><a href="${address.edition(service, number)}">${editionName(number)}の本文を読む</a></p>
    </main>`,
  );
