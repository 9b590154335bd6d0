import { Allowed, Answers, AnyoneSignedIn, problem, problemOf, readRawBody, type ProblemTexts } from '@app/http';
import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { BLOB_STORE, type BlobStore } from './blob-store';
import { figureAnswer, type FigureAnswer } from './contract';
import { FIGURE_POLICY, isPictureType, MOST_MEGAPIXELS, MOST_PIXELS, takePicture, type NotAPicture } from './picture';
import type { NotAnSvg } from './svg';

const MOST_BYTES = 5 * 1024 * 1024;

@Controller('api/figures')
export class FiguresController {
  constructor(@Inject(BLOB_STORE) private readonly blobs: BlobStore) {}

  @Post()
  @HttpCode(201)
  @Allowed('drafter', 'administrator')
  @ApiConsumes('image/png', 'image/jpeg', 'image/svg+xml')
  @Answers(figureAnswer, 201)
  async take(@Req() request: Request): Promise<FigureAnswer> {
    const picture = takePicture(await readRawBody(request, MOST_BYTES));
    if ('type' in picture) throw refusal(picture);
    const { bytes, mediaType, width, height, removed } = picture;
    return { mediaType, width, height, removed: [...removed], ...(await this.blobs.put(bytes, mediaType)) };
  }

  /** The bytes under a hash never change, so a browser may keep them for ever; but only that of who is signed in. */
  @Get(':sha256')
  @AnyoneSignedIn()
  async show(@Param('sha256') sha256: string, @Res() response: Response): Promise<void> {
    const blob = /^[0-9a-f]{64}$/.test(sha256) ? await this.blobs.get(sha256) : null;
    if (blob === null) throw problem('NotFound');
    response
      .set({
        'content-type': blob.mediaType,
        'content-disposition': isPictureType(blob.mediaType) ? 'inline' : 'attachment',
        'cache-control': 'private, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'content-security-policy': FIGURE_POLICY,
        etag: `"${sha256}"`,
      })
      .send(Buffer.from(blob.bytes));
  }
}

type Refusal = NotAPicture | NotAnSvg;

const refusal = (why: Refusal) => {
  const { type, ...detail } = why;
  const text = refusals[type];
  return problemOf(type, typeof text === 'function' ? text(why as never) : text, detail);
};

const refusals: ProblemTexts<Refusal> = {
  NotAPicture: {
    status: 415,
    ja: 'このファイルは、PNG、JPEG、SVG のどの画像でもありません。どれかに変換して、もう一度選んでください。',
    en: 'This file is no PNG, JPEG or SVG. Convert it to one of these and choose it again.',
  },
  BrokenPicture: {
    status: 422,
    ja: '画像ファイルが壊れているか、途中までしかありません。元のファイルを開いて保存し直し、もう一度選んでください。',
    en: 'The picture is broken or incomplete. Open the original, save it again, and choose it again.',
  },
  PictureTooLarge: ({ width, height }) => ({
    status: 422,
    ja: `画像が大きすぎます（${width} × ${height} ピクセル）。縦横とも ${MOST_PIXELS.toLocaleString('ja-JP')} ピクセル以下、全体で ${MOST_MEGAPIXELS * 100} 万画素以下に縮小してください。`,
    en: `The picture is too large (${width} × ${height} pixels). Scale it to at most ${MOST_PIXELS} pixels on each side and ${MOST_MEGAPIXELS} megapixels in all.`,
  }),
  UnsafeSvg: ({ found }) => ({
    status: 422,
    ja: `この SVG には、ほかのファイルや画像、HTML などを呼び込む部分（${found}）があり、このままでは図にできません。元のソフトウェアで、文字と図形だけの SVG（または PNG）として書き出し、もう一度選んでください。`,
    en: `This SVG has a part that brings in another file, a picture or HTML (${found}), so it cannot be a figure as it is. Export it as an SVG of shapes and text only, or as a PNG, and choose it again.`,
  }),
  SvgTooComplex: {
    status: 422,
    ja: 'この SVG は部品が多すぎるか、部品どうしの参照が終わりません。PNG として書き出し、もう一度選んでください。',
    en: 'This SVG has too many parts, or parts that refer to each other without end. Export it as a PNG and choose it again.',
  },
};
