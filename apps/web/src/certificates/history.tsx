import { longDate, useLanguage, useMessages } from '../messages/language';
import { fullTime } from '../review/format';
import type { CertificateHistoryEntry } from './certificates-api';
import classes from './certificates.module.css';
import { certificatesMessages } from './messages';

/** What happened to the certificate, the newest first. */
export const History = ({ entries }: { readonly entries: readonly CertificateHistoryEntry[] }) => {
  const m = useMessages(certificatesMessages);
  const language = useLanguage();
  const day = (date: string | null): string => (date === null ? m.unknown : longDate(date, language));
  const sentenceOf = ({ type, on, dueOn, text }: CertificateHistoryEntry): string => {
    switch (type) {
      case 'CertificateRegistered':
        return m.happened.registered(day(dueOn));
      case 'CertificateRenewed':
        return m.happened.renewed(day(dueOn));
      case 'RenewalFiled':
        return m.happened.filed(day(on));
      case 'SurveillancePlanned':
        return m.happened.surveillancePlanned(day(dueOn));
      case 'SurveillancePassed':
        return m.happened.surveillancePassed(day(on));
      case 'SurveillanceFailed':
        return m.happened.surveillanceFailed(day(on));
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
  return (
    <ol className={classes.history}>
      {entries.map((entry) => (
        <li key={`${entry.at} ${entry.type} ${entry.text}`}>
          <time dateTime={entry.at}>{fullTime(entry.at, language)}</time>
          <span>{entry.by.name}</span>
          <span>
            {sentenceOf(entry)}
            {entry.text !== null && entry.type !== 'EvidenceAttached' && (
              <span className={classes.because}>{entry.text}</span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
};
