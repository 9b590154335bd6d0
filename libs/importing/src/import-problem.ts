/** Why a file cannot be read as a disclosure. Nothing of it is kept. */
export type ImportProblem =
  | { readonly type: 'EmptyFile' }
  | { readonly type: 'TooLarge'; readonly byteSize: number; readonly limit: number }
  | { readonly type: 'TooLong'; readonly characters: number; readonly limit: number }
  | { readonly type: 'BinaryFile'; readonly looksLike: BinaryKind }
  | { readonly type: 'UnknownEncoding' }
  | { readonly type: 'NotADisclosure'; readonly missing: readonly Sought[] }
  | { readonly type: 'TooEntangled' }
  | { readonly type: 'ItemTooLarge'; readonly itemKey: string };

export type BinaryKind = 'pdf' | 'office' | 'oldOffice' | 'image' | 'archive' | 'unknown';
/** What the importer looks for before it calls a text a disclosure. */
export type Sought = 'parts' | 'items' | 'edition';

type Words = { readonly ja: string; readonly en: string };

/** What is wrong and what to do, in both languages. */
export const importProblemText = (problem: ImportProblem): Words => {
  switch (problem.type) {
    case 'EmptyFile':
      return {
        ja: 'ファイルに文字がありません。開示書の本文が入ったファイルを選んでください。',
        en: 'The file holds no text. Choose the file with the text of the disclosure.',
      };
    case 'TooLarge':
      return {
        ja: `ファイルが大きすぎます（${megabytes(problem.byteSize)} MB。上限は${megabytes(problem.limit)} MB）。図を取り除いたテキストまたは Markdown のファイルを選んでください。`,
        en: `The file is too large (${megabytes(problem.byteSize)} MB; the limit is ${megabytes(problem.limit)} MB). Choose a text or Markdown file without figures.`,
      };
    case 'TooLong':
      return {
        ja: `文章が長すぎます（${problem.characters}字。上限は${problem.limit}字）。開示書1通だけのファイルを選んでください。`,
        en: `The text is too long (${problem.characters} characters; the limit is ${problem.limit}). Choose a file with one disclosure only.`,
      };
    case 'BinaryFile':
      return {
        ja: `テキストではないファイルです${binaryNames[problem.looksLike].ja}。テキストまたは Markdown で保存し直してから選んでください。`,
        en: `This is not a text file${binaryNames[problem.looksLike].en}. Save it as text or Markdown and choose that.`,
      };
    case 'UnknownEncoding':
      return {
        ja: '文字コードを判別できません（UTF-8、UTF-16、Shift_JIS、EUC-JP、ISO-2022-JP のいずれでも読めません）。UTF-8 で保存し直してから選んでください。',
        en: 'The character encoding is unknown (none of UTF-8, UTF-16, Shift_JIS, EUC-JP, ISO-2022-JP). Save the file as UTF-8 and choose that.',
      };
    case 'NotADisclosure':
      return {
        ja: `サービス仕様適合開示書として読めません。${problem.missing.map((sought) => soughtNames[sought].ja).join('、')}が見つかりません。ファイルを確かめてください。`,
        en: `This cannot be read as a disclosure: no ${problem.missing.map((sought) => soughtNames[sought].en).join(', no ')} found. Check the file.`,
      };
    case 'TooEntangled':
      return {
        ja: '箇条書きや引用の入れ子が深すぎて読めません。ファイルの構造を単純にしてから選んでください。',
        en: 'Lists or quotations are nested too deeply to be read. Simplify the file and choose it again.',
      };
    case 'ItemTooLarge':
      return {
        ja: `項目 ${problem.itemKey} の本文が大きすぎます（上限は1 MB）。項目の区切りが正しいか確かめてください。`,
        en: `The body of item ${problem.itemKey} is too large (limit 1 MB). Check where its text ends.`,
      };
  }
};

const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(bytes % 1_048_576 === 0 ? 0 : 1);

const binaryNames: { readonly [kind in BinaryKind]: Words } = {
  pdf: { ja: '（PDF のようです）', en: ' (it looks like a PDF)' },
  office: {
    ja: '（Word、PowerPoint、Excel または ZIP のようです）',
    en: ' (it looks like Word, PowerPoint, Excel or ZIP)',
  },
  oldOffice: {
    ja: '（古い形式の Word、PowerPoint または Excel のようです）',
    en: ' (it looks like an old Word, PowerPoint or Excel file)',
  },
  image: { ja: '（画像のようです）', en: ' (it looks like an image)' },
  archive: { ja: '（圧縮ファイルのようです）', en: ' (it looks like an archive)' },
  unknown: { ja: '', en: '' },
};

const soughtNames: { readonly [sought in Sought]: Words } = {
  parts: { ja: '部の見出し（「I. …」「II. …」）', en: 'heading of a part (“I. …”, “II. …”)' },
  items: { ja: '部の下の番号付き項目（「1. …」）', en: 'numbered item under a part (“1. …”)' },
  edition: {
    ja: '版と発行日（「第6版 2025年1月28日」または改訂履歴の表）',
    en: 'edition with its date (“第6版 2025年1月28日” or a table 改訂履歴)',
  },
};
