import { inJapanese, localDateOf, type Deadline, type DeadlineSubject, type Matter } from '@app/calendar';
import { certificateStream } from './certificate-stream';
import { applicationWindow } from './domain/application-window';
import {
  certificateAudits,
  isBeingDecided,
  staysValidWhileFiled,
  type Certificate,
  type CertificateAudit,
} from './domain/certificate';

/**
 * What of a certificate falls due: the end of its term, the end of プライバシーマーク's application window until the renewal was
 * filed, and the audits that are planned. The ladder of the term is that of the certificate's kind; of one that stays valid
 * while its renewal is decided it is the decision that is asked for, gently, so that it is not forgotten either.
 */
export const certificateDeadlines = (state: Certificate): readonly Deadline[] => {
  if (state.status !== 'Registered') return [];
  const { id, kind, term, filedOn, audits } = state;
  const subject = certificateStream(id);
  const filed = filedOn !== null;
  const knownOn = localDateOf(state.knownSince);
  const filingKnownOn = localDateOf(state.filingKnownSince);
  const ofTerm = { subject, dueOn: term.validUntil };
  return [
    isBeingDecided(state)
      ? { ...ofTerm, matter: 'decision', ladder: 'renewalDecision', knownOn: filingKnownOn }
      : { ...ofTerm, matter: 'renewal', ladder: kind, knownOn: staysValidWhileFiled(kind) ? filingKnownOn : knownOn },
    ...(kind === 'privacyMark' && !filed
      ? [
          {
            ...({ subject, matter: 'application', ladder: 'privacyMarkApplication', knownOn: filingKnownOn } as const),
            dueOn: applicationWindow(term.validUntil).until,
          },
        ]
      : []),
    ...certificateAudits.flatMap((audit) => {
      const planned = audits[audit];
      if (planned === null) return [];
      const { dueOn, knownSince } = planned;
      return [{ subject, matter: matterOf[audit], ladder: 'surveillance', dueOn, knownOn: localDateOf(knownSince) }];
    }),
  ];
};

const matterOf: Record<CertificateAudit, Matter> = { surveillance: 'surveillance', renewal: 'renewalAudit' };

/** The certificate in words, for who is reminded of it; null when there is none. */
export const certificateSubject = (state: Certificate): DeadlineSubject | null => {
  if (state.status === 'NotRegistered') return null;
  const { id, name, term, citedBy, responsible, filedOn } = state;
  const pending = filedOn !== null && isBeingDecided(state) ? `、更新申請 ${inJapanese(filedOn)}（審査中）` : '';
  return {
    title: name,
    detail: `登録番号 ${term.number}、審査・登録機関 ${term.body}${pending}`,
    path: `/certificates/${id}`,
    citedBy,
    responsible,
  };
};
