import type { EditionView } from '@app/disclosures';
import type { Response } from 'express';
import type { EditionPdf } from './edition-pdfs';

/** Answers with the PDF, to be shown in the browser and saved under a name that says what it is. */
export const sendPdf = (response: Response, { service, number }: EditionView, { key, bytes }: EditionPdf): void => {
  const name = `${service}-edition-${number}.pdf`;
  const plain = name.replace(/[^\w.-]/g, '_');
  response
    .set({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'x-content-type-options': 'nosniff',
      etag: `"${key}"`,
    })
    .send(Buffer.from(bytes));
};
