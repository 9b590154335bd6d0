import { evidenceView } from '@app/blob-store/contract';
import { matters } from '@app/calendar';
import { commandAnswer, printedLine } from '@app/http/contract';
import { officerRoles } from '@app/officers/domain/officer-role';
import { z } from 'zod';
import { certificateAudits } from './domain/certificate';

/** The shapes of this feature's HTTP answers and requests. OpenAPI and the web client's types are made from these. */

const date = z.iso.date();
const person = z.object({ id: z.string(), name: z.string() });
const reason = z.string().trim().min(1).max(2000);
/** The key of a kind of certificate: `isms`, `privacyMark`, `ismap`, `other`, or one that an administrator has added. */
const kind = z.string().trim().min(1).max(60);

/** An item of a disclosure that claims the certificate. */
export const citation = z.object({ disclosureId: z.string().min(1).max(100), itemKey: z.string().min(1).max(100) });
const citedBy = z.array(citation).max(200);

/** Who sees to it: whoever holds the office on that day, or one user. */
export const responsible = z.union([
  z.object({ officer: z.enum(officerRoles) }),
  z.object({ user: z.string().min(1).max(100) }),
]);

/** What is printed on the certificate for one term. Expiry is data; it is never computed from the issue. */
export const termView = z.object({
  number: z.string(),
  /** 審査・登録機関 */
  body: z.string(),
  /** 規格の版, e.g. `ISO/IEC 27001:2022 / JIS Q 27001:2023`. */
  standard: z.string().nullable(),
  /** 登録範囲 */
  scope: z.string().nullable(),
  issuedOn: date.nullable(),
  validFrom: date,
  /** 有効期限: the last day on which it is valid. */
  validUntil: date,
  recordedAt: z.string(),
  recordedBy: person,
});

/** Where a term is today: `next` has not begun, `current` is the one that is running or was the last to run. */
export const termPhases = ['next', 'current', 'past'] as const;

/** What of it falls due: `daysLeft` is 0 on the day itself, negative afterwards. */
export const dueView = z.object({ matter: z.enum(matters), dueOn: date, daysLeft: z.number().int() });

/** One thing that happened, named as the event is. Which of the fields are there depends on that. */
export const certificateHistoryEntry = z.object({
  type: z.enum([
    'CertificateRegistered',
    'CertificateRenewed',
    'CertificateCorrected',
    'CertificateCited',
    'ResponsibleNamed',
    'EvidenceAttached',
    'EvidenceRemoved',
    'RenewalFiled',
    'RenewalFilingTakenBack',
    'SurveillancePlanned',
    'SurveillancePassed',
    'SurveillanceFailed',
    'CertificateLapsed',
    'CertificateWithdrawn',
  ]),
  at: z.string(),
  by: person,
  /** Which of its audits it is about: 維持審査 or 更新審査. */
  audit: z.enum(certificateAudits).nullable(),
  /** The day on which it took place: the application, the audit. */
  on: date.nullable(),
  /** The day it is about: the expiry, the day by which the audit was to be passed. */
  dueOn: date.nullable(),
  /** The reason given, or the name of the file. */
  text: z.string().nullable(),
});

const plannedAudit = z.object({ dueOn: date, failed: z.object({ on: date, reason: z.string() }).nullable() });

