import type { Report } from './anomalies';
import { textOfPart, type WordFile } from './word-file';
import { elementsIn, escaped, replaceElements, valueOf, wordsOf } from './word-xml';

/**
 * The main part of a Word file without what no body can hold. Each thing taken out is reported, its words quoted whole, so
 * that nothing is lost unsaid.
 */
export const withoutUnreadable = (file: WordFile, report: Report): string => {
  let xml = textOfPart(file.parts.get('word/document.xml'));
  for (const name of ['w:pPrChange', 'w:rPrChange', 'w:tblPrChange', 'w:tcPrChange', 'w:trPrChange', 'w:sectPrChange'])
    xml = replaceElements(xml, name, () => '');
  xml = settled(xml, report);
  xml = replaceElements(xml, 'mc:AlternateContent', (element) => drawn(element, report));
  xml = replaceElements(xml, 'w:drawing', (element) => (isPicture(element) ? element : drawn(element, report)));
  xml = replaceElements(xml, 'w:pict', (element) =>
    element.includes('<v:imagedata') ? element : drawn(element, report),
  );
  xml = replaceElements(xml, 'w:object', () => {
    report(
      'DRAWING_LEFT_OUT',
      0,
      '埋め込みオブジェクト（Excel の表など）は取り込めません。表または図として作り直してください。',
    );
    return '';
  });
  for (const name of ['m:oMathPara', 'm:oMath']) {
    xml = replaceElements(xml, name, (element) => {
      const words = wordsOf(element, 'm:t');
      report('FORMATTING_REMOVED', 0, `数式「${words}」を普通の文字にしました。書き方を確かめてください。`);
      return `<w:r><w:t xml:space="preserve">${escaped(words)}</w:t></w:r>`;
    });
  }
  if (/<w:vanish(\s*\/>|\s+w:val="(1|true|on)")/.test(xml))
    report(
      'HIDDEN_TEXT_SHOWN',
      0,
      '隠し文字が含まれています。ほかの文字と同じように取り込みましたので、要らなければ消してください。',
    );
  reportComments(file, report);
  reportMargins(file, report);
  if (file.hasMacros)
    report('MACROS_IGNORED', 0, 'マクロが含まれています。マクロは読まずに、文章だけを取り込みました。');
  return withFootnotes(xml, file, report);
};

/** One embedded raster image, and nothing drawn around it. */
const isPicture = (drawing: string): boolean =>
  drawing.includes('<pic:pic') && /<a:blip[^>]*r:embed=/.test(drawing) && !/<wpg:|<wpc:|<wps:/.test(drawing);

const drawn = (element: string, report: Report): string => {
  // What Word draws it writes twice, once for older programs.
  const once = elementsIn(element, 'mc:Choice')[0] ?? element;
  const words = wordsOf(once);
  const alt = valueOf(once, 'wp:docPr', 'descr') ?? valueOf(once, 'wp:docPr', 'title') ?? '';
  const named = alt === '' ? '' : `（代替テキスト「${alt}」）`;
  if (/<dgm:|diagrams?\//.test(once)) {
    report(
      'DRAWING_LEFT_OUT',
      0,
      `SmartArt${named}は取り込めません。Word で図として保存し、画像として差し込んでください。`,
    );
  } else if (/<c:chart/.test(once)) {
    report('DRAWING_LEFT_OUT', 0, `グラフ${named}は取り込めません。画像にして差し込んでください。`);
  } else if (words !== '') {
    report(
      'TEXT_BOX_LEFT_OUT',
      0,
      `テキストボックスまたは図形${named}の次の文字は取り込んでいません。必要なら項目に書き写すか、図として差し込んでください：「${words}」`,
    );
  } else if (/<a:blip[^>]*r:link=/.test(once)) {
    report(
      'FIGURE_MISSING',
      0,
      `図${named}の画像はファイルに含まれていません（リンクだけです）。図を差し込んでください。`,
    );
  } else {
    report(
      'DRAWING_LEFT_OUT',
      0,
      `描かれた図形${named}は取り込めません。意味のある図なら、画像にして差し込んでください。`,
    );
  }
  return '';
};

/** Insertions are taken, deletions left out, as if the changes had been accepted. */
const settled = (xml: string, report: Report): string => {
  const insertions = [...elementsIn(xml, 'w:ins'), ...elementsIn(xml, 'w:moveTo')]
    .map((one) => wordsOf(one))
    .filter(Boolean);
  const deletions = [
    ...elementsIn(xml, 'w:del').map((one) => wordsOf(one, 'w:delText')),
    ...elementsIn(xml, 'w:moveFrom').map((one) => wordsOf(one)),
  ].filter(Boolean);
  const quoted = (texts: readonly string[]): string => texts.map((text) => `「${text}」`).join('');
  if (insertions.length > 0)
    report(
      'TRACKED_CHANGES_SETTLED',
      0,
      `変更履歴の挿入${insertions.length}件は、反映された文として取り込みました：${quoted(insertions)}`,
    );
  if (deletions.length > 0)
    report(
      'TRACKED_CHANGES_SETTLED',
      0,
      `変更履歴で削除された${deletions.length}件の文字は取り込んでいません：${quoted(deletions)}`,
    );
  return replaceElements(xml, 'w:moveFrom', () => '').replace(/<\/?w:moveTo(?:\s[^>]*)?>/g, '');
};

const reportComments = ({ parts }: WordFile, report: Report): void => {
  const comments = elementsIn(textOfPart(parts.get('word/comments.xml')), 'w:comment').map((one) => wordsOf(one));
  if (comments.length > 0)
    report(
      'COMMENTS_LEFT_OUT',
      0,
      `コメント${comments.length}件は取り込んでいません：${comments.map((text) => `「${text}」`).join('')}`,
    );
};

const reportMargins = ({ parts }: WordFile, report: Report): void => {
  const words = [...parts]
    .filter(([name]) => /^word\/(header|footer)\d*\.xml$/.test(name))
    .map(([, part]) => wordsOf(textOfPart(part)))
    .filter((text) => /[^\d\s/／-]/.test(text));
  for (const text of new Set(words))
    report('HEADER_FOOTER_LEFT_OUT', 0, `ヘッダー・フッターの文字「${text}」は取り込んでいません。`);
};

const withFootnotes = (xml: string, { parts }: WordFile, report: Report): string => {
  const notes = [
    { part: 'word/footnotes.xml', note: 'w:footnote', reference: 'w:footnoteReference', name: '脚注' },
    { part: 'word/endnotes.xml', note: 'w:endnote', reference: 'w:endnoteReference', name: '文末脚注' },
  ];
  let result = xml;
  let count = 0;
  for (const { part, note, reference, name } of notes) {
    const texts = new Map(
      elementsIn(textOfPart(parts.get(part)), note).map((one) => [valueOf(one, note, 'w:id') ?? '', wordsOf(one)]),
    );
    result = replaceElements(result, reference, (element) => {
      const mark = `［注${++count}］`;
      const text = texts.get(valueOf(element, reference, 'w:id') ?? '') ?? '';
      report(
        'FOOTNOTE_LEFT_OUT',
        0,
        `${name}${mark}の次の文は本文に入れていません。必要なら「※」の注記として書き加えてください：「${text}」`,
      );
      return `<w:t>${mark}</w:t>`;
    });
  }
  return result;
};
