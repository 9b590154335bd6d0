import { localDateOf } from '@app/calendar';
import { renderHtml } from '@app/content';
import {
  meaningNames,
  officerName,
  type ComparisonView,
  type EditionsOfService,
  type EditionView,
} from '@app/disclosures';
import { headText, type SealedHead } from '@app/sealing';
import type { LapsedCitation } from '@app/certificates';
import { appearanceUrl, logoUrl } from '../appearance/appearance-css';
import { colophonLines, plainAppearance, type Appearance } from '../appearance/domain/appearance';
import { bodyOf, citationOf, historyOf } from '../edition-document';
import { approvalIntroduction, historyLines, postReviewFacts, signatureFacts, signatureHashes } from '../wording';
import { dateIn, instantIn, japanese, within, type Face } from './face';
import { markup, trusted, type Html } from './html';
import { textsOf } from './texts';

/** The public pages: pure functions from what is published to HTML that works without scripts. */

type Item = EditionView['parts'][number]['items'][number];
export type Stylesheet = { readonly url: string };

export const address = {
  index: '/d',
  head: '/d/log/head.json',
  keys: '/d/log/keys.pem',
  verify: (service: string, number: number) => `/verify/${encodeURIComponent(service)}/${number}`,
  service: (service: string) => `/d/${encodeURIComponent(service)}`,
  follow: (service: string) => `/d/${encodeURIComponent(service)}/follow`,
  edition: (service: string, number: number) => `/d/${encodeURIComponent(service)}/editions/${number}`,
  compare: (service: string, older: number, newer: number) =>
    `/d/${encodeURIComponent(service)}/compare/${older}/${newer}`,
  feed: (service: string) => `/d/${encodeURIComponent(service)}/feed.xml`,
  json: (service: string, number: number) => `/d/${encodeURIComponent(service)}/editions/${number}/disclosure.json`,
  pdf: (service: string, number: number) => `/d/${encodeURIComponent(service)}/editions/${number}/disclosure.pdf`,
  widePdf: (service: string, number: number) =>
    `/d/${encodeURIComponent(service)}/editions/${number}/disclosure-16x9.pdf`,
  proof: (service: string, number: number) => `/d/${encodeURIComponent(service)}/editions/${number}/proof.json`,
  figure: (service: string) => (sha256: string) =>
    `/d/${encodeURIComponent(service)}/figures/${encodeURIComponent(sha256)}`,
};

type Around = {
  readonly face?: Face;
  /** Its own address, for the link to the other language; without it there is none. */
  readonly at?: string;
  /** Of the Atom feed. */
  readonly feed?: string;
  /** Of the company's own style sheet, after ours. */
  readonly appearanceUrl?: string | null;
};

export const page = (
  stylesheet: Stylesheet,
  title: string,
  foot: Html | null,
  main: Html,
  { face = japanese, at, feed, appearanceUrl = null }: Around = {},
): string => {
  const t = textsOf(face);
  const other = face.language === 'ja' ? 'en' : 'ja';
  const otherFace =
    at === undefined
      ? null
      : markup`<p><a href="${at}?lang=${other}" lang="${other}" hreflang="${other}">${t.otherFace}</a></p>`;
  return markup`<!doctype html>
    <html lang="${face.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="stylesheet" href="${stylesheet.url}" />
        ${appearanceUrl === null ? null : markup`<link rel="stylesheet" href="${appearanceUrl}" />`}
        ${feed === undefined ? null : markup`<link rel="alternate" type="application/atom+xml" href="${feed}" />`}
      </head>
      <body>
        <a class="skip" href="#main">${t.skip}</a>
        ${main}
        ${foot === null && otherFace === null ? null : markup`<footer class="foot">${foot}${otherFace}</footer>`}
      </body>
    </html> `.markup.replace(/\n\s*/g, '\n');
};

/** To the list of all that is public; stands at the foot of the pages. */
export const indexLink = (face: Face): Html =>
  markup`<p><a href="${within(face, address.index)}">${textsOf(face).toIndex}</a></p>`;

