import { commandAnswer, printedLine } from '@app/http/contract';
import { z } from 'zod';
import { certificateKinds } from './domain/certificate';

/** The shapes of this feature's HTTP answers and requests. OpenAPI and the web client's types are made from these. */

const date = z.iso.date();

/** An item of a disclosure that claims the certificate. */
export const citation = z.object({ disclosureId: z.string().min(1).max(100), itemKey: z.string().min(1).max(100) });

/** What is printed on the certificate for one term. Expiry is data; it is never computed from the issue. */
export const termView = z.object({
  number: z.string(),
  /** 審査登録機関 */
  body: z.string(),
  issuedOn: date.nullable(),
  validFrom: date,
  /** 有効期限: the last day on which it is valid. */
  validUntil: date,
  recordedAt: z.string(),
  recordedBy: z.object({ id: z.string(), name: z.string() }),
});

export const certificateView = z.object({
  id: z.string(),
  kind: z.enum(certificateKinds),
  name: z.string(),
  ...termView.pick({ number: true, body: true, issuedOn: true, validFrom: true, validUntil: true }).shape,
  citedBy: z.array(citation),
  /** As of today in the company's time zone. */
  status: z.enum(['notYetValid', 'valid', 'lapsed', 'withdrawn']),
  /** Until `validUntil`: 0 on the day itself, negative afterwards. */
  daysLeft: z.number().int(),
  /** Every term, the newest first: the registration and the renewals. */
  terms: z.array(termView),
  withdrawn: z
    .object({ reason: z.string(), at: z.string(), by: z.object({ id: z.string(), name: z.string() }) })
    .nullable(),
});
/** The one that lapses first comes first; those withdrawn come last. */
export const certificateList = z.object({ certificates: z.array(certificateView) });

export const registerCertificateBody = z.object({
  kind: z.enum(certificateKinds),
  name: printedLine,
  number: printedLine,
  body: printedLine,
  issuedOn: date.optional(),
  validFrom: date,
  validUntil: date,
  citedBy: z.array(citation).max(200).default([]),
});
/** What is left out stays as it was: the number and the body of a renewed certificate usually do. */
export const renewCertificateBody = z.object({
  number: printedLine.optional(),
  body: printedLine.optional(),
  issuedOn: date.optional(),
  validFrom: date,
  validUntil: date,
});
export const withdrawCertificateBody = z.object({ reason: z.string().trim().min(1).max(2000) });

export const certificateAnswer = commandAnswer.extend({ certificateId: z.string() });
