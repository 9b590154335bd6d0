import { inJapanese, localDateOf } from '@app/calendar';
import type { EditionView } from '@app/disclosures';
import { missingGlyphs } from '@app/publishing';
import { PdfPool } from '@app/publishing/pdf/pdf-pool';
import { withoutUnseen } from '@app/publishing/pdf/print-document';
import { editionName, instantText } from '@app/publishing/wording';
import type { Acknowledged } from './domain/reader';

/** One at a time: a receipt is one page, asked for now and then, and the engine ends when it is idle. */
const pool = new PdfPool({ size: 1, idleMs: 20_000 });

/** Ends the engine's process; for a clean shutdown. */
export const closeReceiptPdf = (): Promise<void> => pool.close();

/**
 * 受領書 as PDF/A-3a: who acknowledged which edition when. The same record gives the same bytes.
 *
 * @throws PdfEngineFailed when the engine refuses it
 */
export const receiptPdf = async ({
  edition,
  hospital,
  record,
}: {
  readonly edition: EditionView;
  readonly hospital: string;
  readonly record: Acknowledged;
}): Promise<Uint8Array> => {
  const on = localDateOf(record.at);
  const [year, month, day] = on.split('-').map(Number);
  const document = `${edition.serviceName} ${edition.title}`;
  const data = {
    metadata: { year, month, day },
    title: '開示書の受領書',
    to: `${hospital} 御中`,
    sentence: `次の開示書の受領が、${instantText(record.at, 'Asia/Tokyo')}に記録されたことを証します。`,
    facts: [
      ['医療機関', hospital],
      ['文書', document],
      ['版数', editionName(edition.number)],
      ['発行日', inJapanese(edition.issuedOn)],
      ['施行日', inJapanese(edition.effectiveOn)],
      ['前回受領を記録した版', record.since === null ? 'なし' : editionName(record.since)],
      ['内容ハッシュ（SHA-256）', edition.contentHash],
    ],
    note: '受領は、登録されたアドレスに送られたリンクのページで記録されました。記録は開示書の記録とともに保存されています。',
    issuer: edition.issuer.name,
  };
  // A name may be written with a character that the fonts lack; a receipt with 〓 is better than none.
  const text = JSON.stringify(withoutUnseen(data));
  const missing = new Set(missingGlyphs(text));
  const json = Array.from(text, (one) => (missing.has(one) ? '〓' : one)).join('');
  return pool.render({
    template: 'receipt.typ',
    files: [{ path: 'receipt.json', bytes: new TextEncoder().encode(json) }],
    timestamp: Date.parse(`${on}T00:00:00Z`) / 1000,
  });
};
