import { createHash } from 'node:crypto';
import { PublishedEdition, PublishedServices, type EditionView } from '@app/disclosures';
import { problemOf, Public, readRawBody, type RequestWithSession } from '@app/http';
import { recordedKeys, sealedHead } from '@app/sealing';
import { Controller, Get, HttpCode, HttpException, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { DataSource } from 'typeorm';
import { editionNumber } from '../edition-number';
import { EditionPdfs, type GivenOut } from '../edition-pdfs';
import { readFace } from '../portal/face';
import { formPolicy, sendPage } from '../portal/send-page';
import { notFoundPage } from '../portal/portal-pages';
import { stylesheet } from '../portal/stylesheet';
import { filesIn } from './multipart';
import { comparedWithOwn } from './own-edition';
import { reportOf, whyNotVerified } from './report';
import { Turns } from './turns';
import { VERIFIER_URL } from './verifier-url';
import { verifyFile, type FileVerification } from './verify-file';
import { refusedUploadPage, reportPage, verifyPage, type Published } from './verify-pages';

/** Certificates (DER) of the roots to which a time stamp has to lead; null where it stays open who signed it. */
export const TIME_STAMP_ROOTS = Symbol('TIME_STAMP_ROOTS');

/** Injected: how long a client may take to send its files, in milliseconds. */
export const SENDING_TIME = Symbol('SENDING_TIME');

const MAX_FILE = 30 * 1024 * 1024;
const MAX_PROOF = 10 * 1024 * 1024;

/** `/verify`: anybody may have a PDF checked. Files are looked at in a bounded process and kept nowhere. */
@ApiExcludeController()
@Controller('verify')
export class VerifyController {
  /** A file is up to 30 MB and a reader of it up to 900: two at a time. */
  private readonly turns = new Turns(2, 6);
  /** Counted by itself: who sends slowly keeps nobody from being looked at. */
  private readonly sending = new Turns(8, 8);

  constructor(
    private readonly queries: QueryBus,
    private readonly pdfs: EditionPdfs,
    private readonly dataSource: DataSource,
    @Inject(TIME_STAMP_ROOTS) private readonly timeStampRoots: readonly Uint8Array[] | null,
    @Inject(VERIFIER_URL) private readonly verifier: string | null,
    @Inject(SENDING_TIME) private readonly sendingTime: number,
  ) {}

  @Get()
  @Public()
  async form(@Req() request: Request, @Res() response: Response): Promise<void> {
    const head = await sealedHead(this.dataSource);
    sendPage(response, 200, verifyPage(stylesheet, readFace(request, response), null, head, this.verifier), formPolicy);
  }

  /** Where the PDF of an edition leads: with what a reader of a printed copy compares. */
  @Get(':service/:number')
  @Public()
  async ofEdition(
    @Param('service') service: string,
    @Param('number') number: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const face = readFace(request, response);
    const wanted = editionNumber(number);
    const edition: EditionView | null =
      wanted === null ? null : await this.queries.execute(new PublishedEdition({ service }, wanted));
    if (edition === null) return sendPage(response, 404, notFoundPage(stylesheet, face));
    const head = await sealedHead(this.dataSource);
    sendPage(response, 200, verifyPage(stylesheet, face, edition, head, this.verifier), formPolicy);
  }

  @Post()
  @HttpCode(200)
  @Public()
  async verify(@Req() request: RequestWithSession, @Res() response: Response): Promise<void> {
    const face = readFace(request, response);
    const asJson = request.accepts(['html', 'json']) === 'json';
    const refuse = (status: number, text: { readonly ja: string; readonly en: string }): void => {
      if (asJson) throw problemOf('NotVerified', { status, ...text });
      sendPage(response, status, refusedUploadPage(stylesheet, face, text[face.language]), formPolicy);
    };
    const busy = (): void => {
      request.resume();
      response.set('retry-after', '30');
      refuse(503, {
        ja: '検証が混み合っています。30秒ほど待ってから、もう一度お試しください。',
        en: 'Too many files are being verified. Try again in half a minute.',
      });
    };
    const files = await this.sending.take(() => this.filesOf(request));
    if (files === 'busy') return busy();
    if ('status' in files) return refuse(files.status, files);
    const answer = await this.turns.take(async () => {
      const keys = [...(await recordedKeys(this.dataSource)).keys()];
      try {
        const proof = files.proof?.toString('utf8');
        const verified = await verifyFile(files.pdf, {
          proof,
          keys,
          timeStampRoots: this.timeStampRoots ?? undefined,
          printAgain: false,
        });
        const { found, givenOut, own } = await this.compared(files.pdf, verified, request.publicUrl);
        if (asJson) {
          const { level, findings } = found;
          response.set('cache-control', 'no-store').json({
            format: 'kaijisho.verification.v1',
            level,
            findings,
            givenOut: givenOut === 'same',
            report: reportOf(found, 'ja', givenOut),
          });
          return;
        }
        const sha256 = createHash('sha256').update(files.pdf).digest('hex');
        const page = reportPage(stylesheet, face, reportOf(found, face.language, givenOut), {
          ...{ level: found.level, givenOut, sha256, published: own && (await this.published(own)) },
        });
        sendPage(response, 200, page, formPolicy, 'no-store');
      } catch (error) {
        const why = whyNotVerified(error);
        if (why === null) throw error;
        refuse(422, why);
      }
    });
    if (answer === 'busy') busy();
  }

  /** What was found in the file itself, and in which the file is not what was published here. */
  private async compared(
    bytes: Uint8Array,
    verified: FileVerification,
    publicUrl: string | undefined,
  ): Promise<{ readonly found: FileVerification; readonly givenOut: GivenOut; readonly own: EditionView | null }> {
    const { edition, printing } = verified;
    const number = edition && editionNumber(String(edition.number));
    // No such name or number is one of ours, and the database would not take it.
    if (!edition || number === null || edition.disclosureId.includes('\0'))
      return { found: comparedWithOwn(verified, null), givenOut: 'none', own: null };
    const { disclosureId } = edition;
    const own: EditionView | null = await this.queries.execute(new PublishedEdition({ disclosureId }, number));
    const givenOut = await this.pdfs.givenOut(bytes, edition, printing?.layout ?? 'a4');
    if (givenOut === 'same') return { found: verified, givenOut, own };
    if (own === null) return { found: comparedWithOwn(verified, null), givenOut, own };
    const surroundings = await this.pdfs.surroundings(own, publicUrl);
    return { found: comparedWithOwn(verified, { edition: own, surroundings }), givenOut, own };
  }

  private async published(edition: EditionView): Promise<Published | null> {
    const services = await this.queries.execute(new PublishedServices(edition.service));
    const service = services.find((one) => one.service === edition.service);
    return service === undefined ? null : { edition, service };
  }

  private async filesOf(
    request: Request,
  ): Promise<
    | { readonly pdf: Buffer; readonly proof: Buffer | undefined }
    | { readonly status: number; readonly ja: string; readonly en: string }
  > {
    const tooLarge = {
      status: 413,
      ja: `30 MB を超えるファイルは検証できません。${this.verifier === null ? '発行者' : ` ${this.verifier} `}から受け取ったプログラム kaijisho で検証してください。`,
      en: `A file of more than 30 MB cannot be verified here. Verify it with the program kaijisho, from ${this.verifier ?? 'the issuer'}.`,
    };
    const type = request.header('content-type') ?? '';
    let body: Buffer;
    const late = AbortSignal.timeout(this.sendingTime);
    try {
      body = await readRawBody(request, MAX_FILE + MAX_PROOF, late);
    } catch (error) {
      if (late.aborted)
        return {
          status: 408,
          ja: 'ファイルの送信に時間がかかりすぎたため、受け取りを中止しました。通信環境のよいところで、もう一度お試しください。',
          en: 'Sending the file took too long, so it was not received. Try again on a faster connection.',
        };
      if (error instanceof HttpException && error.getStatus() === 413) return tooLarge;
      throw error;
    }
    const files = type.startsWith('application/pdf') ? new Map([['pdf', body]]) : filesIn(body, type);
    const [pdf, proof] = [files?.get('pdf'), files?.get('proof')];
    if (!pdf || pdf.length === 0)
      return {
        status: 400,
        ja: '検証するPDFが選ばれていません。ファイルを選んでから「検証する」を押してください。',
        en: 'No PDF was sent. Choose a file first; a program sends it as the field “pdf” of multipart/form-data, or as application/pdf.',
      };
    return pdf.length > MAX_FILE || (proof?.length ?? 0) > MAX_PROOF ? tooLarge : { pdf, proof };
  }
}
