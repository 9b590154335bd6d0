import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BLOB_STORE, type BlobStore } from '@app/blob-store';
import { PublishedEdition, PublishedServices, type EditionsOfService, type EditionView } from '@app/disclosures';
import { Public } from '@app/http';
import { sealedHead } from '@app/sealing';
import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { bodyOf } from '../edition-document';
import { editionNumber } from '../edition-number';
import { EditionPdfs } from '../edition-pdfs';
import { sendPdf } from '../pdf-answer';
import { citedFigures } from '../pdf/print-document';
import { projectRoot } from '../project-root';
import { editionPage, headJson, indexPage, noPdfPage, notFoundPage } from './portal-pages';

const css = readFileSync(join(projectRoot, 'libs/publishing/portal/portal.css'), 'utf8');
const cssHash = createHash('sha256').update(css).digest('hex').slice(0, 16);
const stylesheet = { url: `/d/assets/portal.css?v=${cssHash}` };

/** Nothing but our own style sheet and pictures; no scripts, frames or forms at all. */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The public portal. Published editions are all it can see; what is unknown and what is not public look the same. */
@ApiExcludeController()
@Controller('d')
export class PortalController {
  constructor(
    private readonly queries: QueryBus,
    private readonly pdfs: EditionPdfs,
    private readonly dataSource: DataSource,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
  ) {}

  @Get()
  @Public()
  async index(@Res() response: Response): Promise<void> {
    sendPage(response, 200, indexPage(stylesheet, await this.queries.execute(new PublishedServices())));
  }

  @Get('assets/portal.css')
  @Public()
  styles(@Res() response: Response): void {
    // Its address carries its hash.
    response
      .set({
        'content-type': 'text/css; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
        etag: `"${cssHash}"`,
      })
      .send(css);
  }

  @Get('log/head.json')
  @Public()
  async head(@Res() response: Response): Promise<void> {
    const head = await sealedHead(this.dataSource);
    if (head === null) sendPage(response, 404, notFoundPage(stylesheet));
    else response.set({ 'cache-control': 'public, no-cache' }).json(headJson(head));
  }

  /** The edition in force; before the first comes into force, that one. */
  @Get(':service')
  @Public()
  async inForce(@Param('service') name: string, @Res() response: Response): Promise<void> {
    const service = await this.service(name);
    const shown = service?.editions.find((edition) => edition.inForce);
    await this.sendEdition(response, service, shown?.number ?? null);
  }

  @Get(':service/editions/:number')
  @Public()
  async edition(
    @Param('service') name: string,
    @Param('number') number: string,
    @Res() response: Response,
  ): Promise<void> {
    await this.sendEdition(response, await this.service(name), editionNumber(number));
  }

  @Get(':service/editions/:number/disclosure.pdf')
  @Public()
  async pdf(
    @Param('service') service: string,
    @Param('number') number: string,
    @Res() response: Response,
  ): Promise<void> {
    const edition = await this.published(service, editionNumber(number));
    if (edition === null) return sendPage(response, 404, notFoundPage(stylesheet));
    try {
      const pdf = await this.pdfs.of(edition);
      sendPdf(response.set('cache-control', 'public, no-cache'), edition, pdf);
    } catch (error) {
      console.error(`No PDF of ${service}, edition ${number}: ${String(error)}`);
      sendPage(response, 503, noPdfPage(stylesheet, edition.service, edition.number));
    }
  }

  /** A figure, if a published edition of this service cites it: those of drafts stay inside. */
  @Get(':service/figures/:sha256')
  @Public()
  async figure(
    @Param('service') name: string,
    @Param('sha256') sha256: string,
    @Res() response: Response,
  ): Promise<void> {
    const figure = (await this.isCited(name, sha256)) ? await this.blobs.get(sha256) : null;
    if (figure === null || !['image/png', 'image/jpeg'].includes(figure.mediaType)) {
      return sendPage(response, 404, notFoundPage(stylesheet));
    }
    response
      .set({
        'content-type': figure.mediaType,
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        etag: `"${sha256}"`,
      })
      .send(Buffer.from(figure.bytes));
  }

  @Get('*path')
  @Public()
  nothing(@Res() response: Response): void {
    sendPage(response, 404, notFoundPage(stylesheet));
  }

  private async service(name: string): Promise<EditionsOfService | undefined> {
    const services = await this.queries.execute(new PublishedServices(name));
    return services.find(({ service }) => service === name);
  }

  private async published(service: string, number: number | null): Promise<EditionView | null> {
    return number === null ? null : this.queries.execute(new PublishedEdition({ service }, number));
  }

  private async sendEdition(
    response: Response,
    service: EditionsOfService | undefined,
    number: number | null,
  ): Promise<void> {
    const edition = service === undefined ? null : await this.published(service.service, number);
    if (edition === null || service === undefined) sendPage(response, 404, notFoundPage(stylesheet));
    else sendPage(response, 200, editionPage(stylesheet, edition, service, await sealedHead(this.dataSource)));
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

const sendPage = (response: Response, status: number, page: string): void => {
  response
    .status(status)
    .set({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      // Kept by caches and asked for again each time: a new edition is seen at once, an unchanged page costs a 304.
      'cache-control': status === 200 ? 'public, no-cache' : 'no-store',
      etag: `"${createHash('sha256').update(page).digest('base64url')}"`,
    })
    .send(page);
};
