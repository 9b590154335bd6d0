import { createPublicKey } from 'node:crypto';
import { BLOB_STORE, FIGURE_POLICY, isPictureType, type BlobStore } from '@app/blob-store';
import { localDateOf } from '@app/calendar';
import { lapsedCitations } from '@app/certificates';
import {
  comparisonOf,
  PublishedEdition,
  PublishedServices,
  type EditionsOfService,
  type EditionView,
} from '@app/disclosures';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import { problemOf, Public, type RequestWithSession } from '@app/http';
import { proofText } from '@app/proof';
import { recordedKeys, sealedHead } from '@app/sealing';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { DataSource } from 'typeorm';
import { Appearances } from '../appearance/appearances';
import { bodyOf } from '../edition-document';
import { editionJson } from '../edition-json';
import { editionNumber } from '../edition-number';
import { EditionPdfs } from '../edition-pdfs';
import { EditionProofs } from '../edition-proofs';
import { sendPdf } from '../pdf-answer';
import { NotSealedYet } from '../pdf/errors';
import { citedFigures, type Layout } from '../pdf/print-document';
import { readFace, within, type Face } from './face';
import { atomFeed } from './feed';
import { address, comparePage, editionPage, headJson, indexPage, noPdfPage, notFoundPage } from './portal-pages';
import { KeptAnswers } from './kept-answers';
import { pageAnswer, publicHeaders, send, sendPage, sendText, textAnswer, type Answer } from './send-page';
import { css, cssHash, stylesheet } from './stylesheet';

/** The public portal. Published editions are all it can see; what is unknown and what is not public look the same. */
@ApiExcludeController()
@Controller('d')
export class PortalController {
  private readonly proofs: EditionProofs;
  private readonly appearances: Appearances;
  private readonly kept: KeptAnswers;

  constructor(
    private readonly queries: QueryBus,
    private readonly pdfs: EditionPdfs,
    private readonly dataSource: DataSource,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    this.proofs = new EditionProofs(dataSource, store);
    this.appearances = new Appearances(store);
    this.kept = new KeptAnswers(dataSource, now);
  }

  @Get()
  @Public()
  async index(@Req() request: Request, @Res() response: Response): Promise<void> {
    const face = readFace(request, response);
    await this.sendKept(response, face, 'index', async () => {
      const services = await this.queries.execute(new PublishedServices());
      return pageAnswer(indexPage(stylesheet, services, face));
    });
  }

  @Get('assets/portal.css')
  @Public()
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

  @Get('log/head.json')
  @Public()
  async head(@Req() request: Request, @Res() response: Response): Promise<void> {
    const head = await sealedHead(this.dataSource);
    if (head === null) sendPage(response, 404, notFoundPage(stylesheet, readFace(request, response)));
    else sendText(response, 'application/json', JSON.stringify(headJson(head)));
  }

  /** The public keys that seals were signed with, oldest first: what `kaijisho verify --key` takes. */
  @Get('log/keys.pem')
  @Public()
  async keys(@Res() response: Response): Promise<void> {
    const keys = [...(await recordedKeys(this.dataSource))].sort(([, a], [, b]) =>
      a.validFrom.localeCompare(b.validFrom),
    );
    const pems = keys.map(([id, { publicKey, validFrom }]) => {
      const pem = createPublicKey({ key: publicKey, format: 'der', type: 'spki' }).export({
        type: 'spki',
        format: 'pem',
      });
      return `# SHA-256 ${id}\n# ${validFrom}\n${pem.toString()}`;
    });
    sendText(response, 'application/x-pem-file', pems.join(''));
  }

  /** The edition in force; before the first comes into force, that one. */
  @Get(':service')
  @Public()
  async inForce(@Param('service') name: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.sendEdition(request, response, name, 'inForce');
  }

  /** What was published and corrected, the newest first. */
  @Get(':service/feed.xml')
  @Public()
  async feed(
    @Param('service') name: string,
    @Req() request: RequestWithSession,
    @Res() response: Response,
  ): Promise<void> {
    await this.sendKept(response, readFace(request, response), `feed ${name}`, async () => {
      const service = await this.service(name);
      return service === undefined
        ? null
        : textAnswer('application/atom+xml', atomFeed(service, request.publicUrl ?? ''));
    });
  }

