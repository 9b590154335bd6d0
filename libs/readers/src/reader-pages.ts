import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComparisonTable } from '@app/comparison-table';
import type { EditionsOfService, EditionView } from '@app/disclosures';
import { dateIn, instantIn, within, type Face } from '@app/publishing/portal/face';
import { address, facts, indexLink, page } from '@app/publishing/portal/portal-pages';
import { markup, type Html } from '@app/publishing/portal/html';
import { css as portalCss } from '@app/publishing/portal/stylesheet';
import { projectRoot } from '@app/publishing/project-root';
import { comparisonHtml } from './comparison-html';
import type { Acknowledged } from './domain/reader';
import type { ReaderContact } from './reader-contacts';
import { textsOf } from './texts';

/** The pages of readers: as the other public ones, with forms, and without scripts. */

/** That of the portal, and what only these pages need. */
export const css = portalCss + readFileSync(join(projectRoot, 'libs/readers/public/reader.css'), 'utf8');
export const cssHash = createHash('sha256').update(css).digest('hex').slice(0, 16);
const stylesheet = { url: `/reader/assets/reader.css?v=${cssHash}` };

export const readerAddress = (token: string): string => `/reader/${token}`;
const receiptAddress = (token: string): string => `${readerAddress(token)}/receipt.pdf`;

/** @param at its own address, for the link to the other language; pages that answer a form have none */
const plain = (face: Face, title: string, main: Html, at?: string): string =>
  page(stylesheet, title, indexLink(face), markup`<main id="main" class="plain"><h1>${title}</h1>${main}</main>`, {
    face,
    ...(at === undefined ? {} : { at }),
  });

const button = (label: string): Html =>
  markup`<form method="post" class="ask"><p><button type="submit">${label}</button></p></form>`;

const toService = (face: Face, { service, serviceName }: Pick<EditionsOfService, 'service' | 'serviceName'>): Html =>
  markup`<p><a href="${within(face, address.service(service))}">${textsOf(face).toService(serviceName)}</a></p>`;

export type Typed = { readonly hospital: string; readonly mail: string };
export type TypedErrors = { readonly [field in keyof Typed]?: string };

/** `/d/{service}/follow` */
export const followPage = (
  face: Face,
  service: EditionsOfService,
  typed: Typed = { hospital: '', mail: '' },
  errors: TypedErrors = {},
): string => {
  const t = textsOf(face);
  const field = (name: keyof Typed, type: string, autocomplete: string): Html => {
    const error = errors[name];
    return markup`<label for="${name}">${t[name]}</label>
      ${error === undefined ? null : markup`<p class="error" id="${name}-error">${error}</p>`}
      <input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" maxlength="254" required value="${typed[name]}"${error === undefined ? null : markup` aria-invalid="true" aria-describedby="${name}-error"`} />`;
  };
  return plain(
    face,
    t.follow.title,
    markup`<p>${t.follow.what(service.serviceName)}</p>
      <form method="post" class="ask">
        ${field('hospital', 'text', 'organization')}
        ${field('mail', 'email', 'email')}
        <p><button type="submit">${t.follow.button}</button></p>
      </form>
      <p class="quiet">${t.follow.privacy}</p>
      ${toService(face, service)}`,
    address.follow(service.service),
  );
};

/** The same whoever asked, and whether the address is known or not. */
export const askedPage = (face: Face, service: EditionsOfService): string => {
  const { asked } = textsOf(face);
  return plain(
    face,
    asked.title,
    markup`<p>${asked.what}</p>
      <p class="quiet">${asked.help}</p>
      ${toService(face, service)}`,
  );
};

export const tooOftenPage = (face: Face): string => {
  const { tooOften } = textsOf(face);
  return plain(face, tooOften.title, markup`<p>${tooOften.what}</p>`);
};

type Named = Pick<ReaderContact, 'hospital' | 'address'>;
/** The last part of the address of the page, and about whom it is. */
type OfLink = { readonly token: string; readonly contact: Named; readonly service: EditionsOfService };

export const confirmPage = (face: Face, { token, contact, service }: OfLink): string => {
  const t = textsOf(face);
  return plain(
    face,
    t.confirm.title,
    markup`<p>${t.confirm.what(service.serviceName)}</p>
      ${facts([
        [t.hospital, contact.hospital],
        [t.mail, contact.address],
      ])}
      ${button(t.confirm.button)}`,
    readerAddress(token),
  );
};

