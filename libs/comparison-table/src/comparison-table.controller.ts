import { BLOB_STORE, type BlobStore } from '@app/blob-store';
import { localDateOf } from '@app/calendar';
import { readSide, ReadTextsToCompare, type TextsToCompare } from '@app/disclosures';
import { CLOCK, type Clock } from '@app/event-sourcing';
import { Answers, AnyoneSignedIn, problem, problemOf, ReadCaller, type Caller } from '@app/http';
import { MissingGlyph, PdfEngineFailed, type LoadFigure } from '@app/publishing';
import { applyDecorators, Controller, Get, Inject, Param, Query as UrlQuery, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiParam, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { comparisonDocx } from './comparison-docx';
import { comparisonHtml } from './comparison-html';
import { comparisonMarkdown } from './comparison-markdown';
import { comparisonPdf } from './comparison-pdf';
import type { ComparisonTable } from './comparison-table';
import { comparisonTableView } from './contract';
import { tableOfTexts } from './table-of-texts';

/** Writes a table as a file; `on` is the day that the file says it was made. */
type Write = (table: ComparisonTable, loadFigure: LoadFigure, on: string) => Promise<string | Uint8Array>;

const files = {
  pdf: { mediaType: 'application/pdf', write: comparisonPdf },
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    write: comparisonDocx,
  },
  html: { mediaType: 'text/html; charset=utf-8', write: comparisonHtml },
  md: { mediaType: 'text/markdown; charset=utf-8', write: async (table) => comparisonMarkdown(table) },
} satisfies Record<string, { mediaType: string; write: Write }>;
const isFormat = (name: string): name is keyof typeof files => Object.hasOwn(files, name);

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

/** 新旧対照表 between any two texts of a disclosure: as data, and as a file to keep. */
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

  /** To be kept, not to be shown from here: the HTML is one file that needs nothing else. */
  @Get('comparison.:format')
  @AnyoneSignedIn()
  @AskedBy()
  @ApiParam({ name: 'format', enum: Object.keys(files) })
  @ApiProduces(...Object.values(files).map(({ mediaType }) => mediaType))
  async file(
    @Param('id') id: string,
    @Param('format') format: string,
    @ReadCaller() { by }: Caller,
    @Res() response: Response,
    @UrlQuery('from') from?: string,
    @UrlQuery('to') to?: string,
    @UrlQuery('show') show?: string,
  ): Promise<void> {
    if (!isFormat(format)) throw problem('NotFound');
    const texts = await this.texts(id, by, from, to);
    const { mediaType, write } = files[format];
    const table = tableOf(texts, show);
    const load = (sha256: string) => this.blobs.get(sha256);
    const file = await write(table, load, localDateOf(this.now().toISOString())).catch(asProblem);
    send(response, mediaType, fileName(texts, table.title, format), file);
  }

  private async texts(id: string, by: Caller['by'], from = 'inForce', to = 'draft'): Promise<TextsToCompare> {
    const [older, newer] = [readSide(from), readSide(to)];
    if (older === null || newer === null) throw problem('NotFound');
    const texts = await this.questions.execute(new ReadTextsToCompare(id, older, newer, by));
    if (texts === null) throw problem('NotFound');
    return texts;
  }
}

const tableOf = (texts: TextsToCompare, show = 'changed'): ComparisonTable => {
  if (show !== 'changed' && show !== 'all') throw problem('NotFound');
  return tableOfTexts(texts, show);
};

const fileName = ({ service, older, newer }: TextsToCompare, title: string, extension: string): string =>
  `${service}-${title}-${older.label}-${newer.label}.${extension}`;

const send = (response: Response, mediaType: string, name: string, file: string | Uint8Array): void => {
  const plain = name.replace(/[^\w.-]+/g, '_');
  response
    .set({
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    })
    .send(Buffer.from(file));
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
