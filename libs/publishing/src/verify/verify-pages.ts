import type { EditionView } from '@app/disclosures';
import { headText, type SealedHead } from '@app/sealing';
import { address, facts, page, toIndex, type Stylesheet } from '../portal/portal-pages';
import { markup, type Html } from '../portal/html';
import { editionName } from '../wording';
import type { Report } from './report';
import type { Level } from './verify-file';

const form = markup`<form method="post" action="/verify" enctype="multipart/form-data" class="upload">
  <p>
    <label for="pdf">検証するPDF（30 MBまで）</label>
    <input id="pdf" name="pdf" type="file" accept="application/pdf,.pdf" required />
  </p>
  <p>
    <label for="proof">証明のファイル proof.json（PDFに証明が添付されていれば不要です）</label>
    <input id="proof" name="proof" type="file" accept="application/json,.json" />
  </p>
  <p><button type="submit">検証する</button></p>
  <p class="quiet">ファイルは検証のために読み取るだけで、保存しません。</p>
</form>`;

/** `/verify`, and of one edition with what to compare a printed copy with. */
export const verifyPage = (stylesheet: Stylesheet, edition: EditionView | null, head: SealedHead | null): string =>
  page(
    stylesheet,
    '開示書の検証',
    toIndex,
    markup`<main id="main" class="plain">
      <h1>開示書の検証</h1>
      <p>お手元の開示書（PDF）が、責任者が署名し、公開されたとおりのものかどうかを確かめます。</p>
      ${
        edition === null
          ? null
          : markup`<section aria-labelledby="paper">
            <h2 id="paper">紙に印刷した開示書と比べる</h2>
            <p>表紙と奥付の内容ハッシュが次の値と同じなら、同じ内容の版です。</p>
            ${facts([
              ['文書', `${edition.serviceName} ${edition.title}`],
              ['版数', editionName(edition.number)],
              ['内容ハッシュ', markup`<code>${edition.contentHash}</code>`],
            ])}
            <p>
              <a href="${address.edition(edition.service, edition.number)}">${editionName(edition.number)}の本文</a>
              <a href="${address.pdf(edition.service, edition.number)}">PDF</a>
              <a href="${address.proof(edition.service, edition.number)}">公開の証明（JSON）</a>
            </p>
          </section>`
      }
      <section aria-labelledby="upload">
        <h2 id="upload">PDFを検証する</h2>
        ${form}
      </section>
      <section aria-labelledby="offline">
        <h2 id="offline">手元で検証する</h2>
        <p>このページを信用しなくても、同じ検証を手元の計算機で、通信なしに行えます。</p>
        <p><code>npx kaijisho verify ファイル.pdf --key 鍵の指紋</code></p>
        ${
          head === null
            ? null
            : facts([
                ['署名鍵の指紋（SHA-256）', markup`<code>${head.keyId}</code>`],
                ['最新の封印', markup`<code>${headText(head)}</code>`],
              ])
        }
        ${head === null ? null : markup`<p class="quiet">指紋は、このページのほか、契約書や発行者からの通知など別の経路でも確かめてください。<a href="${address.keys}">公開鍵（PEM）</a></p>`}
      </section>
    </main>`,
  );

const list = (id: string, heading: string, sentences: readonly string[]): Html | null =>
  sentences.length === 0
    ? null
    : markup`<section aria-labelledby="${id}">
        <h2 id="${id}">${heading}</h2>
        <ul>${sentences.map((sentence) => markup`<li>${sentence}</li>`)}</ul>
      </section>`;

/** What a verification found. */
export const reportPage = (stylesheet: Stylesheet, report: Report, level: Level, sha256: string): string =>
  page(
    stylesheet,
    `検証の結果：${report.heading}`,
    toIndex,
    markup`<main id="main" class="plain">
      <h1>検証の結果</h1>
      <p class="verdict ${level}"><strong>${report.heading}</strong></p>
      ${list('findings', '一致しないところ', report.findings)}
      ${facts([...report.facts.map(([label, value]) => [label, value] as const), ['ファイルのSHA-256', markup`<code>${sha256}</code>`]])}
      ${list('proves', '確かめられたこと', report.proves)}
      ${list('doesNotProve', 'この検証では分からないこと', report.doesNotProve)}
      <p><a href="/verify">ほかのファイルを検証する</a></p>
    </main>`,
  );

/** A file that could not be verified at all. */
export const refusedUploadPage = (stylesheet: Stylesheet, sentence: string): string =>
  page(
    stylesheet,
    '検証できません',
    toIndex,
    markup`<main id="main" class="plain">
      <h1>検証できません</h1>
      <p>${sentence}</p>
      ${form}
    </main>`,
  );
