import { inJapanese, localDateOf } from '@app/calendar';
import { renderHtml } from '@app/content';
import { meaningNames, officerName } from '@app/disclosures';
import { ACCENT, colophonLines, plainAppearance } from './appearance/domain/appearance';
import { bodyOf, citationOf, historyOf, type EditionDocument, type Figure } from './edition-document';
import { htmlFile } from './html-file';
import { MissingFigure } from './pdf/errors';
import { citedFigures } from './pdf/print-document';
import { markup, trusted, type Html } from './portal/html';
import {
  approvalIntroduction,
  editionName,
  historyLines,
  postReviewFacts,
  printedPostReviews,
  signatureFacts,
  signatureHashes,
} from './wording';

/**
 * An edition as one HTML file that needs nothing else: figures and styles inside, no scripts, to be read on a screen, aloud and on paper.
 * The same edition with the same 正誤 gives the same bytes.
 *
 * @throws MissingFigure when a body cites a figure that is not there
 */
export const editionHtml = async (edition: EditionDocument, appearance = plainAppearance): Promise<string> => {
  const figures = new Map<string, string>();
  for (const part of edition.parts)
    for (const item of part.items)
      for (const sha256 of citedFigures(bodyOf(item).content)) {
        const figure = figures.has(sha256) ? null : await edition.loadFigure(sha256);
        if (figure) figures.set(sha256, dataUrl(figure));
        else if (!figures.has(sha256)) throw new MissingFigure(citationOf(part, item), sha256);
      }
  const logo = appearance.logo && (await edition.loadFigure(appearance.logo.sha256));
  const { issuer } = edition;
  const name = editionName(edition.number);
  const section = (id: string, title: string, content: Html): Html =>
    markup`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;
  const body = (item: EditionDocument['parts'][number]['items'][number]): Html =>
    trusted(
      renderHtml(bodyOf(item), { figureUrl: (sha256) => figures.get(sha256) ?? '' }).replace(/<(\/?)h3>/g, '<$1h4>'),
    );
  return htmlFile(
    `${edition.serviceName} ${edition.title} ${name}`,
    styles(appearance.accent ?? ACCENT),
    markup`<header>
${logo ? markup`<img class="logo" src="${dataUrl(logo)}" alt="${issuer.name}">` : null}
<p class="service">${edition.serviceName}</p>
<h1>${edition.title}</h1>
${facts([
  ['版数', name],
  ['発行日', inJapanese(edition.issuedOn)],
  ['施行日', inJapanese(edition.effectiveOn)],
  ['発行者', issuer.name],
])}
${errataOf(edition, null)}
</header>
<nav aria-labelledby="contents"><h2 id="contents">目次</h2><ol>
${edition.parts.map(
  (part) =>
    markup`<li><a href="#part-${part.number}">${part.number}. ${part.title}</a><ol>${part.items.map((item) => markup`<li><a href="#${citationOf(part, item)}">${item.number}. ${item.title}</a></li>`)}</ol></li>\n`,
)}<li><a href="#history">改訂履歴</a></li><li><a href="#approval">承認記録</a></li><li><a href="#issuer">発行者</a></li>
</ol></nav>
<main>
${edition.parts.map((part) =>
  section(
    `part-${part.number}`,
    `${part.number}. ${part.title}`,
    markup`${part.items.map(
      (item) => markup`
<section aria-labelledby="${citationOf(part, item)}"><h3 id="${citationOf(part, item)}">${item.number}. ${item.title}</h3>
${body(item)}${errataOf(edition, item.itemKey)}</section>`,
    )}`,
  ),
)}
<p class="end">以上</p>
${section(
  'history',
  '改訂履歴',
  markup`<table><thead><tr><th scope="col">版数</th><th scope="col">発行日</th><th scope="col">改訂内容</th></tr></thead><tbody>
${historyOf(edition).map(
  (row) =>
    markup`<tr><th scope="row">${editionName(row.number)}</th><td>${inJapanese(row.issuedOn)}</td><td>${historyLines(row.historyText).map((line) => markup`<p>${line}</p>`)}</td></tr>\n`,
)}</tbody></table>`,
)}
${section(
  'approval',
  '承認記録',
  markup`<p>${approvalIntroduction(edition)}</p>
${edition.signatures.map(
  (signature) =>
    markup`<h3>${meaningNames[signature.meaning].ja}${signature.onBehalfOf === null ? '' : '（代理）'}</h3>${facts([...signatureFacts(signature), ...signatureHashes(signature)])}\n`,
)}${printedPostReviews(edition).map((each) => markup`<h3>${meaningNames.postReview.ja}</h3>${facts([...postReviewFacts(each), ['内容ハッシュ', each.contentHash]])}\n`)}`,
)}
${section(
  'issuer',
  '発行者',
  markup`<p>${issuer.name}</p>${facts([
    ['所在地', [issuer.postalCode && `〒${issuer.postalCode}`, issuer.address].filter(Boolean).join('　')],
    ['電話', issuer.tel],
    ['ファクス', issuer.fax],
    ['内容ハッシュ', edition.contentHash],
  ])}${colophonLines(appearance).map((line) => markup`<p>${line}</p>`)}`,
)}
</main>`,
  );
};

/** 正誤 of an item, or (null) of the edition as a whole: beside the text that was signed, and never part of it. */
const errataOf = ({ errata }: EditionDocument, itemKey: string | null): readonly Html[] =>
  errata
    .filter((erratum) => erratum.itemKey === itemKey)
    .map(
      ({ text, reason, officer, at }) => markup`
<div class="erratum" role="note" aria-label="正誤"><p><strong>正誤</strong>　${inJapanese(localDateOf(at))}　${officerName(officer)}</p>
<p>${text}</p>
<p>理由：${reason}　本文は署名されたままです。</p></div>`,
    );

/** An image inside the text that shows it. */
export const dataUrl = ({ bytes, mediaType }: Figure): string =>
  `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;

const facts = (rows: readonly (readonly [string, string | undefined])[]): Html =>
  markup`<dl>${rows.map(([label, value]) => (value === undefined || value === '' ? null : markup`<div><dt>${label}</dt><dd>${value}</dd></div>`))}</dl>`;

const styles = (accent: string): string => `
body { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem; background: #fff; color: #1b1f24; font: 1rem/1.8 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic', sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.5; break-after: avoid; }
h1, h2, a { color: ${accent}; }
h2 { margin-block-start: 3rem; border-block-end: 2px solid ${accent}; }
.logo { max-width: 15rem; max-height: 4rem; }
.end { text-align: end; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #9aa4ad; padding: 0.4rem 0.6rem; text-align: start; vertical-align: top; font-size: 0.875rem; }
th { background: #f3f5f7; font-weight: 500; }
td > p, th > p { margin: 0; }
blockquote { margin-inline: 0; padding: 0.25rem 1rem; border-inline-start: 3px solid ${accent}; background: #f3f5f7; }
.erratum { margin: 1rem 0; padding: 0.4rem 1rem; border: 1px solid #8a6100; break-inside: avoid; }
.erratum p { margin: 0.2rem 0; }
figure { margin: 1.5rem 0; break-inside: avoid; }
img { max-width: 100%; height: auto; }
dl > div { display: grid; grid-template-columns: 8rem 1fr; gap: 1rem; }
dt { color: #505b66; }
dd { margin: 0; }
nav ol { list-style: none; padding-inline-start: 1rem; }
@page { margin: 22mm 20mm; }
@media print { body { max-width: none; padding: 0; font-size: 9.5pt; } a { color: inherit; text-decoration: none; } nav { break-after: page; } tr { break-inside: avoid; } }
`;
