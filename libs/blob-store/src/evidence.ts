import { problem, problemOf, problemTextOf, readRawBody, type ProblemTexts } from '@app/http';
import type { Request, Response } from 'express';
import type { BlobStore } from './blob-store';
import type { Evidence } from './domain/evidence';
import { readEvidence, servedAs, type NotEvidence } from './evidence-file';

const MOST_BYTES = 20 * 1024 * 1024;

/**
 * Takes a request's bytes into the blob store: any file of at most 20 MB that is not a program.
 *
 * @param isWanted asked before anything is stored: whether there is something that the file is evidence of
 * @throws problems that say what is wrong with the file
 */
export const takeEvidence = async (
  blobs: BlobStore,
  request: Request,
  fileName: string,
  isWanted: () => Promise<boolean>,
): Promise<Evidence> => {
  const bytes = await readRawBody(request, MOST_BYTES);
  const file = readEvidence(bytes, fileName, request.headers['content-type'] ?? '');
  if ('type' in file) {
    const { type, ...detail } = file;
    throw problemOf(type, problemTextOf(file, refusals), detail);
  }
  if (!(await isWanted())) throw problem('NotFound');
  // Under a figure's address the same bytes would be served as what is noted here.
  return { ...file, ...(await blobs.put(bytes, servedAs(file.mediaType))) };
};

/** Hands a file over, to be kept and not shown: whatever is in it, this site's pages never run it. */
export const sendEvidence = async (
  blobs: BlobStore,
  evidence: Evidence | undefined,
  response: Response,
): Promise<void> => {
  const blob = evidence === undefined ? null : await blobs.get(evidence.sha256);
  if (evidence === undefined || blob === null) throw problem('NotFound');
  response
    .set({
      'content-type': servedAs(evidence.mediaType),
      'content-disposition': `attachment; filename="evidence"; filename*=UTF-8''${headerEncoded(evidence.name)}`,
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      etag: `"${evidence.sha256}"`,
    })
    .send(Buffer.from(blob.bytes));
};

/** RFC 8187: what `encodeURIComponent` leaves alone and a header may not have. */
const headerEncoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

const refusals: ProblemTexts<NotEvidence> = {
  EmptyFile: {
    status: 422,
    ja: 'ファイルが空です。元のファイルを開いて内容を確かめ、もう一度選んでください。',
    en: 'The file is empty. Open the original, look at it, and choose it again.',
  },
  ExecutableFile: {
    status: 415,
    ja: 'プログラムやスクリプトは証憑として登録できません。PDF などの文書を選んでください。',
    en: 'Programs and scripts are not taken as evidence. Choose a document, such as a PDF.',
  },
  NotWhatItClaims: ({ claimed }) => ({
    status: 415,
    ja: `ファイルの内容が、名前や形式の指定（${claimed}）と違います。元のソフトウェアで保存し直し、もう一度選んでください。`,
    en: `The file is not what its name or type says (${claimed}). Save it again with the software it is from, and choose it again.`,
  }),
};