  /** What changed between two published editions, from the older one to the newer. */
  @Get(':service/compare/:older/:newer')
  @Public()
  async compare(
    @Param('service') name: string,
    @Param('older') older: string,
    @Param('newer') newer: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const face = readFace(request, response);
    const [olderNumber, newerNumber] = [editionNumber(older), editionNumber(newer)];
    if (olderNumber !== null && newerNumber !== null && olderNumber > newerNumber)
      return response.redirect(within(face, address.compare(name, newerNumber, olderNumber)));
    await this.sendKept(response, face, `compare ${olderNumber} ${newerNumber} ${name}`, async () => {
      const service = await this.service(name);
      const from = await this.published(name, olderNumber);
      const to = await this.published(name, newerNumber);
      if (service === undefined || from === null || to === null || from.number === to.number) return null;
      const comparison = comparisonOf(textOf(from), textOf(to));
      return pageAnswer(comparePage(stylesheet, service, [from.number, to.number], comparison, face));
    });
  }

  /** An edition as it was signed, and what has been said beside it since (`kaijisho.published.v1`). Fields are added, never renamed. */
  @Get(':service/editions/:number/disclosure.json')
  @Public()
  async json(
    @Param('service') name: string,
    @Param('number') number: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const service = await this.service(name);
    const edition = await this.published(name, editionNumber(number));
    if (edition === null || service === undefined)
      return sendPage(response, 404, notFoundPage(stylesheet, readFace(request, response)));
    const { inForce, errata } = edition;
    const published = {
      ...{ format: 'kaijisho.published.v1', inForce, retired: service.retired },
      errata: errata.map(({ by: _, ...erratum }) => erratum),
      lapsed: await this.lapsed(edition),
      edition: JSON.parse(editionJson(edition)) as unknown,
    };
    sendText(response, 'application/json', `${JSON.stringify(published, null, 2)}\n`);
  }

  @Get(':service/editions/:number')
  @Public()
  async edition(
    @Param('service') name: string,
    @Param('number') number: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.sendEdition(request, response, name, editionNumber(number));
  }

  @Get(':service/editions/:number/disclosure.pdf')
  @Public()
  async pdf(
    @Param('service') service: string,
    @Param('number') number: string,
    @Req() request: RequestWithSession,
    @Res() response: Response,
  ): Promise<void> {
    await this.sendPdf(service, number, 'a4', request, response);
  }

  @Get(':service/editions/:number/disclosure-16x9.pdf')
  @Public()
  async widePdf(
    @Param('service') service: string,
    @Param('number') number: string,
    @Req() request: RequestWithSession,
    @Res() response: Response,
  ): Promise<void> {
    await this.sendPdf(service, number, 'wide', request, response);
  }

