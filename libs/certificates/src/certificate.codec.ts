import { codecOf } from '@app/event-sourcing';
import { z } from 'zod';
import { certificateKinds, type CertificateEvent } from './domain/certificate';

const by = { by: z.object({ id: z.string().min(1), name: z.string() }), at: z.iso.datetime() };
const date = z.iso.date();
const term = {
  certificateId: z.string().min(1),
  number: z.string(),
  body: z.string(),
  issuedOn: date.optional(),
  validFrom: date,
  validUntil: date,
};

/** Stored JSON to and from the events of `certificate-{id}`. */
export const certificateCodec = codecOf<CertificateEvent>('certificate', {
  CertificateRegistered: z.object({
    ...by,
    ...term,
    kind: z.enum(certificateKinds),
    name: z.string(),
    citedBy: z.array(z.object({ disclosureId: z.string(), itemKey: z.string() })),
  }),
  CertificateRenewed: z.object({ ...by, ...term }),
  CertificateWithdrawn: z.object({ ...by, certificateId: z.string().min(1), reason: z.string() }),
});
