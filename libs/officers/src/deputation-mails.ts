import { inJapanese } from '@app/calendar';
import { enqueueMail, oneLine, renderMail, type Mail } from '@app/mail';
import type { Projection } from '@app/projections';
import type { EntityManager } from 'typeorm';
import { officeNames } from './domain/officer-role';
import type { Deputation } from './domain/register';
import { officerCodec } from './officer.codec';
import { OFFICERS_STREAM } from './officers-now';

type Recipient = { readonly id: string; readonly name: string; readonly address: string };

/** Tells the principal and the deputy of every deputation, in the transaction in which the checkpoint moves. */
export const deputationMails = ({
  accountsOf,
  publicUrl,
}: {
  /** Name and address of those who may get mail; others are left out. */
  readonly accountsOf: (tx: EntityManager, ids: readonly string[]) => Promise<readonly Recipient[]>;
  /** Where the product is reached, without a slash at the end. */
  readonly publicUrl: string;
}): Projection => ({
  name: 'deputation-mails.v1',
  apply: async (events, tx) => {
    for (const event of events.filter(({ stream }) => stream === OFFICERS_STREAM).map(officerCodec.decode)) {
      if (event.type !== 'DeputationGranted') continue;
      const { by, at, principal, deputy } = event.data;
      for (const to of await accountsOf(tx, [principal.id, deputy.id])) {
        await enqueueMail(tx, deputationMail(event.data, by.name, to, publicUrl), new Date(at));
      }
    }
  },
});

const deputationMail = (deputation: Deputation, by: string, to: Recipient, publicUrl: string): Mail => {
  const { deputationId, principal, deputy, roles, disclosureIds, from, until, reason } = deputation;
  const offices = roles === 'all' ? 'すべての役職' : roles.map((role) => officeNames[role].ja).join('・');
  return {
    id: `deputation:${deputationId}:${to.id}`,
    kind: 'deputation',
    to: { name: to.name, address: to.address },
    ...renderMail({
      subject: oneLine(`【代理の設定】${principal.name}さんの代理：${deputy.name}さん`),
      greeting: `${to.name} 様`,
      paragraphs: [
        `${by}さんが、${deputy.name}さんを${principal.name}さんの代理に設定しました。期間中、${deputy.name}さんは${principal.name}さんに代わって署名できます。署名の記録には、お二人の名前が残ります。`,
        '心当たりがない場合は、管理者にご連絡ください。',
      ],
      list: [
        `期間：${inJapanese(from)}から${inJapanese(until)}まで`,
        `役割：${offices}`,
        `開示書：${disclosureIds === 'all' ? 'すべて' : `${disclosureIds.length}件`}`,
        `理由：${reason}`,
      ],
      action: { label: '代理の設定を開く', url: `${publicUrl}/organization/deputations` },
      footer: 'このメールは Kaijisho が自動で送信しています。',
    }),
  };
};
