import { BLOB_STORE, FIGURE_POLICY, isPictureType, type BlobStore } from '@app/blob-store';
import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import { problem, Public } from '@app/http';
import { Controller, Get, Inject, Param, Query as UrlQuery, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Appearances } from './appearances';
import { appearanceCss } from './appearance-css';

/** What the public pages need to look like the company: addresses that never mean anything else, so they are kept for ever. */
@ApiExcludeController()
@Controller('d/assets')
export class PublicAppearanceController {
  private readonly appearances: Appearances;

  constructor(
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(EVENT_STORE) store: EventStore,
  ) {
    this.appearances = new Appearances(store);
  }

  @Get('appearance.css')
  @Public()
  styles(@Res() response: Response, @UrlQuery('accent') accent?: string): void {
    send(response, 'text/css; charset=utf-8', appearanceCss(typeof accent === 'string' ? `#${accent}` : null));
  }

  /** A picture that is, or was, the company's logo; what else is stored stays inside. */
  @Get('logo/:sha256')
  @Public()
  async logo(@Param('sha256') sha256: string, @Res() response: Response): Promise<void> {
    const logo = (await this.appearances.isLogo(sha256)) ? await this.blobs.get(sha256) : null;
    if (logo === null || !isPictureType(logo.mediaType)) throw problem('NotFound');
    send(response, logo.mediaType, Buffer.from(logo.bytes));
  }
}

const send = (response: Response, mediaType: string, content: string | Buffer): void => {
  response
    .set({
      'content-type': mediaType,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': FIGURE_POLICY,
      'x-content-type-options': 'nosniff',
    })
    .send(content);
};
