import { BLOB_STORE, type BlobStore } from '@app/blob-store';
import { localDateOf } from '@app/calendar';
import { GetDisclosure, PublishedEdition, type DisclosureView } from '@app/disclosures';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import { AnyoneSignedIn, problem, ReadCaller, type Caller } from '@app/http';
import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiProduces } from '@nestjs/swagger';
import type { Response } from 'express';
import { Appearances } from './appearance/appearances';
import { bodyOf } from './edition-document';
import { editionDocx, WORD, wordFile } from './edition-docx';
import { editionNumber } from './edition-number';
import { editionName } from './wording';

/** Editions and the draft as Word files, for people who are signed in. */
@Controller('api/disclosures/:id')
export class EditionDocxController {
  private readonly appearances: Appearances;

  constructor(
    private readonly queries: QueryBus,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(EVENT_STORE) store: EventStore,
  ) {
    this.appearances = new Appearances(store);
  }

  @Get('editions/:number/disclosure.docx')
  @AnyoneSignedIn()
  @ApiProduces(WORD)
  async edition(@Param('id') id: string, @Param('number') number: string, @Res() response: Response): Promise<void> {
    const wanted = editionNumber(number);
    const edition = wanted && (await this.queries.execute(new PublishedEdition({ disclosureId: id }, wanted)));
    if (!edition) throw problem('NotFound');
    const file = await editionDocx(
      { ...edition, loadFigure: (sha256) => this.blobs.get(sha256) },
      await this.appearances.of(edition),
    );
    sendWord(response, `${edition.service}-${editionName(edition.number)}.docx`, file);
  }

  /** What is being written for the next edition; without a revision, the text in force. */
  @Get('draft.docx')
  @AnyoneSignedIn()
  @ApiProduces(WORD)
  async draft(@Param('id') id: string, @ReadCaller() { by }: Caller, @Res() response: Response): Promise<void> {
    const draft = await this.queries.execute(new GetDisclosure(id, by));
    if (!draft) throw problem('NotFound');
    const file = await wordFile({
      ...draft,
      appearance: await this.appearances.now(),
      edition: draftName(draft),
      writtenOn: localDateOf(this.now().toISOString()),
      parts: draft.parts.map((part) => ({
        ...part,
        items: part.items.map((item) => ({ ...item, body: bodyOf(item) })),
      })),
      loadFigure: (sha256) => this.blobs.get(sha256),
    });
    sendWord(response, `${draft.service}-${draftName(draft)}.docx`, file);
  }
}

const draftName = ({ revision, revisionHistory }: DisclosureView): string => {
  const number = 'editionNumber' in revision ? revision.editionNumber : null;
  return number === null || number === undefined
    ? editionName(revisionHistory.at(-1)?.number ?? 1)
    : `${editionName(number)}（草案）`;
};

const sendWord = (response: Response, name: string, bytes: Uint8Array): void => {
  const plain = name.replace(/[^\w.-]+/g, '_');
  response
    .set({
      'content-type': WORD,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
    })
    .send(Buffer.from(bytes));
};
