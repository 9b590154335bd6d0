import { createRequire } from 'node:module';
import PdfPrinter from 'pdfmake';

/** pdfmake's own way: a definition of the document, laid out in this process; plain PDF without tags, hashes or attachments. */
export const openPdfmake = (edition) => {
  const { resolve } = createRequire(import.meta.url);
  const font = (name) => resolve(`@expo-google-fonts/noto-sans-jp/${name}/NotoSansJP_${name}.ttf`);
  const [normal, bold] = [font('400Regular'), font('700Bold')];
  const printer = new PdfPrinter({ Noto: { normal, bold, italics: normal, bolditalics: bold } });
  return {
    print: async () => {
      const document = printer.createPdfKitDocument(definitionOf(edition));
      document.end();
      const chunks = [];
      for await (const chunk of document) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    close: () => {},
  };
};

const definitionOf = (edition) => ({
  pageSize: 'A4',
  defaultStyle: { font: 'Noto', fontSize: 9.5, lineHeight: 1.4 },
  styles: {
    title: { fontSize: 20, bold: true },
    part: { fontSize: 14, bold: true },
    item: { fontSize: 11, bold: true },
  },
  footer: (page, pages) => ({ text: `${page} / ${pages}`, alignment: 'center' }),
  content: [
    { text: edition.serviceName },
    { text: edition.title, style: 'title' },
    { text: `第${edition.number}版　${edition.issuedOn}　${edition.issuer.name}` },
    { toc: { title: { text: '目次', style: 'part' } }, pageBreak: 'after' },
    ...edition.parts.flatMap((part) => [
      { text: `${part.number}. ${part.title}`, style: 'part', tocItem: true },
      ...part.items.flatMap((item) => [
        { text: `${item.number}. ${item.title}`, style: 'item', tocItem: true },
        ...item.body.content.map(blockOf),
      ]),
    ]),
    { text: '改訂履歴', style: 'part' },
    ...edition.revisionHistory.map((row) => ({ text: `第${row.number}版　${row.issuedOn}　${row.historyText}` })),
    { text: edition.contentHash },
  ],
});

const blockOf = (block) => {
  const content = block.content ?? [];
  switch (block.type) {
    case 'bulletList':
      return { ul: content.map(blocksOf) };
    case 'orderedList':
      return { ol: content.map(blocksOf) };
    case 'table':
      return tableOf(content);
    default:
      return content.some(({ type }) => type !== 'text' && type !== 'hardBreak') ? blocksOf(block) : paragraphOf(block);
  }
};
const blocksOf = ({ content = [] }) => ({ stack: content.map(blockOf) });
const paragraphOf = ({ type, content = [] }) => ({
  text: [
    type === 'note' ? '※ ' : '',
    ...content.map(({ text, marks = [] }) => ({
      text: text ?? '\n',
      bold: marks.some((mark) => mark.type === 'bold'),
    })),
  ],
  bold: type === 'heading',
});

/** pdfmake wants an empty cell wherever another one reaches. */
const tableOf = (rows) => {
  const body = rows.map(() => []);
  rows.forEach(({ content = [] }, row) => {
    let column = 0;
    for (const cell of content) {
      while (body[row][column] !== undefined) column++;
      const { colspan = 1, rowspan = 1 } = cell.attrs ?? {};
      for (let down = 0; down < rowspan; down++)
        for (let right = 0; right < colspan; right++) if (body[row + down]) body[row + down][column + right] = {};
      body[row][column] = {
        ...{ ...blocksOf(cell), colSpan: colspan, rowSpan: rowspan },
        ...(cell.type === 'tableHeader' ? { bold: true, fillColor: '#f3f5f7' } : {}),
      };
    }
  });
  const columns = Math.max(...body.map((cells) => cells.length));
  return { table: { widths: Array(columns).fill('*'), body } };
};