export const certificateView = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  ...termView.omit({ recordedAt: true, recordedBy: true }).shape,
  citedBy: z.array(citation),
  responsible: responsible.nullable(),
  /**
   * As of today in the company's time zone. `renewalPending`: its term has ended, and it stays valid while the renewal that
   * was filed in time is being decided (ISMAP).
   */
  status: z.enum(['notYetValid', 'valid', 'renewalPending', 'lapsed', 'withdrawn']),
  /** Until `validUntil`: 0 on the day itself, negative afterwards. */
  daysLeft: z.number().int(),
  /** Everything of it that falls due, the first first. */
  deadlines: z.array(dueView),
  /** プライバシーマーク: when the renewal may be applied for; null for the other kinds. */
  applicationWindow: z.object({ from: date, until: date }).nullable(),
  /** When the renewal of the present term was applied for. */
  filedOn: date.nullable(),
  /** The surveillance audit (維持審査) that is to be passed next. */
  surveillance: plannedAudit.nullable(),
  /** The renewal audit (更新審査) that is to be passed. */
  renewalAudit: plannedAudit.nullable(),
  /** The newest last. */
  evidence: z.array(evidenceView),
  /** Every term, the newest first: the registration and the renewals. */
  terms: z.array(termView.extend({ phase: z.enum(termPhases) })),
  withdrawn: z.object({ reason: z.string(), at: z.string(), by: person }).nullable(),
  /** Everything that happened, the newest first. */
  history: z.array(certificateHistoryEntry),
});
/** `after`: `next` of the page before; left out: from the beginning. */
export const certificatesQuery = z.object({
  after: z.string().max(200).optional(),
  size: z.coerce.number().int().min(1).max(200).default(100),
});
/** The one that lapses first comes first; those withdrawn come last. `next`: where the next page begins; null: that was all. */
export const certificateList = z.object({ certificates: z.array(certificateView), next: z.string().nullable() });

export const registerCertificateBody = z.object({
  kind,
  name: printedLine,
  number: printedLine,
  body: printedLine,
  standard: printedLine.optional(),
  scope: reason.optional(),
  issuedOn: date.optional(),
  validFrom: date,
  validUntil: date,
  citedBy: citedBy.default([]),
  responsible: responsible.optional(),
});
/** What is left out stays as it was: the number and the body of a renewed certificate usually do. */
export const renewCertificateBody = z.object({
  number: printedLine.optional(),
  body: printedLine.optional(),
  standard: printedLine.optional(),
  scope: reason.optional(),
  issuedOn: date.optional(),
  validFrom: date,
  validUntil: date,
});
/** Something was mistyped. What is left out stays as it was. */
export const correctCertificateBody = z.object({
  ...renewCertificateBody.partial().shape,
  name: printedLine.optional(),
  reason,
});
export const citeCertificateBody = z.object({ citedBy });
export const nameResponsibleBody = z.object({ responsible: responsible.nullable() });
export const fileRenewalBody = z.object({ filedOn: date });
export const takeBackFilingBody = z.object({ reason });
/** Left out: 維持審査. */
const audit = z.enum(certificateAudits).default('surveillance');
export const planSurveillanceBody = z.object({ audit, dueOn: date });
export const passSurveillanceBody = z.object({ audit, on: date, nextDueOn: date.optional() });
export const failSurveillanceBody = z.object({ audit, on: date, reason });
export const withdrawCertificateBody = z.object({ reason });

export const certificateAnswer = commandAnswer.extend({ certificateId: z.string() });

/** A disclosure that cites the certificate, and what of it. */
export const citingDisclosure = z.object({
  disclosureId: z.string(),
  /** The public name, and the name that is printed. */
  service: z.string(),
  serviceName: z.string(),
  /** The edition that is being written, or null: then a revision can be started. */
  openEdition: z.number().int().nullable(),
  /** How far it is: only while it is `drafting` its text can be changed. Null: there is none. */
  openStatus: z.enum(['drafting', 'inReview', 'approved']).nullable(),
  items: z.array(z.object({ itemKey: z.string(), label: z.string() })),
});
/** After a renewal: what has to be revised, because it still speaks of the term before. */
export const renewalAnswer = certificateAnswer.extend({ citing: z.array(citingDisclosure) });

/** Whose revision is to be started; without it, every disclosure that cites the certificate. */
export const startRevisionsBody = z.object({ disclosureIds: z.array(z.string().min(1).max(100)).max(200).optional() });
export const startedRevisions = z.object({
  /** Of the last one, as in the answer to any command; null when none was started. */
  position: z.string().nullable(),
  started: z.array(z.object({ disclosureId: z.string(), serviceName: z.string() })),
  /** Where none was started, and why. */
  refused: z.array(z.object({ disclosureId: z.string(), serviceName: z.string(), ja: z.string(), en: z.string() })),
});
export const citingDisclosures = z.object({ citing: z.array(citingDisclosure) });
