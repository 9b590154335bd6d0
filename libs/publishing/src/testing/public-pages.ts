import type { ComparisonView, EditionsOfService, EditionView } from '@app/disclosures';
import { finding } from '@app/proof';
import type { SealedHead } from '@app/sealing';
import { editionJson } from '../edition-json';
import type { Face } from '../portal/face';
import { comparePage, editionPage, indexPage, noPdfPage, notFoundPage } from '../portal/portal-pages';
import { reportOf } from '../verify/report';
import type { FileVerification, Level } from '../verify/verify-file';
import { refusedUploadPage, reportPage, verifyPage } from '../verify/verify-pages';
import { sampleAppearance, sampleEdition } from './sample-edition';
import { sampleProof } from './sample-log';

/** The public pages, each with as much on it as there can be. For specs. */

export const stylesheet = { url: '/d/assets/portal.css?v=1' };

export const editions = (inForce: number, ...numbers: number[]): EditionsOfService => ({
  service: 'minato-karte',
  serviceName: 'みなとカルテクラウド',
  title: 'サービス仕様適合開示書',
  issuer: '株式会社みなと医療情報',
  retired: null,
  editions: numbers.map((number) => ({
    number,
    issuedOn: `203${number - 6}-04-01`,
    effectiveOn: `203${number - 6}-04-15`,
    historyText: '見直し',
    inForce: number === inForce,
    errata: [],
  })),
});

export const head: SealedHead = {
  ...{ batch: 12, chain: '0f'.repeat(32), last: '7', keyId: 'ab'.repeat(32) },
  ...{ sealedAt: '2031-04-01T00:41:55.000Z', events: 12345 },
};

export const announcedAt = '2031-05-01T00:00:00.000Z';
export const retired = {
  on: '2031-09-30',
  reason: '後継サービスに移行するため',
  at: announcedAt,
  ended: false,
};

const table = '<table><tbody><tr><th scope="col"><p>項目</p></th><td><p>値</p></td></tr></tbody></table>';
const wideTable = `<table><tbody><tr>${'<td><p>とても長い内容のある<ins>欄</ins>です</p></td>'.repeat(5)}</tr></tbody></table>`;
const compared = (
  number: number,
  title: string,
  newHtml: string,
  said: Partial<ComparisonView['items'][number]> = {},
): ComparisonView['items'][number] => ({
  ...{ itemKey: title, partNumber: 'I', number, title, kind: 'changed', before: null, blocks: [] },
  ...{
    oldHtml: `<h3>見出し</h3><p><del>前</del></p>${table}`,
    newHtml: `<h3>見出し</h3><p><ins>後</ins></p>${newHtml}`,
  },
  ...said,
});
export const comparison: Pick<ComparisonView, 'items' | 'renumbered'> = {
  items: [
    compared(3, 'バックアップ', `${table}${table}`),
    compared(4, '監視', wideTable, { kind: 'added', oldHtml: '' }),
  ],
  renumbered: [{ itemKey: '連絡先', from: 'I-4', to: 'I-5', title: '連絡先' }],
};

const firstItem = 'I-1';
const erratum = {
  ...{ id: 'e1', text: '電話番号の誤りです。', reason: '誤記のため', at: announcedAt },
  officer: { role: 'managementOfficer', name: '髙橋健一', department: '企画部', title: '部長' },
  by: { id: 'u', name: '髙橋健一' },
} as const;
const withErrata: EditionView = {
  ...sampleEdition,
  errata: [
    { ...erratum, itemKey: null },
    { ...erratum, id: 'e2', itemKey: firstItem },
  ],
};

/** Those of the portal, by what is on them. */
export const portalPages = (face: Face): Readonly<Record<string, string>> => {
  const service = editions(7, 8, 7, 6);
  const lapsed = [{ itemKey: firstItem, name: 'ISMS認証', validUntil: '2031-04-30' }];
  const ending = { ...service, retired };
  const ended = { ...editions(8, 8, 7), retired: { ...retired, ended: true } };
  const old = { ...sampleEdition, inForce: false };
  return {
    'index-empty': indexPage(stylesheet, [], face),
    index: indexPage(stylesheet, [service, ending, ended], face),
    edition: editionPage(stylesheet, sampleEdition, service, head, { face }),
    'edition-with-appearance': editionPage(stylesheet, sampleEdition, service, head, {
      ...{ face, appearance: sampleAppearance },
    }),
    'edition-with-errata-and-lapsed': editionPage(stylesheet, withErrata, ending, head, { face, lapsed }),
    'edition-old-and-retired': editionPage(stylesheet, old, ended, null, { face }),
    compare: comparePage(stylesheet, service, [6, 7], comparison, face),
    'compare-same': comparePage(stylesheet, service, [6, 7], { items: [], renumbered: [] }, face),
    'not-found': notFoundPage(stylesheet, face),
    'no-pdf': noPdfPage(stylesheet, 'minato-karte', 7, face),
  };
};

/** Those that verify, with what is found in a file on each level, by what is on them. */
export const verificationPages = async (face: Face): Promise<Readonly<Record<string, string>>> => {
  const found: FileVerification = {
    ...{ level: 'document', findings: [], edition: JSON.parse(editionJson(sampleEdition)), proof: null },
    ...{ printing: null, pinned: 'none', timeStamp: null, printedAgain: 'notTried' },
  };
  const proof = await sampleProof();
  const differs = finding(
    'ItemChanged',
    'edition.parts[0].items[0]',
    '本文がハッシュと異なります。',
    'The text is another.',
  );
  const report = (level: Level, more: Partial<FileVerification> = {}): string => {
    const givenOut = level === 'key' ? 'same' : 'none';
    const said = reportOf({ ...found, level, ...more }, face.language, givenOut);
    const published = { edition: { ...withErrata, inForce: false }, service: { ...editions(8, 8, 7), retired } };
    return reportPage(stylesheet, face, said, { level, givenOut, sha256: 'c0'.repeat(32), published });
  };
  return {
    verify: verifyPage(stylesheet, face, sampleEdition, head, 'https://kaijisho.example/kaijisho.tgz'),
    'report-refused': report('refused', { findings: [differs] }),
    'report-document': report('document'),
    'report-log': report('log', { proof }),
    'report-key': report('key', { proof }),
    'upload-refused': refusedUploadPage(
      stylesheet,
      face,
      face.language === 'ja' ? '検証が混み合っています。' : 'Busy.',
    ),
  };
};
