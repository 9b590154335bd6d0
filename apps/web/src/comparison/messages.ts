import { inBoth } from '../messages/language';

/** Texts of 新旧対照表. What stands in the table itself is Japanese in either language: it is the document. */
export const comparisonMessages = inBoth(
  {
    title: '新旧対照表',
    editions: (service: string) => `${service} 版・公開`,
    extent: '表示する範囲',
    changed: '改正部分だけ',
    all: '全文',
    downloads: '新旧対照表のダウンロード',
    pdf: 'PDF',
    word: 'Word',
    html: 'HTML',
    markdown: 'Markdown',
    print: '印刷',
    nothing: '二つの本文に違いはありません。',
    rows: '新旧対照表の内容',
  },
  {
    title: 'Comparison',
    editions: (service) => `${service}: editions`,
    extent: 'What to show',
    changed: 'Changes only',
    all: 'Full text',
    downloads: 'Download the comparison',
    pdf: 'PDF',
    word: 'Word',
    html: 'HTML',
    markdown: 'Markdown',
    print: 'Print',
    nothing: 'The two texts do not differ.',
    rows: 'Comparison',
  },
);
