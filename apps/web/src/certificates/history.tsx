import { longDate, useLanguage, useMessages } from '../messages/language';
import type { CertificateHistoryEntry } from './certificates-api';
import { HistoryList } from './history-list';
import { certificatesMessages } from './messages';

/** What happened to the certificate, the newest first. */
export const History = ({
  subject,
  entries,
}: {
  readonly subject: string;
  readonly entries: readonly CertificateHistoryEntry[];
}) => {
  const m = useMessages(certificatesMessages);
  const language = useLanguage();
  const day = (date: string | null): string => (date === null ? m.unknown : longDate(date, language));
  const sentenceOf = ({ type, audit, on, dueOn, text }: CertificateHistoryEntry): string => {
    const auditName = m.audits[audit ?? 'surveillance'];
    switch (type) {
      case 'CertificateRegistered':
        return m.happened.registered(day(dueOn));
      case 'CertificateRenewed':
        return m.happened.renewed(day(dueOn));
      case 'RenewalFiled':
        return m.happened.filed(day(on));
      case 'RenewalFilingTakenBack':
        return m.happened.filingTakenBack(day(on));
      case 'SurveillancePlanned':
        return m.happened.auditPlanned(auditName, day(dueOn));
      case 'SurveillancePassed':
        return m.happened.auditPassed(auditName, day(on));
      case 'SurveillanceFailed':
        return m.happened.auditFailed(auditName, day(on));
      case 'CertificateLapsed':
        return m.happened.lapsed(day(dueOn));
      case 'EvidenceAttached':
        return m.happened.attached(text ?? '');
      case 'CertificateCorrected':
        return m.happened.corrected;
      case 'CertificateCited':
        return m.happened.cited;
      case 'ResponsibleNamed':
        return m.happened.responsible;
      case 'EvidenceRemoved':
        return m.happened.removed;
      case 'CertificateWithdrawn':
        return m.happened.withdrawn;
    }
  };
  return <HistoryList subject={subject} entries={entries} sentenceOf={sentenceOf} />;
};
