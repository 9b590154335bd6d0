/** Why a file cannot be read as a disclosure. Nothing of it is kept. */
export type ImportProblem =
  | { readonly type: 'EmptyFile' }
  | { readonly type: 'TooLarge'; readonly byteSize: number; readonly limit: number }
  | { readonly type: 'TooLong'; readonly characters: number; readonly limit: number }
  | { readonly type: 'BinaryFile'; readonly looksLike: BinaryKind }
  | { readonly type: 'UnknownEncoding' }
  | { readonly type: 'NotADisclosure'; readonly missing: readonly Sought[] }
  | { readonly type: 'TooEntangled' }
  | { readonly type: 'ItemTooLarge'; readonly itemKey: string }
  | { readonly type: 'PasswordProtected' }
  | { readonly type: 'DamagedWordFile' }
  /** A zip bomb, or a file full of photographs. */
  | { readonly type: 'InflatesTooMuch'; readonly limit: number }
  | { readonly type: 'TooManyCells'; readonly cells: number; readonly limit: number }
  | { readonly type: 'PdfProtected' | 'DamagedPdf' | 'PdfTooMuch' | 'PdfWithoutText' }
  /** What is attached to a PDF of the product does not fit its hashes. */
  | { readonly type: 'PdfTampered'; readonly says: Words }
  /** Of another program: nothing in it says what is an item. */
  | { readonly type: 'ForeignPdf' };

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
        ja: `ファイルが大きすぎます（${megabytes(problem.byteSize)} MB。上限は${megabytes(problem.limit)} MB）。図を小さくするか取り除いたファイルを選んでください。`,
        en: `The file is too large (${megabytes(problem.byteSize)} MB; the limit is ${megabytes(problem.limit)} MB). Choose a file with smaller figures, or without.`,
      };
    case 'TooLong':
      return {
        ja: `文章が長すぎます（${problem.characters}字。上限は${problem.limit}字）。開示書1通だけのファイルを選んでください。`,
        en: `The text is too long (${problem.characters} characters; the limit is ${problem.limit}). Choose a file with one disclosure only.`,
      };
    case 'BinaryFile':
      return {
        ja: `読み取れない形式のファイルです${binaryNames[problem.looksLike].ja}。Word（.docx）、PDF、Markdown またはテキストで保存し直してから選んでください。`,
        en: `A file of this kind cannot be read${binaryNames[problem.looksLike].en}. Save it as Word (.docx), PDF, Markdown or text and choose that.`,
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
    case 'PasswordProtected':
      return {
        ja: 'パスワードで保護されたファイルです。Word で開き、［ファイル］→［情報］→［文書の保護］でパスワードを外して保存し直してから選んでください。',
        en: 'The file is protected by a password. Open it in Word, remove the password under File → Info → Protect Document, save it, and choose it again.',
      };
    case 'DamagedWordFile':
      return {
        ja: 'Word のファイルが壊れているか、途中までしかありません。Word で開いて .docx として保存し直してから選んでください。',
        en: 'The Word file is broken or incomplete. Open it in Word, save it as .docx, and choose that.',
      };
    case 'InflatesTooMuch':
      return {
        ja: `ファイルを展開すると大きくなりすぎます（上限は${megabytes(problem.limit)} MB）。Word で図を圧縮するか、大きな図や埋め込みファイルを取り除いて保存し直してから選んでください。`,
        en: `The file becomes too large when it is unpacked (limit ${megabytes(problem.limit)} MB). Compress its pictures in Word, or remove large pictures and embedded files.`,
      };
    case 'TooManyCells':
      return {
        ja: `表のセルが多すぎます（${problem.cells}個。上限は${problem.limit}個）。一覧表は別の文書に分け、開示書に必要な表だけを残して選んでください。`,
        en: `The tables have too many cells (${problem.cells}; the limit is ${problem.limit}). Keep only those that the disclosure needs.`,
      };
    case 'PdfProtected':
      return {
        ja: 'パスワードで保護されたPDFです。PDFを作ったソフトウェアでパスワードを外して保存し直してから選んでください。',
        en: 'The PDF is protected by a password. Save it without a password in the program that made it, and choose that.',
      };
    case 'DamagedPdf':
      return {
        ja: 'PDFが壊れているか、途中までしかありません。もう一度受け取るか、書き出し直してから選んでください。',
        en: 'The PDF is broken or incomplete. Get or export it again, and choose that.',
      };
    case 'PdfTooMuch':
      return {
        ja: 'PDFが大きすぎるか、読み取りに時間がかかりすぎるため、読み取りを打ち切りました。開示書1通だけのPDFを選ぶか、Word（.docx）を選んでください。',
        en: 'The PDF is too large or takes too long to read. Choose one with one disclosure only, or a Word file (.docx).',
      };
    case 'PdfWithoutText':
      return {
        ja: 'PDFに文字がありません（紙を読み取った画像のようです）。文字認識をかけたPDFか、元の Word（.docx）を選んでください。',
        en: 'The PDF holds no text; its pages seem to be scanned. Choose a PDF with recognised text, or the Word file (.docx).',
      };
    case 'PdfTampered':
      return {
        ja: `PDFに添付された開示書のデータが書き換えられているため、取り込めません。${problem.says.ja}発行者から受け取ったままのPDFを選んでください。`,
        en: `The data of the disclosure that is attached to the PDF was changed, so it cannot be imported. ${problem.says.en} Choose the PDF as the issuer gave it out.`,
      };
    case 'ForeignPdf':
      return {
        ja: 'ほかのソフトウェアで作られたPDFには、どこが項目かという情報がないため、新しい開示書を登録できません。元の Word（.docx）、Markdown またはテキストを選んでください。PDFしかないときは、同じ項目をもつ別の開示書のファイルを先に登録し、その［ファイルから取込］でこのPDFを選ぶと、ページの画像を見ながら段落を項目へ入れられます。',
        en: 'Nothing in a PDF of another program says what is an item, so no new disclosure can be made from it. Choose the Word file (.docx), Markdown or text. If there is only the PDF, first import the file of another disclosure with the same items; then choose this PDF under its “Import a file”, and put its paragraphs into the items beside the picture of each page.',
      };
  }
};

const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(bytes % 1_048_576 === 0 ? 0 : 1);

const binaryNames: { readonly [kind in BinaryKind]: Words } = {
  pdf: { ja: '（PDF のようです）', en: ' (it looks like a PDF)' },
  office: {
    ja: '（PowerPoint、Excel または ZIP のようです）',
    en: ' (it looks like PowerPoint, Excel or ZIP)',
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
