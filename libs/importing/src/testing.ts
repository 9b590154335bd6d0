import type { Block } from '@app/content';
import type { ImportedDisclosure } from './imported-disclosure';

/** For specs: whether everything that a file says is somewhere in what was read out of it. */

/** Letters and digits only: how Markdown, lists and line breaks are written does not count, words do. */
const bare = (text: string): string =>
  text
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

/** Every piece of text in the file: cells, and lines without what Markdown adds to them. */
export const segmentsOf = (source: string): readonly { readonly line: number; readonly text: string }[] =>
  source
    .split(/\r?\n/)
    .flatMap((line, i) =>
      line
        .replace(/^\s*\|?[\s|:-]+$/, '')
        .split(/[\t|[\]()~`\"]|<br>|<\/?t[dhr][^>]*>|\s{2,}|(?<=。)| ・/)
        .map((text) => ({ line: i + 1, text: text.trim() })),
    )
    .filter(({ text }) => bare(text) !== '');

/** The pieces of a file that are nowhere in the disclosure: neither in its fields nor in an anomaly that quotes them. */
export const lostSegments = (source: string, disclosure: ImportedDisclosure) => {
  const { title, serviceName, issuer, edition, editions, parts, anomalies } = disclosure;
  const date = (iso: string): string => {
    const [year, month, day] = iso.split('-').map(Number);
    return `${year}年${month}月${day}日 ${iso} 令和${(year ?? 0) - 2018}年${month}月${day}日`;
  };
  const said = [
    title,
    serviceName,
    issuer.name,
    `〒${issuer.postalCode} ${issuer.address}`,
    `TEL ${issuer.tel} FAX ${issuer.fax}`,
    `電話 ${issuer.tel}`,
    `第${edition.number}版 ${date(edition.issuedOn)}`,
    ...editions.flatMap(({ number, issuedOn, historyText }) => [`第${number}版`, date(issuedOn), historyText]),
    '版数 発行日 改訂履歴 内容',
    ...parts.flatMap((part) => [
      `${part.number}. ${part.title}`,
      ...part.items.flatMap((item) => [
        `${item.number}. ${item.title}`,
        item.text,
        hrefsIn(item.body.content).join(' '),
      ]),
    ]),
    ...anomalies.map(({ message }) => message),
  ]
    .map(bare)
    .join('\n');
  return segmentsOf(source).filter(({ text }) => !said.includes(bare(text)));
};

const hrefsIn = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap((block) => [
    ...(block.marks ?? []).flatMap(({ attrs }) => (attrs === undefined ? [] : [String(attrs['href'])])),
    ...hrefsIn(block.content ?? []),
  ]);
