import { accountsWithRole } from '@app/identity';
import { oneLine, renderMail, type Mail } from '@app/mail';
import type { DataSource } from 'typeorm';
import { waitingStep, type InReview } from '../domain/review';
import { meaningNames, quoted, signatoriesNames } from '../words';
import { mailByPreference } from './mail-by-preference';

type Recipient = { readonly id: string; readonly name: string; readonly address: string };

/** Tells the administrators of a waiting step that nobody may sign any more: each of them once per step and submission. */
export const tellAdministrators = async (
  dataSource: DataSource,
  state: InReview,
  url: string,
  now: Date,
): Promise<void> =>
  dataSource.transaction(async (tx) => {
    for (const to of await accountsWithRole(tx, 'administrator'))
      await mailByPreference(tx, { userId: to.id, mail: nobodyLeftMail(state, to, url), url, asks: null }, now);
  });

const nobodyLeftMail = (state: InReview, to: Recipient, url: string): Mail => {
  const { revision } = state;
  const { step, index, askedAt } = waitingStep(state);
  const title = `${quoted(state.serviceName)} ${state.title} 第${revision.editionNumber}版`;
  const what = `第${index + 1}段階の${meaningNames[step.meaning].ja}（${signatoriesNames(step.signatories).ja}）`;
  return {
    id: ['nobody-left', state.id, revision.id, index, Date.parse(askedAt ?? revision.submittedAt), to.id].join(':'),
    kind: 'review',
    to: { name: to.name, address: to.address },
    ...renderMail({
      subject: oneLine(`【署名者がいません】${title}`),
      greeting: `${to.name} 様`,
      paragraphs: [
        `${title}の回付が、${what}で止まっています。いま署名できる方が一人もいません。`,
        '責任者の異動や利用停止のほか、残っている方がこの改訂を書いた、または別の段階で署名した場合にも、このようになります。次のいずれかを行ってください。',
      ],
      list: [
        '「組織」の画面で、後任の責任者を任命する',
        '回付の画面の「担当者の変更」で、この段階の署名者をほかの方に変更する',
        `提出した${revision.submittedBy.name}さんに引戻しまたは取下げを、この段階の責任者に差戻しを依頼する`,
      ],
      action: { label: '回付の画面を開く', url },
      footer: 'このメールは Kaijisho が、管理者の方に、一つの段階につき一度だけ自動で送信しています。',
    }),
  };
};
