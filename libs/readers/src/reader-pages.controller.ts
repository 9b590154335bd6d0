import { createHash } from 'node:crypto';
import { comparisonTable, type ComparedText } from '@app/comparison-table';
import type { Body as ItemBody } from '@app/content';
import {
  PublishedEdition,
  PublishedServices,
  ReadTextsToCompare,
  type EditionsOfService,
  type TextsToCompare,
} from '@app/disclosures';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import { printedLine, Public, readRawBody, type RequestWithSession } from '@app/http';
import { readMailAddress } from '@app/identity';
import { countAttempt, networkOf, type AttemptLimit } from '@app/identity/attempts';
import { enqueueMail } from '@app/mail';
import { readFace, type Face } from '@app/publishing/portal/face';
import { notFoundPage } from '@app/publishing/portal/portal-pages';
import { publicHeaders } from '@app/publishing/portal/send-page';
import { stylesheet } from '@app/publishing/portal/stylesheet';
import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { DataSource } from 'typeorm';
import { actorOf, decideReader, readerNow } from './decide-reader';
import { lastAcknowledged } from './domain/reader';
import { askToFollow, confirmContact, contactOf, eraseContact, type ReaderContact } from './reader-contacts';
import { hasExpired, isSigned, linkToken, readLink, type ReaderLink } from './reader-links';
import { alreadyFollowingMail, confirmationMail } from './reader-mails';
import {
  acknowledgePage,
  askedPage,
  confirmPage,
  css,
  cssHash,
  expiredPage,
  followingPage,
  followPage,
  leavePage,
  leftPage,
  tooOftenPage,
  wrongLinkPage,
  type ToAcknowledge,
  type TypedErrors,
} from './reader-pages';
import { receiptPdf } from './receipt-pdf';
import { textsOf } from './texts';

const QUARTER = 15 * 60_000;
const networkLimit: AttemptLimit = { attempts: 20, window: QUARTER };
/** Beyond it nothing is sent, and the page says what it always says. */
const addressLimit: AttemptLimit = { attempts: 3, window: QUARTER };
const FORM_LIMIT = 10_000;

/** A form that is sent to us; else as on the portal. */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/**
 * What hospitals do without an account. The link of a mail is all the proof there is, so its page shows and only its button acts:
 * programs that look into links of mails change nothing. The signed link in the address of the form is what another site cannot know.
 */
