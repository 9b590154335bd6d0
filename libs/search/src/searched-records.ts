import { auditCodec, type AuditEvent } from '@app/audits';
import { certificateCodec, type CertificateEvent } from '@app/certificates';
import { disclosureCodec } from '@app/disclosures';
import type { StoredEvent } from '@app/event-sourcing';
import { viewProjection, type ReadModel } from '@app/projections';
import { normalised } from './normalised';

/** A certificate, an audit or an erratum, with all that was ever written of it. */
export type SearchedRecord = {
  readonly kind: 'certificate' | 'audit' | 'erratum';
  readonly id: string;
  /** '' for an erratum: it is called by its edition. */
  readonly title: string;
  readonly lines: readonly string[];
  /** Of an erratum. */
  readonly edition: { readonly disclosureId: string; readonly number: number } | null;
  /** What is searched: the title, and from the second line on the lines. */
  readonly sought: string;
};

/** What an event says of one of them. `title` null: as before. */
type Said = Pick<SearchedRecord, 'kind' | 'id' | 'lines' | 'edition'> & { readonly title: string | null };

export const SEARCHED_RECORDS = 'searched-records.v1';

const saidIn = (stored: StoredEvent): Said | undefined => {
  if (stored.stream.startsWith('certificate-')) return ofCertificate(certificateCodec.decode(stored));
  if (stored.stream.startsWith('audit-')) return ofAudit(auditCodec.decode(stored));
  if (stored.type !== 'EditionAnnotated' || !stored.stream.startsWith('disclosure-')) return undefined;
  const event = disclosureCodec.decode(stored);
  if (event.type !== 'EditionAnnotated') return undefined;
  const { annotationId, number, text, reason } = event.data;
  return {
    ...{ kind: 'erratum', id: annotationId, title: '', lines: [text, reason] },
    edition: { disclosureId: stored.stream.slice('disclosure-'.length), number },
  };
};

const ofCertificate = ({ type, data }: CertificateEvent): Said => {
  const said = { kind: 'certificate', id: data.certificateId, title: null, lines: [], edition: null } as const;
  switch (type) {
    case 'CertificateRegistered':
    case 'CertificateRenewed':
    case 'CertificateCorrected': {
      const lines = [data.number, data.body, data.standard ?? '', data.scope ?? ''];
      return { ...said, title: 'name' in data ? data.name : null, lines };
    }
    case 'EvidenceAttached':
      return { ...said, lines: [data.evidence.name] };
    case 'SurveillanceFailed':
    case 'CertificateWithdrawn':
      return { ...said, lines: [data.reason] };
    default:
      return said;
  }
};

const ofAudit = ({ type, data }: AuditEvent): Said => {
  const said = { kind: 'audit', id: data.auditId, title: null, lines: [], edition: null } as const;
  switch (type) {
    case 'AuditPlanned':
      return { ...said, title: data.name, lines: [data.lead ?? ''] };
    case 'AuditPerformed':
      return { ...said, lines: [data.note, ...data.followUps.map(({ text }) => text)] };
    case 'FollowUpClosed':
      return { ...said, lines: [data.note] };
    case 'EvidenceAttached':
      return { ...said, lines: [data.evidence.name] };
    case 'AuditRescheduled':
    case 'AuditSkipped':
    case 'AuditCancelled':
      return { ...said, lines: [data.reason] };
    default:
      return said;
  }
};

/** A record after an event. Pure. */
export const evolveRecord = (before: SearchedRecord | null, { title, lines, ...said }: Said): SearchedRecord => {
  const now = title ?? before?.title ?? '';
  const all = [...new Set([...(before?.lines ?? []), ...lines])].filter((line) => line.trim() !== '');
  const sought = [now, ...all].map((line) => normalised(line).text).join('\n');
  return { ...said, title: now, lines: all, sought };
};

export const searchedRecords: ReadModel = viewProjection<Said, SearchedRecord>({
  name: SEARCHED_RECORDS,
  decode: saidIn,
  keyOf: (stored) => {
    const said = saidIn(stored);
    return `${said?.kind}-${said?.id}`;
  },
  evolve: evolveRecord,
});
