import type { EditionsOfService, EditionView } from '@app/disclosures';
import { headText, type SealedHead } from '@app/sealing';
import type { GivenOut } from '../edition-pdfs';
import { within, type Face } from '../portal/face';
import { address, facts, indexLink, page, standingToday, type Stylesheet } from '../portal/portal-pages';
import { markup, type Html } from '../portal/html';
import type { Report } from './report';
import { textsOf } from './texts';
import type { Level } from './verify-file';

const FORM = '/verify';

const formIn = (face: Face): Html => {
  const t = textsOf(face);
  return markup`<form method="post" action="${within(face, FORM)}" enctype="multipart/form-data" class="upload">
    <p>
      <label for="pdf">${t.pdf}</label>
      <input id="pdf" name="pdf" type="file" accept="application/pdf,.pdf" required />
    </p>
    <p>
      <label for="proof">${t.proof}</label>
      <input id="proof" name="proof" type="file" accept="application/json,.json" />
    </p>
    <p><button type="submit">${t.button}</button></p>
    <p class="quiet">${t.kept}</p>
  </form>`;
};

/** `/verify`, and of one edition with what to compare a printed copy with. */
export const verifyPage = (
  stylesheet: Stylesheet,
  face: Face,
  edition: EditionView | null,
  head: SealedHead | null,
  /** Where the program is that verifies without us; null where only the issuer can tell. */
  verifier: string | null,
): string => {
  const t = textsOf(face);
  const [before, link, after] = t.programAt;
  return page(
    stylesheet,
    t.title,
    indexLink(face),
    markup`<main id="main" class="plain">
      <h1>${t.title}</h1>
      <p>${t.what}</p>
      ${
        edition === null
          ? null
          : markup`<section aria-labelledby="paper">
            <h2 id="paper">${t.paper}</h2>
            <p>${t.paperHelp}</p>
            ${facts([
              [t.document, markup`<span lang="ja">${edition.serviceName} ${edition.title}</span>`],
              [t.number, t.edition(edition.number)],
              [t.contentHash, markup`<code>${edition.contentHash}</code>`],
            ])}
            <p class="download">
              <a href="${within(face, address.edition(edition.service, edition.number))}">${t.text(edition.number)}</a>
              <a href="${address.pdf(edition.service, edition.number)}">PDF</a>
              <a href="${address.proof(edition.service, edition.number)}">${t.proofOf}</a>
            </p>
          </section>`
      }
      <section aria-labelledby="upload">
        <h2 id="upload">${t.upload}</h2>
        ${formIn(face)}
      </section>
      <section aria-labelledby="offline">
        <h2 id="offline">${t.offline}</h2>
        <p>${t.offlineHelp}${verifier === null ? t.program : markup`${before}<a href="${verifier}">${link}</a>${after}`}</p>
        <p><code>${t.command}</code></p>
        ${
          head === null
            ? null
            : facts([
                [t.key, markup`<code>${head.keyId}</code>`],
                [t.head, markup`<code>${headText(head)}</code>`],
              ])
        }
        ${head === null ? null : markup`<p class="quiet">${t.otherWays}<a href="${address.keys}">${t.keys}</a></p>`}
      </section>
    </main>`,
    { face, at: edition === null ? FORM : address.verify(edition.service, edition.number) },
  );
};

const list = (id: string, heading: string, sentences: readonly string[]): Html | null =>
  sentences.length === 0
    ? null
    : markup`<section aria-labelledby="${id}">
        <h2 id="${id}">${heading}</h2>
        <ul>${sentences.map((sentence) => markup`<li>${sentence}</li>`)}</ul>
      </section>`;

const asCode = (value: string): string | Html =>
  /^(\d+:)?[0-9a-f]{64}$/.test(value) ? markup`<code>${value}</code>` : value;

/** An edition that was published here, among those of its service today. */
export type Published = { readonly edition: EditionView; readonly service: EditionsOfService };

/**
 * What a verification found; `report` is in the language of the page. `published`: the edition that the file says it is, which tells
 * what no file can: how it stands today. null where no such edition was published here.
 */
export const reportPage = (
  stylesheet: Stylesheet,
  face: Face,
  report: Report,
  {
    level,
    givenOut,
    sha256,
    published,
  }: {
    readonly level: Level;
    readonly givenOut: GivenOut;
    readonly sha256: string;
    readonly published: Published | null;
  },
): string => {
  const t = textsOf(face);
  const isRefused = level === 'refused';
  const asksForCare = isRefused || level === 'document' || givenOut === 'other';
  const said = facts([
    ...report.facts.map(([label, value]) => [label, asCode(value)] as const),
    [t.sha256, markup`<code>${sha256}</code>`],
  ]);
  return page(
    stylesheet,
    t.resultIs(report.heading),
    indexLink(face),
    markup`<main id="main" class="plain">
      <h1>${t.result}</h1>
      <p class="verdict${asksForCare ? ' caution' : ''}"><strong>${report.heading}</strong></p>
      ${isRefused ? markup`<p>${t.afterRefusal}</p>` : null}
      ${published === null ? null : publishedHere(published, isRefused, face)}
      ${list('findings', t.findings, report.findings)}
      ${isRefused ? markup`<section aria-labelledby="claims"><h2 id="claims">${t.claims}</h2>${said}</section>` : said}
      ${list('proves', t.proves, report.proves)}
      ${list('doesNotProve', t.doesNotProve, report.doesNotProve)}
      <p><a href="${within(face, FORM)}">${t.another}</a></p>
    </main>`,
    { face },
  );
};

/** How it stands today is said of a file that is that edition; with any other there is only where to find it. */
const publishedHere = ({ edition, service }: Published, isRefused: boolean, face: Face): Html =>
  markup`${isRefused ? null : standingToday(edition, service, face)}
    <p><a href="${within(face, address.edition(edition.service, edition.number))}">${textsOf(face).pageOf(edition.number)}</a></p>`;

/** A file that could not be verified at all. */
export const refusedUploadPage = (stylesheet: Stylesheet, face: Face, sentence: string): string => {
  const t = textsOf(face);
  return page(
    stylesheet,
    t.refused,
    indexLink(face),
    markup`<main id="main" class="plain">
      <h1>${t.refused}</h1>
      <p>${sentence}</p>
      ${formIn(face)}
    </main>`,
    { face },
  );
};
