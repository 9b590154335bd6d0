import { inJapanese, localDateOf } from '@app/calendar';
import { officerName, type Edition, type Erratum, type Registered } from '@app/disclosures';
import type { Mail } from '@app/mail';
import { citationOf } from '@app/publishing';
import { address } from '@app/publishing/portal/portal-pages';
import { mailToReader, type About } from './mail-to-reader';

/** Nobody has to answer them, so their delivery is kept with the mails alone. */
const NOTICE = 'reader-notice';

/** 正誤 of an edition that the hospital was given: where and what, as the public page says it. */
export const erratumMail = (
  about: About & { readonly disclosure: Registered; readonly edition: Edition; readonly erratum: Erratum },
): Mail => {
  const { publicUrl, disclosure, edition, erratum } = about;
  const { service, serviceName, title, issuer } = disclosure;
  const name = `第${edition.number}版`;
  const place = placeOf(edition, erratum.itemKey);
  return mailToReader(
    about,
    { id: `erratum:${erratum.id}`, kind: NOTICE },
    {
      subject: `【開示書の正誤】${serviceName} ${title} ${name}`,
      paragraphs: [
        `${issuer.name}が、${serviceName}の${title} ${name}に次の正誤を記録し、公開ページに掲載しました。`,
        '版の本文は公開したときのままで、版数と内容ハッシュも変わりません。受領を改めて記録していただく必要はありません。',
      ],
      list: [
        `箇所：${place === null ? `${name}全体` : `${place.citation} ${place.title}`}`,
        `正誤：${erratum.text}`,
        `理由：${erratum.reason}`,
        `記録：${inJapanese(localDateOf(erratum.at))}　${officerName(erratum.officer)}`,
      ],
      action: {
        label: '公開ページで正誤を確認する',
        url: `${publicUrl}${address.edition(service, edition.number)}${place === null ? '' : `#${place.citation}`}`,
      },
    },
  );
};

const placeOf = ({ parts }: Edition, itemKey: string | null) => {
  for (const part of parts)
    for (const item of part.items)
      if (item.itemKey === itemKey) return { citation: citationOf(part, item), title: item.title };
  return null;
};

/** 提供終了, when it is announced. */
export const retirementMail = (
  about: About & {
    readonly disclosure: Registered;
    readonly retired: { readonly on: string; readonly reason: string };
  },
): Mail => {
  const { publicUrl, at, disclosure, retired } = about;
  const { service, serviceName, title, issuer } = disclosure;
  const isOver = retired.on < localDateOf(at);
  return mailToReader(
    about,
    { id: 'retired', kind: NOTICE },
    {
      subject: `【提供終了】${serviceName} ${title}`,
      paragraphs: [
        `${issuer.name}が、${serviceName}の提供を${inJapanese(retired.on)}をもって終了${isOver ? 'しました' : 'します'}。`,
        `理由：${retired.reason}`,
        '開示書の改訂は、今後ありません。公開済みの版は引き続き公開ページで読め、受領の記録も残ります。公開済みの版に正誤があったときは、メールでお知らせします。',
      ],
      action: { label: '開示書の公開ページを開く', url: `${publicUrl}${address.service(service)}` },
    },
  );
};
