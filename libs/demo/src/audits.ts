import { addDays, addMonths } from '@app/calendar';
import type { DemoAudit, LocalDate } from './demo';

/** The company's audits, each carried out once so far, with something to be done after the first; as seen on a day. */
export const auditsOn = (today: LocalDate): readonly [DemoAudit, DemoAudit] => {
  const auditedBy = addMonths(today, -8);
  const scannedOn = addMonths(today, -3);
  return [
    {
      auditId: 'demo-internal-audit',
      kind: 'internalAudit',
      name: '内部監査（情報セキュリティ）',
      lead: '内部監査室',
      responsible: { officer: 'managementOfficer' },
      recurrence: { rule: 'FREQ=MONTHLY;INTERVAL=12', anchor: 'lastPerformed' },
      plannedOn: addMonths(auditedBy, -3),
      dueOn: auditedBy,
      citedBy: ['II-14'],
      performance: {
        performedOn: addDays(auditedBy, -9),
        result: 'passedWithFindings',
        note: '退職者の権限の削除が、手順で定めた日から3日遅れた例が1件あった。ほかは手順どおりに運用されている。',
        fileName: '内部監査報告書.pdf',
        title: 'Internal audit report (sample)',
        followUp: {
          id: 'demo-follow-up',
          text: '退職者の権限を人事の届出と同じ日に削除する手順に改める',
          dueOn: addMonths(auditedBy, 2),
          closedOn: addDays(addMonths(auditedBy, 1), 12),
          note: '運用手順書 第4.2版で改め、翌月の退職者3名で守られていることを確かめた。',
        },
      },
    },
    {
      auditId: 'demo-vulnerability-scan',
      kind: 'vulnerabilityScan',
      name: '脆弱性診断',
      lead: '港湾サイバー診断株式会社',
      responsible: { officer: 'systemAdministrator' },
      recurrence: { rule: 'FREQ=MONTHLY;INTERVAL=12', anchor: 'lastPerformed' },
      plannedOn: addMonths(scannedOn, -2),
      dueOn: addDays(scannedOn, 14),
      citedBy: ['II-2'],
      performance: {
        performedOn: scannedOn,
        result: 'passed',
        note: '',
        fileName: '脆弱性診断報告書.pdf',
        title: 'Vulnerability scan report (sample)',
        followUp: null,
      },
    },
  ];
};
