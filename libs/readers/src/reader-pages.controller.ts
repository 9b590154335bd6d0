import { tableOfTexts } from '@app/comparison-table';
import { PublishedEdition, PublishedServices, ReadTextsToCompare, type EditionsOfService } from '@app/disclosures';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import { printedLine, Public, readRawBody, type RequestWithSession } from '@app/http';
import { readMailAddress } from '@app/identity';
import { countAttempt, networkOf, type AttemptLimit } from '@app/identity/attempts';
import { enqueueMail } from '@app/mail';
import { readFace, type Face } from '@app/publishing/portal/face';
import { notFoundPage } from '@app/publishing/portal/portal-pages';
import { formPolicy, publicHeaders, sendPage } from '@app/publishing/portal/send-page';
import { stylesheet } from '@app/publishing/portal/stylesheet';
import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { DataSource } from 'typeorm';
import { actorOf, decideReader, readerNow } from './decide-reader';
import { lastAcknowledged } from './domain/reader';
import { formerOf, type FormerReader } from './former-readers';
import {
  askToFollow,
  confirmContact,
  contactOf,
  contactsFor,
  eraseContact,
  type ReaderContact,
} from './reader-contacts';
import { hasExpired, isSigned, linkToken, readLink, type ReaderLink } from './reader-links';
import { alreadyFollowingMail, confirmationMail } from './reader-mails';
import {
  acknowledgePage,
  askedPage,
  confirmPage,
  css,
  cssHash,
  endedPage,
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
import { forgetRefusal, hasRefused, mayBeAsked, recipientHash, refuse } from './refusals';
import { textsOf } from './texts';

const QUARTER = 15 * 60_000;
const networkLimit: AttemptLimit = { attempts: 20, window: QUARTER };
/** Beyond it nothing is sent, and the page says what it always says. */
const addressLimit: AttemptLimit = { attempts: 3, window: QUARTER };
const FORM_LIMIT = 10_000;

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
    const recipient = recipientHash({ disclosureId, address: mail.address });
    const tooOften = await countAttempt(this.dataSource, `follow:${recipient}`, addressLimit, now);
    if (tooOften === null)
      await this.writeTo({ service, disclosureId, hospital: hospital.data, address: mail.address }, now, request);
    send(response, 200, askedPage(face, service));
  }

  /** What the link is for, with a button. Nothing is recorded by looking. */
  @Get('reader/:token')
  async look(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const face = readFace(request, response);
    const known = await this.known(token, face, response);
    if (known === null) return;
    const { link, contact, former } = known;
    switch (link.purpose) {
      case 'c':
        if (contact === null) return send(response, 410, endedPage(face, known.service));
        return contact.confirmedAt === null
          ? send(response, 200, confirmPage(face, { ...known, contact }))
          : send(response, 200, this.following(face, { ...known, contact }));
      case 'u': {
        const isDone = contact === null && (await hasRefused(this.dataSource, former.recipientHash));
        return send(response, 200, isDone ? leftPage(face) : leavePage(face, known));
      }
      case 'a': {
        const shown = await this.toAcknowledge(token, known);
        if (shown === null) this.sendNothingToAcknowledge(known, face, response);
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
    const { link, contact, former } = known;
    const cause = request.header('x-request-id') ?? token;
    const now = this.clock();
    const at = now.toISOString();
    switch (link.purpose) {
      case 'c': {
        if (contact === null) return send(response, 410, endedPage(face, known.service));
        const { readerId, disclosureId, hospital } = contact;
        const asked = { type: 'Follow', by: actorOf(contact), at, readerId, disclosureId, hospital } as const;
        const handled = await decideReader(this.store, readerId, asked, cause);
        if (handled.outcome === 'rejected') return send(response, 404, wrongLinkPage(face));
        const { editions } = known.service;
        const errata = editions.flatMap((edition) => edition.errata.map((erratum) => erratum.at)).sort();
        await confirmContact(this.dataSource, readerId, now, editions[0]?.number ?? 0, errata.at(-1) ?? null);
        await forgetRefusal(this.dataSource, former.recipientHash);
        return send(response, 200, this.following(face, { ...known, contact }));
      }
      case 'u': {
        await this.leave(former, now, cause);
        return send(response, 200, leftPage(face));
      }
      case 'a': {
        const shown = await this.toAcknowledge(token, known);
        if (shown === null) return this.sendNothingToAcknowledge(known, face, response);
        if (contact === null) return send(response, 200, acknowledgePage(face, shown));
        const { number, contentHash } = shown.edition;
        const asked = { by: actorOf(contact), at, type: 'AcknowledgeEdition', number, contentHash } as const;
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
    const former = contact
      ? { ...contact, recipientHash: recipientHash(contact) }
      : link && (await this.formerNow(link.readerId));
    const service = former && isSigned(link!, former) ? await this.service(former.service) : undefined;
    if (!link || !former || !service) {
      send(response, 404, wrongLinkPage(face));
      return null;
    }
    if (hasExpired(link, this.clock())) {
      send(response, 410, expiredPage(face, service));
      return null;
    }
    return { token, link, contact, former, service };
  }

  private async formerNow(readerId: string): Promise<Known['former'] | null> {
    const former = await formerOf(this.dataSource, readerId);
    const reader = former && (await readerNow(this.store, readerId));
    return reader && { ...former, hospital: reader.status === 'Unknown' ? '' : reader.hospital };
  }

  /** Of the address, whichever link it was: one of before is as good, and then whoever has come back under it leaves again. */
  private async leave(
    { disclosureId, recipientHash: recipient }: FormerReader,
    now: Date,
    cause: string,
  ): Promise<void> {
    await refuse(this.dataSource, recipient, now);
    for (const contact of await contactsFor(this.dataSource, disclosureId)) {
      if (recipientHash(contact) !== recipient) continue;
      const command = { type: 'Unfollow', by: actorOf(contact), at: now.toISOString() } as const;
      await decideReader(this.store, contact.readerId, command, cause);
      await this.dataSource.transaction((tx) => eraseContact(tx, contact.readerId, now));
    }
  }

  private sendNothingToAcknowledge({ contact, service }: Known, face: Face, response: Response): void {
    if (contact === null) send(response, 410, endedPage(face, service));
    else send(response, 404, wrongLinkPage(face));
  }

  private following(face: Face, known: Known & { readonly contact: ReaderContact }): string {
    const { contact, service } = known;
    const newest = service.editions[0];
    const token = newest && linkToken(contact, 'a', this.clock(), newest.number);
    return followingPage(face, known, newest && token ? { number: newest.number, token } : null);
  }

  /** null: there is nothing to show. Of who has left, what it acknowledged is. */
  private async toAcknowledge(token: string, { link, former, service }: Known): Promise<ToAcknowledge | null> {
    const { disclosureId, hospital } = former;
    const edition = await this.queries.execute(new PublishedEdition({ disclosureId }, link.edition));
    const reader = await readerNow(this.store, former.readerId);
    if (edition === null || !('acknowledged' in reader)) return null;
    const record = reader.acknowledged.find(({ number }) => number === edition.number) ?? null;
    if (reader.status === 'Unfollowed' && record === null) return null;
    const last = lastAcknowledged(reader);
    const isNext = record === null && last !== null && last.number < edition.number;
    const texts = isNext
      ? await this.queries.execute(new ReadTextsToCompare(disclosureId, last.number, edition.number, { id: '' }))
      : null;
    const table = texts && tableOfTexts(texts, 'changed');
    return { token, hospital, edition, service, record, last: record === null ? last : null, table };
  }

  private async writeTo(
    asked: { readonly service: EditionsOfService } & Pick<ReaderContact, 'disclosureId' | 'hospital' | 'address'>,
    at: Date,
    { publicUrl = '' }: RequestWithSession,
  ): Promise<void> {
    const { service, ...rest } = asked;
    await this.dataSource.transaction(async (tx) => {
      if (!(await mayBeAsked(tx, recipientHash(asked), at))) return;
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
  /** null: its address was erased. */
  readonly contact: ReaderContact | null;
  /** What would remain of it then, or remains. The name is empty where nothing was recorded under it. */
  readonly former: FormerReader & Pick<ReaderContact, 'hospital'>;
  readonly service: EditionsOfService;
};

/** Under a form's policy. Nobody keeps or finds what a signed link shows. */
const send = (response: Response, status: number, body: string): void => {
  response.set('x-robots-tag', 'noindex');
  sendPage(response, status, body, formPolicy, 'no-store');
};
