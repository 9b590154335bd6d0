import { BLOB_STORE, type BlobStore } from '@app/blob-store';
import { localDateOf } from '@app/calendar';
import type { Body } from '@app/content';
import { readSide, ReadTextsToCompare, type TextsToCompare } from '@app/disclosures';
import { CLOCK, type Clock } from '@app/event-sourcing';
import { Answers, AnyoneSignedIn, problem, problemOf, ReadCaller, type Caller } from '@app/http';
import { MissingGlyph, PdfEngineFailed } from '@app/publishing';
import { applyDecorators, Controller, Get, Inject, Param, Query as UrlQuery, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { comparisonDocx } from './comparison-docx';
import { comparisonHtml } from './comparison-html';
import { comparisonPdf } from './comparison-pdf';
import { comparisonTable, type ComparedText, type ComparisonTable } from './comparison-table';
import { comparisonTableView } from './contract';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** What a table is asked by: the same two sides as a comparison, and how much of them. */
const AskedBy = () => {
  const text = (name: string, description: string) =>
    ApiQuery({ name, required: false, schema: { type: 'string' }, description });
  return applyDecorators(
    text('from', 'Number of an edition, inForce (default), lastSigned, or v and a place in the stream'),
    text('to', 'Number of an edition, draft (default), or v and a place in the stream'),
    text('show', 'changed (default), or all: both texts whole'),
  );
};

/** 新旧対照表 between any two texts of a disclosure: as data, as PDF, as Word and as HTML. */
@ApiTags('disclosures')
@Controller('api/disclosures/:id')
export class ComparisonTableController {
  constructor(
    private readonly questions: QueryBus,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get('comparison-table')
  @AnyoneSignedIn()
  @AskedBy()
  @Answers(comparisonTableView)
  async data(
    @Param('id') id: string,
    @ReadCaller() { by }: Caller,
    @UrlQuery('from') from?: string,
    @UrlQuery('to') to?: string,
    @UrlQuery('show') show?: string,
  ): Promise<ComparisonTable> {
    return tableOf(await this.texts(id, by, from, to), show);
  }

  @Get('comparison.pdf')
  @AnyoneSignedIn()
  @AskedBy()
  @ApiProduces('application/pdf')
  async pdf(
    @Param('id') id: string,
    @ReadCaller() { by }: Caller,
    @Res() response: Response,
    @UrlQuery('from') from?: string,
    @UrlQuery('to') to?: string,
    @UrlQuery('show') show?: string,
  ): Promise<void> {
    const texts = await this.texts(id, by, from, to);
    const on = localDateOf(this.now().toISOString());
    const load = (sha256: string) => this.blobs.get(sha256);
    const pdf = await comparisonPdf(tableOf(texts, show), load, on).catch(asProblem);
    send(response, 'application/pdf', fileName(texts, 'pdf'), pdf);
  }

  @Get('comparison.docx')
  @AnyoneSignedIn()
  @AskedBy()
  @ApiProduces(WORD)
  async word(
    @Param('id') id: string,
    @ReadCaller() { by }: Caller,
    @Res() response: Response,
    @UrlQuery('from') from?: string,
    @UrlQuery('to') to?: string,
    @UrlQuery('show') show?: string,
  ): Promise<void> {
    const texts = await this.texts(id, by, from, to);
    const file = await comparisonDocx(tableOf(texts, show), (sha256) => this.blobs.get(sha256));
    send(response, WORD, fileName(texts, 'docx'), file);
  }

  /** One file that needs nothing else; to be kept, not to be shown from here. */
  @Get('comparison.html')
  @AnyoneSignedIn()
  @AskedBy()
  @ApiProduces('text/html')
  async html(
    @Param('id') id: string,
    @ReadCaller() { by }: Caller,
    @Res() response: Response,
    @UrlQuery('from') from?: string,
    @UrlQuery('to') to?: string,
    @UrlQuery('show') show?: string,
  ): Promise<void> {
    const texts = await this.texts(id, by, from, to);
    const html = await comparisonHtml(tableOf(texts, show), (sha256) => this.blobs.get(sha256));
    send(response, 'text/html; charset=utf-8', fileName(texts, 'html'), Buffer.from(html));
  }

  private async texts(id: string, by: Caller['by'], from = 'inForce', to = 'draft'): Promise<TextsToCompare> {
    const [older, newer] = [readSide(from), readSide(to)];
    if (older === null || newer === null) throw problem('NotFound');
    const texts = await this.questions.execute(new ReadTextsToCompare(id, older, newer, by));
    if (texts === null) throw problem('NotFound');
    return texts;
  }
}

const tableOf = ({ serviceName, title, older, newer }: TextsToCompare, show = 'changed'): ComparisonTable => {
  if (show !== 'changed' && show !== 'all') throw problem('NotFound');
  return comparisonTable(`${serviceName}　${title}`, comparedText(older), comparedText(newer), show);
};

/** Bodies travel as unknown JSON in the contract; they were checked when they were written. */
const comparedText = ({ label, parts }: TextsToCompare['older']): ComparedText => ({
  label,
  parts: parts.map((part) => ({
    ...part,
    items: part.items.map((item) => ({ ...item, body: item.body as Body })),
  })),
});

const fileName = ({ service, older, newer }: TextsToCompare, extension: string): string =>
  `${service}-新旧対照表-${older.label}-${newer.label}.${extension}`;

const send = (response: Response, mediaType: string, name: string, bytes: Uint8Array): void => {
  const plain = name.replace(/[^\w.-]+/g, '_');
  response
    .set({
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    })
    .send(Buffer.from(bytes));
};

const asProblem = (error: unknown): never => {
  if (error instanceof MissingGlyph) {
    const characters = error.found.flatMap((one) => one.characters);
    const shown = characters.map((one) => `「${one}」（U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase()}）`);
    throw problemOf(
      'MissingGlyph',
      {
        status: 422,
        ja: `PDFに印刷できない文字があります：${shown.join('、')}。WordかHTMLでダウンロードするか、本文の文字を置き換えてください。`,
        en: `Some characters cannot be printed: ${characters.join(' ')}. Download it as Word or HTML, or replace them in the text.`,
      },
      { found: error.found },
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
