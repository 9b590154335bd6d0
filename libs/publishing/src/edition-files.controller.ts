import { createHash } from 'node:crypto';
import { BLOB_STORE, type BlobStore } from '@app/blob-store';
import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { PublishedEdition, type EditionView } from '@app/disclosures';
import { AnyoneSignedIn, problem, problemOf, type RequestWithSession } from '@app/http';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiProduces } from '@nestjs/swagger';
import type { Response } from 'express';
import { Appearances } from './appearance/appearances';
import { editionHtml } from './edition-html';
import { editionJson } from './edition-json';
import { editionMarkdown } from './edition-markdown';
import { editionNumber } from './edition-number';
import { EditionPdfs } from './edition-pdfs';
import { sendPdf } from './pdf-answer';
import { MissingFigure, MissingGlyph, NotSealedYet, PdfEngineFailed, PrintDiffers } from './pdf/errors';
import type { Layout } from './pdf/print-document';

/** The files of an edition for people who are signed in. */
@Controller('api/disclosures/:id/editions/:number')
export class EditionFilesController {
  private readonly appearances: Appearances;

  constructor(
    private readonly queries: QueryBus,
    private readonly pdfs: EditionPdfs,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(EVENT_STORE) store: EventStore,
  ) {
    this.appearances = new Appearances(store);
  }

  @Get('disclosure.pdf')
  @AnyoneSignedIn()
  @ApiProduces('application/pdf')
  async pdf(
    @Param('id') id: string,
    @Param('number') number: string,
    @Req() request: RequestWithSession,
    @Res() response: Response,
  ): Promise<void> {
    await this.sendPdf(await this.edition(id, number), 'a4', request, response);
  }

  @Get('disclosure-16x9.pdf')
  @AnyoneSignedIn()
  @ApiProduces('application/pdf')
  async widePdf(
    @Param('id') id: string,
    @Param('number') number: string,
    @Req() request: RequestWithSession,
    @Res() response: Response,
  ): Promise<void> {
    await this.sendPdf(await this.edition(id, number), 'wide', request, response);
  }

  @Get('disclosure.json')
  @AnyoneSignedIn()
  @ApiProduces('application/json')
  async json(@Param('id') id: string, @Param('number') number: string, @Res() response: Response): Promise<void> {
    sendText(response, 'application/json', editionJson(await this.edition(id, number)));
  }

  @Get('disclosure.md')
  @AnyoneSignedIn()
  @ApiProduces('text/markdown')
  async markdown(@Param('id') id: string, @Param('number') number: string, @Res() response: Response): Promise<void> {
    sendText(response, 'text/markdown', editionMarkdown(await this.edition(id, number)));
  }

  /** One file that needs nothing else; to be kept, not to be shown from here. */
  @Get('disclosure.html')
  @AnyoneSignedIn()
  @ApiProduces('text/html')
  async html(@Param('id') id: string, @Param('number') number: string, @Res() response: Response): Promise<void> {
    const edition = await this.edition(id, number);
    const document = { ...edition, loadFigure: (sha256: string) => this.blobs.get(sha256) };
    const html = await editionHtml(document, await this.appearances.of(edition)).catch(asProblem);
    const name = `${edition.service}-edition-${edition.number}.html`;
    response.set({
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'x-content-type-options': 'nosniff',
    });
    sendText(response, 'text/html', html);
  }

  private async sendPdf(
    edition: EditionView,
    layout: Layout,
    { publicUrl }: RequestWithSession,
    response: Response,
  ): Promise<void> {
    const pdf = await this.pdfs.of(edition, { layout, publicUrl }).catch(asProblem);
    sendPdf(response.set('cache-control', 'private, no-cache'), edition, layout, pdf);
  }

  private async edition(disclosureId: string, number: string): Promise<EditionView> {
    const wanted = editionNumber(number);
    const edition = wanted && (await this.queries.execute(new PublishedEdition({ disclosureId }, wanted)));
    if (!edition) throw problem('NotFound');
    return edition;
  }
}

const sendText = (response: Response, mediaType: string, text: string): void => {
  const etag = createHash('sha256').update(text).digest('base64url');
  response
    .set({ 'content-type': `${mediaType}; charset=utf-8`, 'cache-control': 'private, no-cache', etag: `"${etag}"` })
    .send(text);
};

const asProblem = (error: unknown): never => {
  if (error instanceof MissingGlyph) {
    const where = error.found
      .map(({ characters, item }) => `${item ?? '表紙・改訂履歴など'}: ${characters.map(shown).join('、')}`)
      .join('／');
    throw problemOf(
      'MissingGlyph',
      {
        status: 422,
        ja: `PDFに印刷できない文字があります（${where}）。ほかの文字に置き換えてください。`,
        en: `Some characters cannot be printed (${where}). Replace them.`,
      },
      { found: error.found },
    );
  }
  if (error instanceof MissingFigure) {
    throw problemOf('MissingFigure', {
      status: 409,
      ja: `${error.item}の図の画像が保存されていません。画像をもう一度登録してください。`,
      en: `The image of a figure in ${error.item} is not stored. Upload it again.`,
    });
  }
  if (error instanceof NotSealedYet) {
    throw problemOf(
      'NotSealedYet',
      {
        status: 503,
        ja: 'この版の記録はまだ封印されていないため、PDFを用意できません。封印は公開から数十秒のうちに行われます。少し待ってからもう一度お試しください。続く場合は、ワーカーが動いているかを管理者に確認してください。',
        en: 'The log is not yet sealed up to this edition, so there is no PDF. That takes less than a minute after the publication: try again soon; if it goes on, ask an administrator whether the worker runs.',
      },
      { retryAfter: 10 },
    );
  }
  if (error instanceof PrintDiffers) {
    console.error(error.message);
    throw problemOf(
      'PrintDiffers',
      {
        status: 500,
        ja: `印刷した結果が版の内容と一致しないため、PDFを渡せません。${error.finding.ja}`,
        en: `The PDF is not given out, because it does not show what the edition says. ${error.finding.en}`,
      },
      { at: error.finding.at },
    );
  }
  if (error instanceof PdfEngineFailed) {
    console.error(error.message);
    throw problemOf('PdfEngineFailed', {
      status: 503,
      ja: 'PDFを作成できませんでした。時間をおいてもう一度お試しください。続く場合は管理者に連絡してください。',
      en: 'The PDF could not be made. Try again later; if it goes on, tell an administrator.',
    });
  }
  throw error;
};

/** A character with its code, because what cannot be printed can often not be seen either. */
const shown = (character: string): string =>
  `「${character}」（U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}）`;
