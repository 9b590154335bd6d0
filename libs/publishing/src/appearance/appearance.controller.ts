import { BLOB_STORE, isPictureType, type BlobStore } from '@app/blob-store';
import { EVENT_STORE, type EventStore } from '@app/event-sourcing';
import {
  Allowed,
  Answers,
  AnyoneSignedIn,
  commandAnswer,
  orProblem,
  problemOf,
  readBody,
  ReadCaller,
  Takes,
  type Caller,
  type CommandAnswer,
  type ProblemTexts,
} from '@app/http';
import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unprintableIn } from '../pdf/glyphs';
import { Appearances } from './appearances';
import { appearanceBody, appearanceView } from './contract';
import { DecideAppearance } from './decide-appearance';
import { LEAST_CONTRAST, type Appearance, type AppearanceRejection } from './domain/appearance';

const texts: ProblemTexts<AppearanceRejection> = {
  AccentTooLight: ({ contrast }) => ({
    status: 422,
    ja: `この色の文字は、白や薄い灰色の地では読みにくくなります（コントラスト比 ${contrast}：1、必要なのは ${LEAST_CONTRAST}：1 以上）。もっと暗い色を選んでください。`,
    en: `Text in this colour is hard to read on white and light grey (contrast ${contrast}:1, at least ${LEAST_CONTRAST}:1 is needed). Choose a darker one.`,
  }),
};

/** A logo that is larger makes every PDF and page larger, and gains nothing at the size at which it is printed. */
const MOST_LOGO_BYTES = 500_000;

/** ロゴ、色、奥付の文: set by administrators for what is published from then on. */
@ApiTags('appearance')
@Controller('api/appearance')
export class AppearanceController {
  private readonly appearances: Appearances;

  constructor(
    private readonly commands: CommandBus,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(EVENT_STORE) store: EventStore,
  ) {
    this.appearances = new Appearances(store);
  }

  @Get()
  @AnyoneSignedIn()
  @Answers(appearanceView)
  show(): Promise<z.infer<typeof appearanceView>> {
    return this.appearances.now();
  }

  @Put()
  @Allowed('administrator')
  @Takes(appearanceBody)
  @Answers(commandAnswer)
  async change(@ReadCaller() { by, at, metadata }: Caller, @Body() body: unknown): Promise<CommandAnswer> {
    const { logo: sha256, accent, colophon } = readBody(appearanceBody, body);
    const logo = sha256 === null ? null : await this.logo(sha256);
    const text = colophon.trim();
    const characters = unprintableIn(text);
    if (characters.length > 0)
      throw problemOf(
        'MissingGlyph',
        {
          status: 422,
          ja: `奥付の文に、PDFに印刷できない文字があります：${characters.map((one) => `「${one}」`).join('、')}。ほかの文字に置き換えてください。`,
          en: `Some characters of the colophon cannot be printed: ${characters.join(' ')}. Replace them.`,
        },
        { found: [{ characters, item: null }] },
      );
    const look = { logo, accent: accent?.toLowerCase() ?? null, colophon: text };
    const command = { type: 'ChangeAppearance', ...look, by, at } as const;
    return orProblem(await this.commands.execute(new DecideAppearance(command, metadata)), texts);
  }

  private async logo(sha256: string): Promise<Appearance['logo']> {
    const blob = await this.blobs.get(sha256);
    if (blob === null || !isPictureType(blob.mediaType))
      throw problemOf('UnknownLogo', {
        status: 422,
        ja: 'ロゴの画像が見つかりません。画像を選び直してください。',
        en: 'There is no such picture. Choose the logo again.',
      });
    if (blob.bytes.length > MOST_LOGO_BYTES)
      throw problemOf('LogoTooLarge', {
        status: 422,
        ja: `ロゴの画像は ${MOST_LOGO_BYTES / 1_000}KB までです。縮小してから、もう一度選んでください。`,
        en: `A logo may have ${MOST_LOGO_BYTES / 1_000} KB. Scale it down and choose it again.`,
      });
    return { sha256, mediaType: blob.mediaType };
  }
}