  /** With it a stranger checks the edition without us. It exists as soon as a seal covers the publication. */
  @Get(':service/editions/:number/proof.json')
  @Public()
  async proof(
    @Param('service') service: string,
    @Param('number') number: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const edition = await this.published(service, editionNumber(number));
    if (edition === null) return sendPage(response, 404, notFoundPage(stylesheet, readFace(request, response)));
    const proof = await this.proofs.toHead(edition);
    if (proof === null) {
      response.set('retry-after', '10');
      throw problemOf(
        'NotSealedYet',
        {
          status: 425,
          ja: 'この版の記録はまだ封印されていないため、証明がありません。封印は公開から数十秒のうちに行われます。',
          en: 'The log is not yet sealed up to this edition, so there is no proof. That takes less than a minute after the publication.',
        },
        { retryAfter: 10 },
      );
    }
    response
      .set({
        ...publicHeaders,
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="proof-${number}.json"`,
        'cache-control': 'public, no-cache',
      })
      .send(proofText(proof));
  }

  /** A figure, if a published edition of this service cites it: those of drafts stay inside. */
  @Get(':service/figures/:sha256')
  @Public()
  async figure(
    @Param('service') name: string,
    @Param('sha256') sha256: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const figure = (await this.isCited(name, sha256)) ? await this.blobs.get(sha256) : null;
    if (figure === null || !isPictureType(figure.mediaType)) {
      return sendPage(response, 404, notFoundPage(stylesheet, readFace(request, response)));
    }
    response
      .set({
        'content-type': figure.mediaType,
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': FIGURE_POLICY,
        'x-content-type-options': 'nosniff',
        etag: `"${sha256}"`,
      })
      .send(Buffer.from(figure.bytes));
  }

  @Get('*path')
  @Public()
  nothing(@Req() request: Request, @Res() response: Response): void {
    sendPage(response, 404, notFoundPage(stylesheet, readFace(request, response)));
  }

  private async sendPdf(
    service: string,
    number: string,
    layout: Layout,
    request: RequestWithSession,
    response: Response,
  ): Promise<void> {
    const edition = await this.published(service, editionNumber(number));
    if (edition === null) return sendPage(response, 404, notFoundPage(stylesheet, readFace(request, response)));
    try {
      const pdf = await this.pdfs.of(edition, { layout, publicUrl: request.publicUrl });
      sendPdf(response.set('cache-control', 'public, no-cache'), edition, layout, pdf);
    } catch (error) {
      if (error instanceof NotSealedYet) response.set('retry-after', '10');
      else console.error(`No PDF of ${service}, edition ${number}: ${String(error)}`);
      sendPage(response, 503, noPdfPage(stylesheet, edition.service, edition.number, readFace(request, response)));
    }
  }

  private async service(name: string): Promise<EditionsOfService | undefined> {
    const services = await this.queries.execute(new PublishedServices(name));
    return services.find(({ service }) => service === name);
  }

  private async published(service: string, number: number | 'inForce' | null): Promise<EditionView | null> {
    return number === null ? null : this.queries.execute(new PublishedEdition({ service }, number));
  }

  /** @param number null: there is none such */
  private async sendEdition(
    request: Request,
    response: Response,
    name: string,
    number: number | 'inForce' | null,
  ): Promise<void> {
    const face = readFace(request, response);
    await this.sendKept(response, face, `edition ${number} ${name}`, async () => {
      const service = await this.service(name);
      const edition = service === undefined ? null : await this.published(service.service, number);
      if (edition === null || service === undefined) return null;
      const head = await sealedHead(this.dataSource);
      const lapsed = await this.lapsed(edition);
      const appearance = await this.appearances.of(edition);
      const answer = pageAnswer(editionPage(stylesheet, edition, service, head, { face, lapsed, appearance }));
      if (head === null) return answer;
      // Whatever is recorded is sealed before long; the rest of the page changes with the day and with the program.
      const lastModified = newest(head.sealedAt, this.now()).toUTCString();
      return { ...answer, headers: { ...answer.headers, 'last-modified': lastModified } };
    });
  }

  private async sendKept(
    response: Response,
    face: Face,
    name: string,
    make: () => Promise<Answer | null>,
  ): Promise<void> {
    const answer = await this.kept.of(`${face.language} ${face.chosen} ${name}`, make);
    if (answer === null) sendPage(response, 404, notFoundPage(stylesheet, face));
    else send(response, answer);
  }

  private lapsed(edition: EditionView) {
    const { dataSource, store } = this;
    return lapsedCitations({ dataSource, store }, edition, localDateOf(this.now()));
  }

  private async isCited(name: string, sha256: string): Promise<boolean> {
    if (!/^[0-9a-f]{64}$/.test(sha256)) return false;
    const service = await this.service(name);
    for (const { number } of service?.editions ?? []) {
      const edition = await this.published(name, number);
      const cited =
        edition?.parts.flatMap((part) => part.items.flatMap((item) => citedFigures(bodyOf(item).content))) ?? [];
      if (cited.includes(sha256)) return true;
    }
    return false;
  }
}

const textOf = (edition: EditionView) => ({
  ...{ label: '', contentHash: edition.contentHash, historyText: edition.historyText, causes: edition.causes },
  parts: edition.parts.map((part) => ({
    ...part,
    items: part.items.map((item) => ({ ...item, body: bodyOf(item) })),
  })),
});

const STARTED_AT = new Date();

/** The last of: the newest seal, midnight in Japan, and the start of this program. */
const newest = (sealedAt: string, now: Date): Date =>
  new Date(
    Math.max(Date.parse(sealedAt), Date.parse(`${localDateOf(now)}T00:00:00+09:00`), Math.min(+STARTED_AT, +now)),
  );
