import { finding, type Finding } from '@app/proof';
import { comparable, compareText } from './compare-text';
import type { PrintData } from './print-document';
import { printedBookmarks, printedRunning, printedText } from './printed-text';
import { squeezed, type ReadPdf } from './read-pdf';

/** Whether a PDF shows that edition and nothing else: text, running heads, bookmarks, contents, destinations and links. */
export const checkPrint = (pdf: ReadPdf, data: PrintData): readonly Finding[] => {
  const found: Finding[] = pdf.foreign.map((what) =>
    finding(
      'PdfForeignContent',
      'pdf',
      `PDFに、版に含まれないものがあります（${what}）。`,
      `The PDF has something that is no part of an edition: ${what}.`,
    ),
  );

  const bookmarks = printedBookmarks(data);
  const strange = bookmarks.findIndex((title, i) => squeezed(pdf.bookmarks[i]?.title ?? '') !== title);
  if (strange !== -1 || bookmarks.length !== pdf.bookmarks.length) {
    const index = strange === -1 ? bookmarks.length : strange;
    found.push(
      finding(
        'OutlineDiffers',
        `pdf.bookmarks[${index}]`,
        `PDFのしおりの${index + 1}番目が、版の見出しと異なります。`,
        `Bookmark ${index + 1} of the PDF is not the heading of the edition.`,
      ),
    );
  }

  const difference = compareText(
    pdf.pages.map(({ text }) => squeezed(text)),
    printedText(data, (heading) => pdf.bookmarks[heading]?.page ?? null),
  );
  if (difference !== null) {
    const { page, place, expected, found: shown } = difference;
    found.push(
      finding(
        'TextDiffers',
        `pdf.page[${page}] ${place}`,
        `PDFの${page}ページ（${place}）の文字が、版のデータと異なります。あるべき文字「${expected}」、PDFの文字「${shown}」。`,
        `The text of page ${page} (${place}) is not that of the edition: “${shown}” stands where “${expected}” should.`,
      ),
    );
  }

  const running = pdf.pages.findIndex(
    ({ artifacts }, i) =>
      !printedRunning(data, i + 1, pdf.pages.length).some((text) => comparable(text) === comparable(artifacts)),
  );
  if (running !== -1) {
    found.push(
      finding(
        'TextDiffers',
        `pdf.page[${running + 1}] 柱`,
        `PDFの${running + 1}ページの柱またはページ番号が、版のデータと異なります。`,
        `The running head or the number of page ${running + 1} is not that of the edition.`,
      ),
    );
  }

  // Where a picture has its words, and whether it shows them, is up to the picture: what it cannot have is a character from elsewhere.
  const drawable = new Set(
    comparable(
      pdf.attachments
        .filter(isSvg)
        .map(({ bytes }) => wordsOf(bytes))
        .join(''),
    ),
  );
  const drawn = pdf.pages.findIndex(({ figures }) => [...comparable(figures)].some((each) => !drawable.has(each)));
  if (drawn !== -1) {
    found.push(
      finding(
        'TextDiffers',
        `pdf.page[${drawn + 1}] 図`,
        `PDFの${drawn + 1}ページの図に、版の図にない文字があります。`,
        `A figure on page ${drawn + 1} has characters that no figure of the edition has.`,
      ),
    );
  }
  return found;
};

const isSvg = ({ name }: ReadPdf['attachments'][number]): boolean => name.endsWith('.svg');
const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };
/** Of an SVG as it is kept: cleaned, so that no other entity is in it. */
const wordsOf = (svg: Uint8Array): string =>
  Buffer.from(svg)
    .toString('utf8')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp);/g, (entity) => entities[entity] as string);
