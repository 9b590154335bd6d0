import type { DemoRevision } from '../demo';
import { at, describeRevision, publish, returnForChanges, revise, sign, start, submit } from '../timeline';

/** 2024: a department gets a new name, and the protection of personal information a new officer. */
export const edition5: DemoRevision = {
  editionNumber: 5,
  causes: [{ type: 'reorganisation', note: '2024年5月1日付の組織変更' }],
  historyText: '社内の組織変更に伴う見直し\n・I-4（個人情報保護責任者）\n・II-15（受付の時間）',
  steps: [
    start('sato', at('2024-05-01', '10:00')),
    revise(
      'sato',
      at('2024-05-01', '10:35'),
      'I-4',
      `
| 役割 | 担当 |
| --- | --- |
| 管理責任者 | 医療連携本部 本部長 |
| システム管理者 | 医療連携本部 プロダクト開発部 部長 |
| 運用管理責任者 | 医療連携本部 サービス運用部 部長 |
| 個人情報保護責任者 | 経営管理本部 コンプライアンス部 部長 |
`,
    ),
    revise(
      'sato',
      at('2024-05-02', '11:15'),
      'II-15',
      `
- 電話：045-000-0110（平日 午前8時30分から午後7時まで）
- 電子メール：[support@minato-cloud.example](mailto:support@minato-cloud.example)

※ 障害及び事故のご連絡は、24時間受け付けています。
`,
    ),
    describeRevision('sato', at('2024-05-02', '11:30')),
    submit('sato', at('2024-05-02', '11:40')),
    returnForChanges(
      'takahashi',
      at('2024-05-07', '09:20'),
      '部門の名称が組織図と異なります。「法務・コンプライアンス部」が正しい名称です。',
    ),
    revise(
      'sato',
      at('2024-05-07', '10:10'),
      'I-4',
      `
| 役割 | 担当 |
| --- | --- |
| 管理責任者 | 医療連携本部 本部長 |
| システム管理者 | 医療連携本部 プロダクト開発部 部長 |
| 運用管理責任者 | 医療連携本部 サービス運用部 部長 |
| 個人情報保護責任者 | 経営管理本部 法務・コンプライアンス部 部長 |
`,
    ),
    submit('sato', at('2024-05-07', '10:20')),
    sign('takahashi', at('2024-05-08', '13:05')),
    sign('yamamoto', at('2024-05-09', '16:30')),
    publish('sato', '2024-05-13', '09:00'),
  ],
};
