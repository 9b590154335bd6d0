import { addDays, addMonths } from '@app/calendar';
import type { DemoCertificate, LocalDate } from './demo';

/** The company's certificates, so dated that the first rungs of the reminders for ISMS are behind us, as seen on a day. */
export const certificatesOn = (today: LocalDate): readonly [DemoCertificate, DemoCertificate] => {
  const ismsUntil = addDays(addMonths(today, 5), 12);
  const privacyMarkUntil = addDays(addMonths(today, 13), 4);
  return [
    {
      kind: 'isms',
      name: 'ISMS（ISO/IEC 27001）登録証',
      number: 'MQA-IS-0417',
      body: 'みなと品質審査機構',
      issuedOn: addMonths(ismsUntil, -36),
      validFrom: addDays(addMonths(ismsUntil, -36), 1),
      validUntil: ismsUntil,
      standard: 'ISO/IEC 27001:2022 / JIS Q 27001:2023',
      scope: 'みなと地域連携クラウドの開発、運用及び保守',
      citedBy: ['I-7', 'I-8'],
      responsible: { officer: 'managementOfficer' },
      surveillance: {
        plannedOn: addMonths(ismsUntil, -20),
        dueOn: addMonths(ismsUntil, -12),
        passedOn: addDays(addMonths(ismsUntil, -12), -20),
      },
      fileName: 'ISMS登録証.pdf',
      title: 'Certificate of registration MQA-IS-0417 (sample)',
    },
    {
      kind: 'privacyMark',
      name: 'プライバシーマーク登録証',
      number: '第00004170号',
      body: '港湾情報経済協会',
      issuedOn: addMonths(privacyMarkUntil, -24),
      validFrom: addDays(addMonths(privacyMarkUntil, -24), 1),
      validUntil: privacyMarkUntil,
      standard: 'JIS Q 15001:2023',
      citedBy: ['I-7'],
      responsible: { officer: 'privacyOfficer' },
      fileName: 'プライバシーマーク登録証.pdf',
      title: 'PrivacyMark 00004170 (sample)',
    },
  ];
};