@ApiExcludeController()
@Controller()
@Public()
export class ReaderPagesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly dataSource: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('reader/assets/reader.css')
  styles(@Res() response: Response): void {
    // Its address carries its hash.
    response
      .set({
        ...publicHeaders,
        'content-type': 'text/css; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
        etag: `"${cssHash}"`,
      })
      .send(css);
  }

  @Get('d/:service/follow')
  async followForm(@Param('service') name: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const face = readFace(request, response);
    const service = await this.serviceToFollow(name);
    if (service === undefined) send(response, 404, notFoundPage(stylesheet, face));
    else send(response, 200, followPage(face, service));
  }

  @Post('d/:service/follow')
  @HttpCode(200)
  async follow(
    @Param('service') name: string,
    @Req() request: RequestWithSession,
    @Res() response: Response,
  ): Promise<void> {
    const now = this.clock();
    const face = readFace(request, response);
    const service = await this.serviceToFollow(name);
    const disclosureId = service && (await this.disclosureIdOf(service));
    if (service === undefined || disclosureId === undefined) return send(response, 404, notFoundPage(stylesheet, face));
    const wait = await countAttempt(this.dataSource, `follow-from:${networkOf(request.ip ?? '')}`, networkLimit, now);
    if (wait !== null) {
      response.set('retry-after', String(wait));
      return send(response, 429, tooOftenPage(face));
    }
    const sent = new URLSearchParams((await readRawBody(request, FORM_LIMIT)).toString('utf8'));
    const typed = { hospital: sent.get('hospital') ?? '', mail: sent.get('mail') ?? '' };
    const hospital = printedLine.safeParse(typed.hospital);
    const mail = readMailAddress(typed.mail);
    if (!hospital.success || 'fault' in mail) {
      const { badHospital, badMail } = textsOf(face).follow;
      const errors: TypedErrors = {
        ...(hospital.success ? {} : { hospital: badHospital }),
        ...('fault' in mail ? { mail: badMail } : {}),
      };
      return send(response, 422, followPage(face, service, typed, errors));
    }
    // Counted without the address, which would be kept outside of what is erased.
    const counted = createHash('sha256').update(`${disclosureId}:${mail.address.toLowerCase()}`).digest('hex');
    if ((await countAttempt(this.dataSource, `follow:${counted}`, addressLimit, now)) === null)
      await this.writeTo({ service, disclosureId, hospital: hospital.data, address: mail.address }, now, request);
    send(response, 200, askedPage(face, service));
  }

  /** What the link is for, with a button. Nothing is recorded by looking. */
  @Get('reader/:token')
  async look(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const face = readFace(request, response);
    const known = await this.known(token, face, response);
    if (known === null) return;
    const { link, contact } = known;
    switch (link.purpose) {
      case 'c':
        return contact.confirmedAt === null
          ? send(response, 200, confirmPage(face, known))
          : send(response, 200, this.following(face, known));
      case 'u':
        return send(response, 200, leavePage(face, known));
      case 'a': {
        const shown = await this.toAcknowledge(token, known);
        if (shown === null) send(response, 404, wrongLinkPage(face));
        else send(response, 200, acknowledgePage(face, shown));
      }
    }
  }

  /** The button of that page; for leaving also the button of a mail program (RFC 8058), which is answered without a redirect. */
  @Post('reader/:token')
  @HttpCode(200)
  async act(
    @Param('token') token: string,
    @Req() request: RequestWithSession,
    @Res() response: Response,
  ): Promise<void> {
    const face = readFace(request, response);
    const known = await this.known(token, face, response);
    if (known === null) return;
    const { link, contact } = known;
    const cause = request.header('x-request-id') ?? token;
    const now = this.clock();
    const command = { by: actorOf(contact), at: now.toISOString() };
    switch (link.purpose) {
      case 'c': {
        const { readerId, disclosureId, hospital } = contact;
        const asked = { ...command, type: 'Follow', readerId, disclosureId, hospital } as const;
        const handled = await decideReader(this.store, readerId, asked, cause);
        if (handled.outcome === 'rejected') return send(response, 404, wrongLinkPage(face));
        await confirmContact(this.dataSource, readerId, now, known.service.editions[0]?.number ?? 0);
        return send(response, 200, this.following(face, known));
      }
      case 'u': {
        await decideReader(this.store, contact.readerId, { ...command, type: 'Unfollow' }, cause);
        await this.dataSource.transaction((tx) => eraseContact(tx, contact.readerId));
        return send(response, 200, leftPage(face));
      }
      case 'a': {
        const shown = await this.toAcknowledge(token, known);
        if (shown === null) return send(response, 404, wrongLinkPage(face));
        const { number, contentHash } = shown.edition;
        const asked = { ...command, type: 'AcknowledgeEdition', number, contentHash } as const;
        const handled = await decideReader(this.store, contact.readerId, asked, cause);
        const after = (await this.toAcknowledge(token, known)) ?? shown;
        return send(response, handled.outcome === 'accepted' ? 200 : 409, acknowledgePage(face, after));
      }
    }
  }

  @Get('reader/:token/receipt.pdf')
  async receipt(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const face = readFace(request, response);
    const known = await this.known(token, face, response);
    if (known === null) return;
    const shown = known.link.purpose === 'a' ? await this.toAcknowledge(token, known) : null;
    if (!shown?.record) return send(response, 404, wrongLinkPage(face));
    const { edition, hospital, record } = shown;
    const pdf = await receiptPdf({ edition, hospital, record });
    response
      .set({
        ...publicHeaders,
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="receipt-${edition.number}.pdf"`,
        'cache-control': 'private, no-store',
      })
      .send(Buffer.from(pdf));
  }

  /** Who and what a link is about; null when the answer has been given, because it is none, another's, or over. */
  private async known(token: string, face: Face, response: Response): Promise<Known | null> {
    const link = readLink(token);
    const contact = link && (await contactOf(this.dataSource, link.readerId));
    if (link && contact === null && (await readerNow(this.store, link.readerId)).status === 'Unfollowed') {
      send(response, link.purpose === 'u' ? 200 : 410, leftPage(face));
      return null;
    }
    const service = contact && isSigned(link!, contact) ? await this.service(contact.service) : undefined;
    if (!link || !contact || !service) {
      send(response, 404, wrongLinkPage(face));
      return null;
    }
    if (hasExpired(link, this.clock())) {
      send(response, 410, expiredPage(face, service.service));
      return null;
    }
    return { token, link, contact, service };
  }

  private following(face: Face, known: Known): string {
    const { contact, service } = known;
    const newest = service.editions[0];
    const token = newest && linkToken(contact, 'a', this.clock(), newest.number);
    return followingPage(face, known, newest && token ? { number: newest.number, token } : null);
  }

  private async toAcknowledge(token: string, { link, contact, service }: Known): Promise<ToAcknowledge | null> {
    const { disclosureId, hospital } = contact;
    const edition = await this.queries.execute(new PublishedEdition({ disclosureId }, link.edition));
    const reader = await readerNow(this.store, contact.readerId);
    if (edition === null || reader.status !== 'Following') return null;
    const record = reader.acknowledged.find(({ number }) => number === edition.number) ?? null;
    const last = lastAcknowledged(reader);
    const isNext = record === null && last !== null && last.number < edition.number;
    const texts = isNext
      ? await this.queries.execute(new ReadTextsToCompare(disclosureId, last.number, edition.number, { id: '' }))
      : null;
    const subject = `${edition.serviceName}　${edition.title}`;
    const table = texts && comparisonTable(subject, comparedText(texts.older), comparedText(texts.newer), 'changed');
    return { token, hospital, edition, service, record, last: record === null ? last : null, table };
  }

  private async writeTo(
    asked: { readonly service: EditionsOfService } & Pick<ReaderContact, 'disclosureId' | 'hospital' | 'address'>,
    at: Date,
    { publicUrl = '' }: RequestWithSession,
  ): Promise<void> {
    const { service, ...rest } = asked;
    await this.dataSource.transaction(async (tx) => {
      const contact = await askToFollow(tx, { ...rest, service: service.service, invited: false }, at);
      const about = { contact, serviceName: service.serviceName, publicUrl, at };
      const edition = service.editions[0]?.number ?? 0;
      const mail =
        contact.confirmedAt === null
          ? confirmationMail({ ...about, issuer: null })
          : alreadyFollowingMail({ ...about, edition });
      await enqueueMail(tx, mail, at);
    });
  }

  /** One that has ended gets no new editions to be told of. */
  private async serviceToFollow(name: string): Promise<EditionsOfService | undefined> {
    const service = await this.service(name);
    return service?.retired === null ? service : undefined;
  }

  private async service(name: string): Promise<EditionsOfService | undefined> {
    const services = await this.queries.execute(new PublishedServices(name));
    return services.find(({ service }) => service === name);
  }

  private async disclosureIdOf({ service, editions }: EditionsOfService): Promise<string | undefined> {
    const [newest] = editions;
    const edition = newest && (await this.queries.execute(new PublishedEdition({ service }, newest.number)));
    return edition?.disclosureId;
  }
}

type Known = {
  readonly token: string;
  readonly link: ReaderLink;
  readonly contact: ReaderContact;
  readonly service: EditionsOfService;
};

/** Bodies travel as unknown JSON in the contract; they were checked when they were written. */
const comparedText = ({ label, parts }: TextsToCompare['older']): ComparedText => ({
  label,
  parts: parts.map((part) => ({
    ...part,
    items: part.items.map((item) => ({ ...item, body: item.body as ItemBody })),
  })),
});

const send = (response: Response, status: number, page: string): void => {
  response
    .status(status)
    .set({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      // With no-referrer a browser would send the form from nowhere, and be refused. The address has a secret: it leaves for nobody else.
      'referrer-policy': 'same-origin',
      'x-robots-tag': 'noindex',
      'cache-control': 'no-store',
    })
    .send(page);
};
