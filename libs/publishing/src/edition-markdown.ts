import { inJapanese } from '@app/calendar';
import { toMarkdown } from '@app/content';
import { bodyOf, historyOf, type EditionDocument } from './edition-document';
import { coverLine, editionName } from './wording';

/**
 * An edition as Markdown, in the order of the printed document and in a form that the importer reads. For reading and copying: what it
 * cannot say (figures' bytes, signatures) is in the JSON and the PDF.
 */
export const editionMarkdown = (edition: Omit<EditionDocument, 'loadFigure'>): string => {
  const { issuer } = edition;
  const figureUrl = (sha256: string): string => `/d/${edition.service}/figures/${sha256}`;
  const items = edition.parts.flatMap((part) => [
    `# ${part.number}. ${oneLine(part.title)}`,
    ...part.items.flatMap((item) => [
      `## ${item.number}. ${oneLine(item.title)}`,
      toMarkdown(bodyOf(item), { figureUrl }),
    ]),
  ]);
  const history = historyOf(edition).map(
    (row) =>
      `| ${editionName(row.number)} | ${inJapanese(row.issuedOn)} | ${oneLine(row.historyText).replaceAll('|', '\\|')} |`,
  );
  const address = [issuer.postalCode && `〒${issuer.postalCode}`, issuer.address].filter(Boolean).join(' ');
  const phones = [issuer.tel && `TEL.${issuer.tel}`, issuer.fax && `FAX.${issuer.fax}`].filter(Boolean).join(' ');
  const blocks = [
    `# ${oneLine(edition.serviceName)}`,
    `## ${oneLine(edition.title)}`,
    '---',
    coverLine(edition),
    ...items,
    '以上',
    '# 改訂履歴',
    ['| 版数 | 発行日 | 改訂履歴 |', '| --- | --- | --- |', ...history].join('\n'),
    issuer.name,
    [address, phones].filter((line) => line !== '').join('  \n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
