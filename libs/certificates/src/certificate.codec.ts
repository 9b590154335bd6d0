import { codecOf } from '@app/event-sourcing';
import { officerRoles } from '@app/officers/domain/officer-role';
import { z } from 'zod';
import { certificateAudits, type CertificateEvent } from './domain/certificate';

const common = {
  by: z.object({ id: z.string().min(1), name: z.string() }),
  at: z.iso.datetime(),
  certificateId: z.string().min(1),
};
const date = z.iso.date();
const term = {
  number: z.string(),
  body: z.string(),
  standard: z.string().optional(),
  scope: z.string().optional(),
  issuedOn: date.optional(),
  validFrom: date,
  validUntil: date,
};
const citedBy = z.array(z.object({ disclosureId: z.string(), itemKey: z.string() }));
const responsible = z.union([z.object({ officer: z.enum(officerRoles) }), z.object({ user: z.string().min(1) })]);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const evidence = z.object({ sha256, name: z.string(), mediaType: z.string(), byteSize: z.number().int() });

const audit = z.enum(certificateAudits);
/** Shape 1 knew the surveillance audit alone. */
const ofAudit = <T extends z.ZodType>(shape: T) =>
  z.preprocess(
    (stored) => (typeof stored === 'object' && stored !== null ? { audit: 'surveillance', ...stored } : stored),
    shape,
  );

/** Stored JSON to and from the events of `certificate-{id}`. */
export const certificateCodec = codecOf<CertificateEvent>(
  'certificate',
  {
    CertificateRegistered: z.object({
      ...common,
      ...term,
      kind: z.string().min(1),
      name: z.string(),
      citedBy,
      responsible: responsible.optional(),
    }),
    CertificateRenewed: z.object({ ...common, ...term }),
    CertificateCorrected: z.object({ ...common, ...term, name: z.string(), reason: z.string() }),
    CertificateCited: z.object({ ...common, citedBy }),
    ResponsibleNamed: z.object({ ...common, responsible: responsible.nullable() }),
    EvidenceAttached: z.object({ ...common, evidence }),
    EvidenceRemoved: z.object({ ...common, sha256, reason: z.string() }),
    RenewalFiled: z.object({ ...common, filedOn: date }),
    RenewalFilingTakenBack: z.object({ ...common, filedOn: date, reason: z.string() }),
    SurveillancePlanned: ofAudit(z.object({ ...common, audit, dueOn: date })),
    SurveillancePassed: ofAudit(z.object({ ...common, audit, dueOn: date, on: date, nextDueOn: date.optional() })),
    SurveillanceFailed: ofAudit(z.object({ ...common, audit, dueOn: date, on: date, reason: z.string() })),
    CertificateLapsed: z.object({ ...common, validUntil: date, on: date }),
    CertificateWithdrawn: z.object({ ...common, reason: z.string() }),
  },
  { SurveillancePlanned: 2, SurveillancePassed: 2, SurveillanceFailed: 2 },
);