export const followingPage = (
  face: Face,
  { token, contact, service }: OfLink,
  acknowledge: { readonly number: number; readonly token: string } | null,
): string => {
  const t = textsOf(face);
  return plain(
    face,
    t.following.title,
    markup`<p>${t.following.what(service.serviceName, contact.hospital)}</p>
      ${
        acknowledge === null
          ? null
          : markup`<p>${t.following.acknowledge}</p>
            <p><a href="${within(face, readerAddress(acknowledge.token))}">${t.following.link(t.edition(acknowledge.number))}</a></p>`
      }
      ${toService(face, service)}`,
    readerAddress(token),
  );
};

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
export const acknowledgePage = (face: Face, shown: ToAcknowledge): string => {
  const { token, hospital, edition, service, record, last, table } = shown;
  const { edition: nameOf, acknowledge: t } = textsOf(face);
  const name = nameOf(edition.number);
  const newest = service.editions[0];
  const subject = facts([
    [t.who, hospital],
    [t.document, markup`<span lang="ja">${edition.serviceName} ${edition.title}</span>`],
    [t.number, name],
    [t.issuedOn, dateIn(face, edition.issuedOn)],
    [t.effectiveOn, dateIn(face, edition.effectiveOn)],
    ...(record === null
      ? []
      : ([
          [t.at, instantIn(face, record.at)],
          [t.since, record.since === null ? t.none : nameOf(record.since)],
        ] as const)),
    [t.contentHash, markup`<code>${edition.contentHash}</code>`],
  ]);
  const links = markup`<p class="download"><a href="${within(face, address.edition(edition.service, edition.number))}">${t.whole(name)}</a> <a href="${address.pdf(edition.service, edition.number)}">PDF</a></p>`;
  const newer =
    newest === undefined || newest.number <= edition.number
      ? null
      : markup`<p class="banner">${t.newer(nameOf(newest.number))}<a href="${within(face, address.edition(service.service, newest.number))}">${t.readNewer(nameOf(newest.number))}</a></p>`;
  if (record !== null)
    return plain(
      face,
      t.recorded,
      markup`${newer}${subject}
        <p class="download"><a href="${receiptAddress(token)}">${t.receipt}</a></p>
        ${toService(face, service)}`,
      readerAddress(token),
    );
  if (last !== null && last.number > edition.number)
    return plain(
      face,
      t.title(name),
      markup`<p>${t.overtaken(nameOf(last.number), name)}</p>${subject}${links}`,
      readerAddress(token),
    );
  return plain(
    face,
    t.title(name),
    markup`${newer}${subject}${links}
      ${
        table === null
          ? markup`<p>${t.first}</p>`
          : markup`<section aria-labelledby="changes">
              <h2 id="changes">${t.changes(nameOf(last?.number ?? 0))}</h2>
              ${
                table.rows.some(({ kind }) => kind !== 'omitted' && kind !== 'part')
                  ? comparisonHtml(table, edition.service, {
                      ...{ name: t.table, legend: t.legend },
                      ...{ after: t.after(edition.number), before: t.before(last?.number ?? 0) },
                    })
                  : markup`<p>${t.unchanged}</p>`
              }
            </section>`
      }
      <section aria-labelledby="record">
        <h2 id="record">${t.record}</h2>
        <p>${t.what(hospital, name, table !== null)}</p>
        ${button(t.button)}
      </section>`,
    readerAddress(token),
  );
};

/** To stop what a hospital follows, or to turn down what it was invited to. */
export const leavePage = (
  face: Face,
  {
    token,
    contact,
    service: { serviceName },
  }: Omit<OfLink, 'contact'> & {
    /** null: its address was erased. */
    readonly contact: (Named & Pick<ReaderContact, 'confirmedAt'>) | null;
  },
): string => {
  const { leave, decline } = textsOf(face);
  const [t, what] =
    contact === null
      ? [decline, decline.whatOfErased(serviceName)]
      : contact.confirmedAt === null
        ? [decline, decline.what(contact.address, serviceName)]
        : [leave, leave.what(contact.hospital, contact.address, serviceName)];
  return plain(face, t.title, markup`<p>${what}</p>${button(t.button)}`, readerAddress(token));
};

const indexAsWayOn = (face: Face): Html =>
  markup`<p><a href="${within(face, address.index)}">${textsOf(face).toIndex}</a></p>`;

export const leftPage = (face: Face): string => {
  const { left } = textsOf(face);
  return plain(face, left.title, markup`<p>${left.what}</p>${indexAsWayOn(face)}`);
};

/** The link was good once. A service that has ended mails nobody a new one. */
export const expiredPage = (
  face: Face,
  service: Pick<EditionsOfService, 'service' | 'serviceName' | 'retired'>,
): string => {
  const { expired } = textsOf(face);
  return plain(
    face,
    expired.title,
    service.retired === null
      ? markup`<p>${expired.what}</p>
          <p><a href="${within(face, address.follow(service.service))}">${expired.link}</a></p>`
      : markup`<p>${expired.whatOfEnded}</p>${toService(face, service)}`,
  );
};

/** Of who is not registered any more, whoever ended it. */
export const endedPage = (face: Face, service: Pick<EditionsOfService, 'service' | 'serviceName'>): string => {
  const { ended } = textsOf(face);
  return plain(face, ended.title, markup`<p>${ended.what}</p>${toService(face, service)}`);
};

/** Forged, of somebody else, or mutilated: the page does not say which. */
export const wrongLinkPage = (face: Face): string => {
  const { wrongLink } = textsOf(face);
  return plain(face, wrongLink.title, markup`<p>${wrongLink.what}</p>${indexAsWayOn(face)}`);
};
