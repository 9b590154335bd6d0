import type { Body } from '@app/content';
import { codecOf } from '@app/event-sourcing';
import { z } from 'zod';
import { officerRoles } from '@app/officers/domain/officer-role';
import { meaningSchema, routeSchema } from '@app/routes/route.schema';
import { revisionCauseTypes, type DisclosureEvent } from './domain/disclosure';
import { capacities } from './domain/signature';
import { routeOf, signatureOf } from './older-shapes';

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
const officer = z.object({
  role: z.enum(officerRoles).nullable(),
  name: z.string(),
  department: z.string(),
  title: z.string(),
});
const onBehalfOf = z.object({
  person,
  officer,
  deputation: z.object({
    id: z.string(),
    from: date,
    until: date,
    scope: z
      .object({
        roles: z.union([z.literal('all'), z.array(z.enum(officerRoles))]),
        disclosureIds: z.union([z.literal('all'), z.array(z.string())]),
      })
      .optional(),
  }),
});
const step = z.number().int().min(0);
const signature = z.preprocess(
  signatureOf,
  z.object({
    step,
    signer: person,
    officer,
    capacity: z.enum(capacities),
    onBehalfOf: onBehalfOf.nullable(),
    meaning: meaningSchema,
    statement: z.string().nullable(),
    contentHash: hash,
    coverageHash: hash,
    at: z.iso.datetime(),
    timeZone: z.string(),
    reauthentication: z.literal('password'),
    comment: z.string().optional(),
  }),
);
const postReview = z.object({
  step,
  reader: person,
  officer,
  capacity: z.enum(capacities),
  onBehalfOf: onBehalfOf.nullable(),
  statement: z.string(),
  contentHash: hash,
  at: z.iso.datetime(),
  comment: z.string().optional(),
});
const waivers = z.array(z.object({ findingId: z.string(), itemKey: z.string(), reason: z.string() })).default([]);
const revision = { ...by, revisionId: z.string() };

/** Stored JSON to and from the events of `disclosure-{id}`. */
export const disclosureCodec = codecOf<DisclosureEvent>(
  'disclosure',
  {
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
      anomalies: z.array(
        z.object({
          code: z.string(),
          line: z.number().int(),
          message: z.string(),
          itemKey: z.string().optional(),
        }),
      ),
    }),
    RevisionStarted: z.object({ ...by, revisionId: z.string(), editionNumber: number, causes: z.array(cause) }),
    ItemRevised: z.object({
      ...by,
      itemKey: z.string(),
      body,
      bodyHash: hash,
      basedOn: hash,
      restoredFrom: number.optional(),
      fromFile: z.object({ fileName: z.string(), sha256: hash }).optional(),
      writers: z.array(person).optional(),
    }),
    RevisionDescribed: z.object({ ...by, historyText: z.string(), causes: z.array(cause) }),
    FindingWaived: z.object({ ...by, findingId: z.string(), reason: z.string() }),
    SubmittedForReview: z.object({
      ...by,
      revisionId: z.string(),
      route: z.preprocess(routeOf, routeSchema),
      itemHashes: z.record(z.string(), hash),
      contentHash: hash,
      waivers,
      carriedOver: z.array(signature).default([]),
    }),
    StepSigned: z.object({ ...revision, signature }),
    StepCompleted: z.object({
      ...revision,
      step,
      becauseOthersLeft: z.object({ on: date, signatories: z.array(person) }).optional(),
    }),
    RevisionApproved: z.object({ ...revision, contentHash: hash }),
    ReturnedForChanges: z.object({ ...revision, step, reason: z.string() }),
    ReturnedToStep: z.object({ ...revision, from: step, to: step, reason: z.string() }),
    SignatoryReassigned: z.object({ ...revision, step, from: person, to: person, reason: z.string() }),
    PostReviewed: z.object({ ...revision, editionNumber: number, postReview }),
    CommentAdded: z.object({
      ...revision,
      commentId: z.string().min(1),
      itemKey: z.string(),
      quote: z.string().nullable(),
      text: z.string(),
      mentions: z.array(z.string()),
      replyTo: z.string().nullable(),
    }),
    CommentResolved: z.object({ ...revision, commentId: z.string() }),
    CommentReopened: z.object({ ...revision, commentId: z.string() }),
    Recalled: z.object(revision),
    Rejected: z.object({ ...revision, reason: z.string() }),
    Withdrawn: z.object({ ...revision, reason: z.string().optional() }),
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
      waivers,
      signatures: z.array(signature),
      postReviews: z.array(postReview).optional(),
      scheduled: z.object({ ...by, publishAt: z.iso.datetime(), effectiveOn: date }).optional(),
    }),
    PublicationScheduled: z.object({ ...revision, publishAt: z.iso.datetime(), effectiveOn: date }),
    PublicationCancelled: z.object({ ...revision, reason: z.string() }),
    EditionAnnotated: z.object({
      ...by,
      annotationId: z.string().min(1),
      number,
      itemKey: z.string().nullable(),
      text: z.string(),
      reason: z.string(),
      officer,
    }),
    DisclosureRetired: z.object({ ...by, reason: z.string(), on: date, officer }),
  },
  { ItemRevised: 3, SubmittedForReview: 3, StepSigned: 3, PostReviewed: 2, EditionPublished: 3 },
);
