import { inJapanese } from '@app/calendar';
import { officerName, type EditionsOfService } from '@app/disclosures';
import { markup } from './html';
import { address } from './portal-pages';

/** RFC 4287: an entry per edition and erratum, and one for the end of the service. The same facts give the same bytes. */
export const atomFeed = (service: EditionsOfService, publicUrl: string): string => {
  const own = `${publicUrl}${address.service(service.service)}`;
  const entries = [
    ...service.editions.flatMap(({ number, issuedOn, effectiveOn, historyText, errata }) => {
      const url = `${publicUrl}${address.edition(service.service, number)}`;
      return [
        {
          id: url,
          url,
          updated: startOf(issuedOn),
          title: `第${number}版を公開しました`,
          text: `${inJapanese(issuedOn)}発行、${inJapanese(effectiveOn)}施行。${historyText}`,
        },
        ...errata.map(({ id, itemKey, text, officer, at }) => ({
          id: `${url}#${id}`,
          url,
          updated: at,
          title: `第${number}版${itemKey === null ? '' : `の${itemKey}`}に正誤を付けました`,
          text: `${text}（${officerName(officer)}）`,
        })),
      ];
    }),
    ...(service.retired
      ? [
          {
            id: `${own}#retired`,
            url: own,
            updated: service.retired.at,
            title: `${inJapanese(service.retired.on)}をもって提供を終了します`,
            text: service.retired.reason,
          },
        ]
      : []),
  ].sort((one, other) => (one.updated < other.updated ? 1 : -1));
  const { markup: text } = markup`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja">
  <id>${own}</id>
  <title>${service.serviceName} ${service.title}</title>
  <updated>${entries[0]?.updated ?? startOf('1970-01-01')}</updated>
  <author><name>${service.issuer}</name></author>
  <link rel="self" type="application/atom+xml" href="${publicUrl}${address.feed(service.service)}"/>
  <link rel="alternate" type="text/html" href="${own}"/>
${entries.map(
  (entry) => markup`  <entry>
    <id>${entry.id}</id>
    <title>${entry.title}</title>
    <updated>${entry.updated}</updated>
    <link rel="alternate" type="text/html" href="${entry.url}"/>
    <summary>${entry.text}</summary>
  </entry>
`,
)}</feed>
`;
  return text;
};

const startOf = (date: string): string => new Date(`${date}T00:00:00+09:00`).toISOString();
