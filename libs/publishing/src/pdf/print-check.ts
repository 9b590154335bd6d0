import type { BlobStore } from '@app/blob-store';
import type { PrintCheck, Unprintable } from '@app/disclosures';
import type { EventStore } from '@app/event-sourcing';
import { Appearances } from '../appearance/appearances';
import { surroundingsOf } from '../appearance/surroundings';
import { MissingFigure, MissingGlyph, PdfEngineFailed, PrintDiffers } from './errors';
import { namesOfCharacters } from './glyphs';
import { printAndRead } from './print-and-read';
import { layouts } from './print-document';

/**
 * Prints editions that are about to be published, as they would be: in every layout, as the company looks now, and with what will be said
 * of their proof, which is not made yet. One at a time, so that however many are due, memory is that of one.
 */
export const printCheckOf = ({
  store,
  blobs,
  publicUrl,
}: {
  readonly store: EventStore;
  readonly blobs: BlobStore;
  readonly publicUrl: string;
}): PrintCheck => {
  const appearances = new Appearances(store);
  let last: Promise<unknown> = Promise.resolve();
  const check: PrintCheck = async (edition) => {
    const surroundings = surroundingsOf(edition, await appearances.now(), publicUrl);
    const document = { ...edition, loadFigure: (sha256: string) => blobs.get(sha256) };
    const printing = { ...surroundings, proof: '{}' };
    try {
      for (const layout of layouts) await printAndRead(document, { ...printing, layout });
      return null;
    } catch (error) {
      const unprintable = whyOf(error);
      if (unprintable === null) throw error;
      return unprintable;
    }
  };
  return (edition) => {
    const mine = last.then(() => check(edition));
    last = mine.catch(() => undefined);
    return mine;
  };
};

/** Why an edition cannot be printed, and who mends it; null when the error says nothing about the edition. */
export const whyOf = (error: unknown): Unprintable | null => {
  if (error instanceof MissingGlyph) {
    const { characters, item } = error.found[0] ?? { characters: [], item: null };
    const shown = namesOfCharacters(characters).join(' ');
    return {
      at: item ?? '題名・氏名・発行者・改訂履歴',
      ja: `印刷できない文字があります：${shown}　責任者に差戻しを依頼して、別の文字に改めてください。氏名・役職の文字は、登録を改めてから署名し直してください。`,
      en: `These characters cannot be printed: ${shown} Ask an officer to return the revision, and replace them; for a name or an office, mend its record and sign again.`,
    };
  }
  if (error instanceof MissingFigure)
    return {
      at: error.item,
      ja: '図の画像が見つかりません。責任者に差戻しを依頼して、図を入れ直してください。',
      en: 'The picture of a figure is missing. Ask an officer to return the revision, and put the figure in again.',
    };
  if (error instanceof PrintDiffers) {
    const ofText = error.finding.code === 'TextDiffers';
    return {
      at: error.finding.at,
      ja: `印刷した結果が版のデータと一致しません。${error.finding.ja}${
        ofText
          ? '責任者に差戻しを依頼して、この箇所の特殊な文字や、切れ目なく長く続く文字を改めてください。それでも公開できないときは、'
          : ''
      }管理者に知らせてください。`,
      en: `What was printed is not the edition. ${error.finding.en} ${
        ofText
          ? 'Ask an officer to return the revision, and replace the unusual characters or the long unbroken run there; if it still cannot be published, tell the administrator.'
          : 'Tell the administrator.'
      }`,
    };
  }
  if (error instanceof PdfEngineFailed)
    return {
      at: 'PDF',
      ja: '印刷の仕組みが働きませんでした。しばらくしてからもう一度公開し、それでも直らないときは管理者に知らせてください。',
      en: 'The printing engine failed. Publish again in a while; tell the administrator if it goes on.',
    };
  return null;
};
