import { addDays, inJapanese } from '@app/calendar';
import { certificatesOn } from '../certificates';
import type { DemoRevision, LocalDate } from '../demo';
import { at, describeRevision, revise, start, submit } from '../timeline';

/** The revision that is in review now: submitted yesterday, and nobody has signed yet. */
export const edition7 = (today: LocalDate): DemoRevision => {
  const [isms, privacyMark] = certificatesOn(today);
  const day = (daysAgo: number): LocalDate => addDays(today, -daysAgo);
  const diagnosed = day(60);
  return {
    editionNumber: 7,
    causes: [
      { type: 'trackRecordUpdate', note: '脆弱性診断の実施' },
      { type: 'certificateRenewal', note: '認証の有効期限を本文に記載' },
    ],
    historyText: '脆弱性診断の結果及び認証の有効期限の更新\n・I-7（有効期限を記載）\n・II-2（脆弱性診断の結果）',
    steps: [
      start('sato', at(day(6), '10:10')),
      revise(
        'sato',
        at(day(5), '11:25'),
        'II-2',
        `
外部の専門事業者による脆弱性診断を、年1回受けています。

- 診断の対象：ウェブアプリケーション、公開しているネットワーク及びスマートフォン用の画面
- 実施年月：${yearAndMonth(diagnosed)}
- 結果：危険度「高」及び「中」の指摘はありませんでした。「低」の指摘2件のうち、1件は対応を終え、1件は次回の更新で対応します。
`,
      ),
      revise(
        'sato',
        at(day(2), '15:30'),
        'I-7',
        `
本サービスの開発、運用及び保守を登録範囲に含めて、次の認証を取得しています。

- ISMS（ISO/IEC 27001）
  - 審査登録機関：${isms.body}
  - 登録番号：${isms.number}
  - 有効期限：${inJapanese(isms.validUntil)}
- プライバシーマーク
  - 付与機関：${privacyMark.body}
  - 登録番号：${privacyMark.number}
  - 有効期限：${inJapanese(privacyMark.validUntil)}
`,
      ),
      describeRevision('sato', at(day(1), '10:20')),
      submit('sato', at(day(1), '10:40')),
    ],
  };
};

const yearAndMonth = (date: LocalDate): string => `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月`;
