import certificates from '../certificates/certificates.module.css';
import { HistoryList } from '../certificates/history-list';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { listed } from '../review/format';
import type { AuditHistoryEntry } from './audits-api';
import { auditsMessages } from './messages';

/** What happened to the audit, the newest first. */
export const AuditHistory = ({
  subject,
  entries,
}: {
  readonly subject: string;
  readonly entries: readonly AuditHistoryEntry[];
}) => {
  const m = useMessages(auditsMessages);
  const language = useLanguage();
  const day = (date: string | null): string => (date === null ? m.unknown : longDate(date, language));
  const sentenceOf = ({ type, on, dueOn, newDueOn, result, text, change }: AuditHistoryEntry): string => {
    const edition = change ? m.editionOf(change.serviceName, change.edition) : m.unknown;
    switch (type) {
      case 'AuditPlanned':
        return m.happened.planned(day(newDueOn ?? dueOn));
      case 'AuditRescheduled':
        return m.happened.rescheduled(day(dueOn), day(newDueOn));
      case 'AuditBroughtForward':
        return m.happened.broughtForward(day(newDueOn), edition);
      case 'AuditFollowedApproval':
        return m.happened.followedApproval(day(newDueOn), edition);
      case 'AuditPerformed':
        return m.happened.performed(day(on), result === null ? m.unknown : m.results[result]);
      case 'AuditSkipped':
        return m.happened.skipped(day(dueOn));
      case 'FollowUpClosed':
        return m.happened.followUpClosed(day(on));
      case 'EvidenceAttached':
        return m.happened.attached(text ?? '');
      case 'AuditCited':
        return m.happened.cited;
      case 'ResponsibleNamed':
        return m.happened.responsible;
      case 'EvidenceRemoved':
        return m.happened.removed;
      case 'AuditCancelled':
        return m.happened.cancelled;
    }
  };
  const detailOf = ({ evidence }: AuditHistoryEntry) =>
    evidence.length > 0 && (
      <span className={certificates.because}>
        {m.basedOn(
          listed(
            evidence.map(({ name }) => name),
            language,
          ),
        )}
      </span>
    );
  return <HistoryList subject={subject} entries={entries} sentenceOf={sentenceOf} detailOf={detailOf} />;
};