/** `/d`: every service that has published; those that have ended stand apart. */
export const indexPage = (
  stylesheet: Stylesheet,
  services: readonly EditionsOfService[],
  face: Face = japanese,
): string => {
  const t = textsOf(face);
  const ended = services.filter(({ retired }) => retired?.ended);
  const present = services.filter((service) => !ended.includes(service));
  const list = (listed: readonly EditionsOfService[], heading: 'h2' | 'h3') =>
    markup`<ul class="services">
      ${listed.map((service) => serviceEntry(service, face, heading))}
    </ul>`;
  return page(
    stylesheet,
    t.indexTitle,
    null,
    markup`<main id="main" class="plain">
      <h1>${t.index}</h1>
      ${present.length === 0 ? markup`<p>${t.noServices}</p>` : list(present, 'h2')}
      ${ended.length === 0 ? null : markup`<section aria-labelledby="ended"><h2 id="ended">${t.endedServices}</h2>${list(ended, 'h3')}</section>`}
    </main>`,
    { face, at: address.index },
  );
};

const serviceEntry = (
  { service, serviceName, title, editions, retired }: EditionsOfService,
  face: Face,
  heading: 'h2' | 'h3',
): Html => {
  const t = textsOf(face);
  // What its address shows.
  const shown = editions.find(({ inForce }) => inForce) ?? editions.at(-1);
  return markup`<li>
    <${trusted(heading)} lang="ja"><a href="${within(face, address.service(service))}">${serviceName}</a></${trusted(heading)}>
    <p lang="ja">${title}</p>
    ${
      shown === undefined
        ? null
        : markup`<p class="quiet">${t.edition(shown.number)}${t.between}${t.issued(dateIn(face, shown.issuedOn))}${t.between}${(shown.inForce ? t.effective : t.comes)(dateIn(face, shown.effectiveOn))}</p>`
    }
    ${retired ? markup`<p class="quiet">${retirementText(retired, face)}</p>` : null}
  </li>`;
};

type Retired = NonNullable<EditionsOfService['retired']>;
const retirementText = ({ ended, on, reason }: Retired, face: Face): Html =>
  around(face, textsOf(face)[ended ? 'endedOn' : 'endsOn'](dateIn(face, on)), reason);

/** Words as they were written, within a sentence of the page. */
const around = (face: Face, [before, after]: readonly [string, string], written: string): Html =>
  markup`${before}${face.language === 'ja' ? written : markup`<span lang="ja">${written}</span>`}${after}`;

