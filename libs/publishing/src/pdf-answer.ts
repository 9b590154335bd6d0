import type { EditionView } from '@app/disclosures';
import type { Response } from 'express';
import type { EditionPdf } from './edition-pdfs';
import type { Layout } from './pdf/print-document';
import { publicHeaders } from './portal/send-page';

/** Answers with the PDF, to be shown in the browser and saved under a name that says what it is. */
export const sendPdf = (
  response: Response,
  { service, number }: EditionView,
  layout: Layout,
  { sha256, bytes }: EditionPdf,
): void => {
  const name = `${service}-edition-${number}${layout === 'a4' ? '' : '-16x9'}.pdf`;
  const plain = name.replace(/[^\w.-]/g, '_');
  response
    .set({
      ...publicHeaders,
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      etag: `"${sha256}"`,
    })
    .send(Buffer.from(bytes));
};
