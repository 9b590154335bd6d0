import type { Body } from '@app/content';
import { codecOf } from '@app/event-sourcing';
import { z } from 'zod';
import { officerRoles } from '@app/officers/domain/officer-role';
import { revisionCauseTypes, type DisclosureEvent, type Route } from './domain/disclosure';

const person = z.object({ id: z.string().min(1), name: z.string() });
const by = { by: person, at: z.iso.datetime() };
const date = z.iso.date();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const number = z.number().int().positive();
// Bodies were validated before they were stored; parsing them again on every read would only cost time.
const body = z.custom<Body>((value) => typeof value === 'object' && value !== null && 'content' in value);
const cause = z.object({ type: z.enum(revisionCauseTypes), note: z.string().optional() });
const issuer = z.object({
  name: z.string(),
  postalCode: z.string().optional(),
  address: z.string().optional(),
  tel: z.string().optional(),
  fax: z.string().optional(),
});
const part = z.object({
  number: z.string(),
  title: z.string(),
  items: z.array(z.object({ itemKey: z.string(), number, title: z.string(), body, bodyHash: hash })),
});
const quorum = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('any') }),
  z.object({ kind: z.literal('n'), n: number }),
]);
const meaning = z.enum(['review', 'approval']);
const step = z.object({ role: z.enum(officerRoles), meaning, quorum });
const route = z.array(step).min(1) as unknown as z.ZodType<Route>;
const signature = z.object({
  step: z.number().int(),
  signer: person,
  officer: z.object({ role: z.enum(officerRoles), name: z.string(), department: z.string(), title: z.string() }),
  meaning,
  contentHash: hash,
  at: z.iso.datetime(),
  timeZone: z.string(),
  reauthentication: z.literal('password'),
  comment: z.string().optional(),
});

/** Stored JSON to and from the events of `disclosure-{id}`. */
export const disclosureCodec = codecOf<DisclosureEvent>('disclosure', {
  DisclosureRegistered: z.object({
    ...by,
    disclosureId: z.string(),
    service: z.string(),
    serviceName: z.string(),
    title: z.string(),
    issuer,
  }),
  DisclosureImported: z.object({
    ...by,
    source: z.object({
      fileName: z.string(),
      sha256: hash,
      byteSize: z.number().int(),
      mediaType: z.string(),
      encoding: z.string(),
    }),
    parts: z.array(part),
    editions: z.array(z.object({ number, issuedOn: date, historyText: z.string() })),
    edition: z.object({ number, issuedOn: date }),
    anomalies: z.array(z.object({ code: z.string(), line: z.number().int(), message: z.string() })),
  }),
  RevisionStarted: z.object({ ...by, revisionId: z.string(), editionNumber: number, causes: z.array(cause) }),
  ItemRevised: z.object({ ...by, itemKey: z.string(), body, bodyHash: hash, basedOn: hash }),
  RevisionDescribed: z.object({ ...by, historyText: z.string(), causes: z.array(cause) }),
  FindingWaived: z.object({ ...by, findingId: z.string(), reason: z.string() }),
  SubmittedForReview: z.object({
    ...by,
    revisionId: z.string(),
    route,
    itemHashes: z.record(z.string(), hash),
    contentHash: hash,
  }),
  StepSigned: z.object({ ...by, revisionId: z.string(), signature }),
  StepCompleted: z.object({ ...by, revisionId: z.string(), step: z.number().int() }),
  RevisionApproved: z.object({ ...by, revisionId: z.string(), contentHash: hash }),
  ReturnedForChanges: z.object({ ...by, revisionId: z.string(), step: z.number().int(), reason: z.string() }),
  Recalled: z.object({ ...by, revisionId: z.string() }),
  Rejected: z.object({ ...by, revisionId: z.string(), reason: z.string() }),
  Withdrawn: z.object({ ...by, revisionId: z.string() }),
  EditionPublished: z.object({
    ...by,
    revisionId: z.string(),
    number,
    issuedOn: date,
    effectiveOn: date,
    reasonForPastDate: z.string().optional(),
    contentHash: hash,
    historyText: z.string(),
    causes: z.array(cause),
    signatures: z.array(signature),
  }),
});