/** `/d/{service}` and `/d/{service}/editions/{n}`; with the newest seal of the log, when there is one, and what has lapsed since. */
export const editionPage = (
  stylesheet: Stylesheet,
  edition: EditionView,
  service: EditionsOfService,
  head: SealedHead | null,
  {
    face = japanese,
    lapsed = [],
    appearance = plainAppearance,
  }: { readonly face?: Face; readonly lapsed?: readonly LapsedCitation[]; readonly appearance?: Appearance } = {},
): string => {
  const t = textsOf(face);
  const name = t.edition(edition.number);
  const figureUrl = address.figure(edition.service);
  const date = (day: string): Html => markup`<time datetime="${day}">${dateIn(face, day)}</time>`;
  return page(
    stylesheet,
    `${edition.serviceName} ${edition.title} ${name}${standing(edition, service) === 'old' ? t.oldTitle : ''}`,
    markup`<p lang="ja">${edition.issuer.name}</p>${indexLink(face)}`,
    markup`<div class="sheet">
      <header class="cover">
        ${banner(edition, service, face)}
        ${appearance.logo === null ? null : markup`<img class="logo" src="${logoUrl(appearance.logo.sha256)}" alt="${edition.issuer.name}" lang="ja" />`}
        <p class="service" lang="ja">${edition.serviceName}</p>
        <h1 lang="ja">${edition.title}</h1>
        <dl class="facts">
          <div><dt>${t.number}</dt><dd>${name}${edition.inForce ? markup` <span class="mark-in-force">${t.standing.inForce}</span>` : null}</dd></div>
          <div><dt>${t.issuedOn}</dt><dd>${date(edition.issuedOn)}</dd></div>
          <div><dt>${t.effectiveOn}</dt><dd>${date(edition.effectiveOn)}</dd></div>
          <div><dt>${t.issuer}</dt><dd lang="ja">${edition.issuer.name}</dd></div>
        </dl>
        <p class="download"><a href="${address.pdf(edition.service, edition.number)}">${t.pdf(edition.number)}</a> <a href="${address.widePdf(edition.service, edition.number)}">${t.widePdf}</a> <a href="${within(face, address.verify(edition.service, edition.number))}">${t.verify}</a>${service.retired === null ? markup` <a href="${within(face, address.follow(edition.service))}">${t.follow}</a>` : null}</p>
        <p><a href="${address.json(edition.service, edition.number)}">${t.json}</a>${t.between}<a href="${address.feed(edition.service)}">${t.feed}</a></p>
        ${errataOf(edition, null, face)}
      </header>
      <nav class="contents" aria-labelledby="contents">
        <h2 id="contents">${t.contents}</h2>
        <ol>
          ${edition.parts.map(
            (part) =>
              markup`<li lang="ja">
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
          <li><a href="#history">${t.history}</a></li>
          <li><a href="#approval">${t.approval}</a></li>
          <li><a href="#editions">${t.editions}</a></li>
          <li><a href="#issuer">${t.issuer}</a></li>
          ${head === null ? null : markup`<li><a href="#seal">${t.seal}</a></li>`}
        </ol>
      </nav>
      <main id="main">
        ${edition.parts.map(
          (part) =>
            markup`<section aria-labelledby="part-${part.number}">
              <h2 id="part-${part.number}" lang="ja"><span class="number">${part.number}.</span> <span>${part.title}</span></h2>
              ${part.items.map((item) => itemSection(citationOf(part, item), item, figureUrl, edition, lapsed, face))}
            </section>`,
        )}
        <p class="end">${t.end}</p>
        ${historySection(edition, service, face)} ${approvalSection(edition, face)} ${editionsSection(edition, service, face)} ${issuerSection(edition, face, appearance)}
        ${head === null ? null : sealSection(head, face)}
      </main>
    </div>`,
    {
      face,
      at: address.edition(edition.service, edition.number),
      feed: address.feed(edition.service),
      appearanceUrl: appearanceUrl(appearance),
    },
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

/** How an edition stands today, as the head of its page says it, for another page. */
export const standingToday = (
  edition: EditionView,
  service: EditionsOfService,
  face: Face,
): readonly (Html | null)[] => [
  ...banner(edition, service, face, within(face, address.edition(edition.service, edition.number))),
  ...errataOf(edition, null, face),
];

/** `itsPage`: the address of its page, from another one. */
const banner = (
  edition: EditionView,
  service: EditionsOfService,
  face: Face,
  itsPage = '',
): readonly (Html | null)[] => {
  const t = textsOf(face);
  const { retired } = service;
  return [
    retired
      ? markup`<p class="banner"><strong>${retired.ended ? t.ended : t.ends}</strong> ${retirementText(retired, face)}</p>`
      : null,
    standingBanner(edition, service, face),
    ...(edition.inForce ? comingBanners(edition, service, face) : []),
    errataBanner(edition, face, itsPage),
  ];
};

/** Where two editions stand beside each other, the older one first. */
const compareLink = (service: string, one: number, other: number, face: Face): Html => {
  const [older, newer] = one < other ? ([one, other] as const) : ([other, one] as const);
  return markup`<a href="${within(face, address.compare(service, older, newer))}">${textsOf(face).compareWith(older, newer)}</a>`;
};

/** Whoever comes for the edition in force hears of those that are published and come into force later. */
const comingBanners = ({ number }: EditionView, service: EditionsOfService, face: Face): readonly Html[] => {
  const t = textsOf(face);
  return service.editions
    .filter((other) => standing(other, service) === 'coming')
    .map((other) => {
      const name = `${t.edition(other.number)}${t.inBrackets(t.issued(dateIn(face, other.issuedOn)))}`;
      return markup`<p class="banner"><strong>${t.standing.coming}</strong> <a href="${within(face, address.edition(service.service, other.number))}">${name}</a>${t.comesIntoForce(dateIn(face, other.effectiveOn))} ${compareLink(service.service, number, other.number, face)}</p>`;
    });
};

/** Which items were corrected: their 正誤 stand far below, and not in the PDF at all. Those of the whole edition stand on the cover. */
const errataBanner = ({ errata, parts }: EditionView, face: Face, itsPage: string): Html | null => {
  const t = textsOf(face);
  const corrected = parts.flatMap((part) =>
    part.items
      .filter((item) => errata.some(({ itemKey }) => itemKey === item.itemKey))
      .map((item) => citationOf(part, item)),
  );
  if (corrected.length === 0) return null;
  const [before, after] = t.corrected;
  const links = corrected.map(
    (citation, index) => markup`${index === 0 ? '' : t.listed}<a href="${itsPage}#${citation}">${citation}</a>`,
  );
  return markup`<p class="banner"><strong>${t.erratum}</strong> ${before}${links}${after}</p>`;
};

const standingBanner = (edition: EditionView, service: EditionsOfService, face: Face): Html | null => {
  const t = textsOf(face);
  const inForce = service.editions.find((other) => other.inForce);
  const [before, name, after] = inForce
    ? t.inForceIs(t.edition(inForce.number), dateIn(face, inForce.issuedOn))
    : ['', '', ''];
  const link = inForce
    ? markup`${before}<a href="${within(face, address.service(service.service))}">${name}</a>${after}`
    : null;
  const stands = standing(edition, service);
  const sentence =
    stands === 'inForce'
      ? null
      : stands === 'old'
        ? t.old(edition.number)
        : t.coming(edition.number, dateIn(face, edition.effectiveOn));
  return sentence === null
    ? null
    : markup`<p class="banner"><strong>${t.standing[stands]}</strong> ${sentence}${link}${inForce ? markup` ${compareLink(service.service, edition.number, inForce.number, face)}` : null}</p>`;
};

const itemSection = (
  citation: string,
  item: Item,
  figureUrl: (sha256: string) => string,
  edition: EditionView,
  lapsed: readonly LapsedCitation[],
  face: Face,
): Html => {
  const t = textsOf(face);
  const facts = lapsed.filter(({ itemKey }) => itemKey === item.itemKey);
  return markup`<section class="item" id="${citation}" aria-labelledby="${citation}-title">
    <h3 id="${citation}-title" lang="ja"><span class="number">${item.number}.</span> <span>${item.title}</span></h3>
    ${facts.length === 0 ? null : markup`<p class="banner"><strong>${t.lapsed}</strong> ${facts.map(({ name, validUntil }, index) => markup`${index === 0 ? '' : t.listed}${around(face, t.lapsedFact(dateIn(face, validUntil)), name)}`)}</p>`}
    <div class="body" lang="ja">${trusted(bodyHtml(item, t.tableOf(citation), figureUrl))}</div>
    ${errataOf(edition, item.itemKey, face)}
  </section>`;
};

/** 正誤 of an item, or (null) of the edition as a whole. */
const errataOf = ({ errata }: Pick<EditionView, 'errata'>, itemKey: string | null, face: Face): readonly Html[] => {
  const t = textsOf(face);
  return errata
    .filter((erratum) => erratum.itemKey === itemKey)
    .map(
      ({ text, reason, officer, at }) =>
        markup`<div class="erratum" role="note" aria-label="${t.erratum}">
          <p><strong>${t.erratum}</strong> <span class="quiet">${around(face, t.erratumBy(dateIn(face, localDateOf(at))), officerName(officer))}</span></p>
          <p lang="ja">${text}</p>
          <p class="quiet">${around(face, t.erratumReason, reason)}${t.erratumNote}</p>
        </div>`,
    );
};

const bodyHtml = (item: Item, tableName: string, figureUrl: (sha256: string) => string): string =>
  fitted(renderHtml(bodyOf(item), { figureUrl }), tableName);

/** A body under headings of the third level, its tables in regions that scroll by keyboard too, and no heading cell without text. */
const fitted = (html: string, tableName: string): string => {
  let tables = 0;
  return html
    .replace(/<(\/?)h3>/g, '<$1h4>')
    .replace(/<th[^>]*><p><\/p><\/th>/g, '<td></td>')
    .replace(/<table>/g, () => {
      tables += 1;
      const name = tables === 1 ? tableName : `${tableName} ${tables}`;
      return `<div class="scroll" role="region" tabindex="0" aria-label="${name}"><table>`;
    })
    .replaceAll('</table>', '</table></div>');
};

const historySection = (edition: EditionView, service: EditionsOfService, face: Face): Html => {
  const t = textsOf(face);
  const errataIn = (number: number) => service.editions.find((each) => each.number === number)?.errata ?? [];
  return markup`<section aria-labelledby="history">
    <h2 id="history">${t.history}</h2>
    <div class="scroll" role="region" tabindex="0" aria-label="${t.historyTable}">
      <table class="history">
        <thead>
          <tr><th scope="col">${t.number}</th><th scope="col">${t.issuedOn}</th><th scope="col">${t.revised}</th></tr>
        </thead>
        <tbody>
          ${historyOf(edition).map(
            (row) =>
              markup`<tr>
                <th scope="row">${t.edition(row.number)}</th>
                <td class="date"><time datetime="${row.issuedOn}">${dateIn(face, row.issuedOn)}</time></td>
                <td lang="ja">${historyLines(row.historyText).map((line) => markup`<p${line.startsWith('・') ? markup` class="point"` : null}>${line}</p>`)}
                ${errataIn(row.number).map(({ itemKey, text, at }) => markup`<p><span lang="${face.language}"><strong>${t.erratum}</strong> ${dateIn(face, localDateOf(at))}</span>　${itemKey ?? ''} ${text}</p>`)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
};

/** The record as it was made, in Japanese. */
const approvalSection = (edition: EditionView, face: Face): Html =>
  markup`<section aria-labelledby="approval">
    <h2 id="approval">${textsOf(face).approval}</h2>
    <div lang="ja">
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
    </div>
  </section>`;

const editionsSection = (edition: EditionView, service: EditionsOfService, face: Face): Html => {
  const t = textsOf(face);
  return markup`<section aria-labelledby="editions">
    <h2 id="editions">${t.editions}</h2>
    <ul class="editions">
      ${service.editions.map((other, index) => {
        const name = `${t.edition(other.number)}${t.inBrackets(t.issued(dateIn(face, other.issuedOn)))}`;
        const previous = service.editions[index + 1];
        return markup`<li>
          ${
            other.number === edition.number
              ? markup`<span aria-current="page">${name}</span>`
              : markup`<a href="${within(face, other.inForce ? address.service(service.service) : address.edition(service.service, other.number))}">${name}</a>`
          }
          <span class="quiet">${t.standing[standing(other, service)]}</span>
          <a href="${address.pdf(service.service, other.number)}">PDF<span class="unseen">${t.inBrackets(t.edition(other.number))}</span></a>
          ${previous === undefined ? null : markup`<a href="${within(face, address.compare(service.service, previous.number, other.number))}">${t.compareWith(previous.number, other.number)}</a>`}
        </li>`;
      })}
    </ul>
  </section>`;
};

const issuerSection = ({ issuer, contentHash, number }: EditionView, face: Face, appearance: Appearance): Html => {
  const t = textsOf(face);
  return markup`<section aria-labelledby="issuer">
    <h2 id="issuer">${t.issuer}</h2>
    <p class="issuer" lang="ja">${issuer.name}</p>
    ${facts([
      [
        t.address,
        markup`<span lang="ja">${[issuer.postalCode && `〒${issuer.postalCode}`, issuer.address].filter(Boolean).join('　')}</span>`,
      ],
      [t.tel, issuer.tel],
      [t.fax, issuer.fax],
      [t.contentHash(number), markup`<code>${contentHash}</code>`],
    ])}
    ${colophonLines(appearance).map((line) => markup`<p class="quiet" lang="ja">${line}</p>`)}
  </section>`;
};

/** `/d/{service}/compare/{older}/{newer}`: what changed, the words marked, one item after the other. */
export const comparePage = (
  stylesheet: Stylesheet,
  service: EditionsOfService,
  [older, newer]: readonly [number, number],
  { items, renumbered }: Pick<ComparisonView, 'items' | 'renumbered'>,
  face: Face = japanese,
): string => {
  const t = textsOf(face);
  const title = t.compareTitle(older, newer);
  const shown = (html: string, name: string): Html =>
    html === ''
      ? markup`<p class="quiet">${t.none}</p>`
      : markup`<div class="body" lang="ja">${trusted(
          fitted(html.replaceAll('"/api/figures/', `"${address.figure(service.service)('')}`), name),
        )}</div>`;
  return page(
    stylesheet,
    `${service.serviceName} ${title}`,
    indexLink(face),
    markup`<main id="main" class="plain wide">
      <p class="service" lang="ja">${service.serviceName}</p>
      <h1>${title}</h1>
      <p><a href="${within(face, address.edition(service.service, older))}">${t.edition(older)}</a>${t.between}<a href="${within(face, address.edition(service.service, newer))}">${t.edition(newer)}</a></p>
      ${items.length === 0 ? markup`<p>${t.same}</p>` : null}
      ${items.map(
        (item) => markup`<section class="difference">
          <h2 lang="ja">${citationOfCompared(item)}　${item.title}</h2>
          ${item.kind === 'changed' ? null : markup`<p class="quiet">${item.kind === 'added' ? t.added : t.removed}</p>`}
          <div class="sides">
            <div><h3>${t.before(older)}</h3>${shown(item.oldHtml, `${t.tableOf(citationOfCompared(item))}${t.between}${t.before(older)}`)}</div>
            <div><h3>${t.after(newer)}</h3>${shown(item.newHtml, `${t.tableOf(citationOfCompared(item))}${t.between}${t.after(newer)}`)}</div>
          </div>
        </section>`,
      )}
      ${
        renumbered.length === 0
          ? null
          : markup`<section><h2>${t.renumbered}</h2><ul>${renumbered.map((each) => markup`<li lang="ja">${each.from} → ${each.to}　${each.title}</li>`)}</ul></section>`
      }
    </main>`,
    { face, at: address.compare(service.service, older, newer) },
  );
};

const citationOfCompared = ({ partNumber, number }: ComparisonView['items'][number]): string =>
  `${partNumber}-${number}`;

/** What a reader keeps, so that nobody can take back or change what the log says by now. */
const sealSection = (head: SealedHead, face: Face): Html => {
  const t = textsOf(face);
  const [check, checkEnd] = t.sealCheck();
  return markup`<section aria-labelledby="seal">
    <h2 id="seal">${t.seal}</h2>
    <p>${t.sealHelp}</p>
    ${facts([
      [t.sealHead, markup`<code>${headText(head)}</code>`],
      [t.sealedAt, markup`<time datetime="${head.sealedAt}">${instantIn(face, head.sealedAt)}</time>`],
      [t.sealedEvents, t.sealed(head.events)],
      [t.sealKey, markup`<code>${head.keyId}</code>`],
    ])}
    <p class="quiet">${check}<code>kaijisho log verify --pinned</code>${checkEnd} <a href="${address.head}">${t.sealJson}</a></p>
  </section>`;
};

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
export const notFoundPage = (stylesheet: Stylesheet, face: Face = japanese): string => {
  const t = textsOf(face);
  return page(
    stylesheet,
    t.notFound,
    indexLink(face),
    markup`<main id="main" class="plain">
      <h1>${t.notFound}</h1>
      <p>${t.notFoundHelp}</p>
      <p><a href="${within(face, address.index)}">${t.toIndexFromNotFound}</a></p>
    </main>`,
    { face },
  );
};

/** The PDF of an edition cannot be made at this time; its page is there. */
export const noPdfPage = (stylesheet: Stylesheet, service: string, number: number, face: Face = japanese): string => {
  const t = textsOf(face);
  return page(
    stylesheet,
    t.noPdf,
    indexLink(face),
    markup`<main id="main" class="plain">
      <h1>${t.noPdf}</h1>
      <p>${t.noPdfHelp(number)}</p>
      <p><a href="${within(face, address.edition(service, number))}">${t.readPage(number)}</a></p>
    </main>`,
    { face },
  );
};
