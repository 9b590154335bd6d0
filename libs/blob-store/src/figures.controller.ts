import { Allowed, Answers, AnyoneSignedIn, problem, problemOf, readRawBody, type ProblemTexts } from '@app/http';
import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { BLOB_STORE, type BlobStore } from './blob-store';
import { figureAnswer, type FigureAnswer } from './contract';
import { MOST_PIXELS, readPicture, type NotAPicture } from './picture';

const MOST_BYTES = 5 * 1024 * 1024;

@Controller('api/figures')
export class FiguresController {
  constructor(@Inject(BLOB_STORE) private readonly blobs: BlobStore) {}

  @Post()
  @HttpCode(201)
  @Allowed('drafter', 'administrator')
  @ApiConsumes('image/png', 'image/jpeg')
  @Answers(figureAnswer, 201)
  async take(@Req() request: Request): Promise<FigureAnswer> {
    const bytes = await readRawBody(request, MOST_BYTES);
    const picture = readPicture(bytes);
    if ('type' in picture) throw refusal(picture);
    return { ...picture, ...(await this.blobs.put(bytes, picture.mediaType)) };
  }

  /** The bytes under a hash never change, so a browser may keep them for ever; but only that of who is signed in. */
  @Get(':sha256')
  @AnyoneSignedIn()
  async show(@Param('sha256') sha256: string, @Res() response: Response): Promise<void> {
    const blob = /^[0-9a-f]{64}$/.test(sha256) ? await this.blobs.get(sha256) : null;
    if (blob === null) throw problem('NotFound');
    const isPicture = blob.mediaType === 'image/png' || blob.mediaType === 'image/jpeg';
    response
      .set({
        'content-type': blob.mediaType,
        'content-disposition': isPicture ? 'inline' : 'attachment',
        'cache-control': 'private, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        etag: `"${sha256}"`,
      })
      .send(Buffer.from(blob.bytes));
  }
}

const refusal = (why: NotAPicture) => {
  const { type, ...detail } = why;
  const text = refusals[type];
  return problemOf(type, typeof text === 'function' ? text(why as never) : text, detail);
};

const refusals: ProblemTexts<NotAPicture> = {
  NotAPicture: {
    status: 415,
    ja: '図として使えるのは PNG と JPEG だけです。PNG または JPEG に変換して、もう一度選んでください。',
    en: 'A figure must be a PNG or a JPEG. Convert the file and choose it again.',
  },
  BrokenPicture: {
    status: 422,
    ja: '画像ファイルが壊れているか、途中までしかありません。元のファイルを開いて保存し直し、もう一度選んでください。',
    en: 'The picture is broken or incomplete. Open the original, save it again, and choose it again.',
  },
  PictureTooLarge: ({ width, height }) => ({
    status: 422,
    ja: `画像が大きすぎます（${width} × ${height} ピクセル）。縦横とも ${MOST_PIXELS.toLocaleString('ja-JP')} ピクセル以下に縮小してください。`,
    en: `The picture is too large (${width} × ${height} pixels). Scale it to at most ${MOST_PIXELS} pixels on each side.`,
  }),
};
