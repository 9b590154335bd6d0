import type { EditionView } from '@app/disclosures';
import { headText, type SealedHead } from '@app/sealing';
import { within, type Face } from '../portal/face';
import { address, facts, indexLink, page, type Stylesheet } from '../portal/portal-pages';
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
            <p>
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
        <p>${t.offlineHelp} ${verifier === null ? t.program : markup`${before}<a href="${verifier}">${link}</a>${after}`}</p>
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

/** What a verification found; `report` is in the language of the page. */
export const reportPage = (
  stylesheet: Stylesheet,
  face: Face,
  report: Report,
  level: Level,
  sha256: string,
): string => {
  const t = textsOf(face);
  return page(
    stylesheet,
    t.resultIs(report.heading),
    indexLink(face),
    markup`<main id="main" class="plain">
      <h1>${t.result}</h1>
      <p class="verdict ${level}"><strong>${report.heading}</strong></p>
      ${list('findings', t.findings, report.findings)}
      ${facts([...report.facts.map(([label, value]) => [label, value] as const), [t.sha256, markup`<code>${sha256}</code>`]])}
      ${list('proves', t.proves, report.proves)}
      ${list('doesNotProve', t.doesNotProve, report.doesNotProve)}
      <p><a href="${within(face, FORM)}">${t.another}</a></p>
    </main>`,
    { face },
  );
};

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
