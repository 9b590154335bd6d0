import { finding, type Finding } from '@app/proof';
import { comparable, compareAs, compareText } from './compare-text';
import { withoutUnseen, type PrintData } from './print-document';
import {
  printedAlternatives,
  printedBookmarks,
  printedLinks,
  printedRunning,
  printedText,
  type Head,
  type PrintedLinks,
} from './printed-text';
import { squeezed, type Place, type ReadPdf } from './read-pdf';

/**
 * Whether a PDF shows that edition and nothing else, and leads nowhere else: text, running heads, alternative texts, bookmarks, contents,
 * destinations and links.
 */
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
  const strange = bookmarks.findIndex(
    ({ title }, i) => squeezed(pdf.bookmarks[i]?.title ?? '') !== title || !leadsTo(pdf.bookmarks[i]?.place, i, pdf),
  );
  if (strange !== -1 || bookmarks.length !== pdf.bookmarks.length) {
    const index = strange === -1 ? bookmarks.length : strange;
    found.push(
      finding(
        'OutlineDiffers',
        `pdf.bookmarks[${index}]`,
        `PDFのしおりの${index + 1}番目が、版の見出しと異なるか、その見出しを指していません。`,
        `Bookmark ${index + 1} of the PDF is not the heading of the edition, or does not lead to it.`,
      ),
    );
  }

  const difference = compareText(
    pdf.pages.map(({ text }) => squeezed(text)),
    printedText(data, (heading) => pdf.bookmarks[heading]?.place?.page ?? null),
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

  const running = pdf.pages.findIndex(({ artifacts }, i) => !isRunning(artifacts, data, i + 1, pdf.pages.length));
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

  const alternatives = printedAlternatives(data);
  // Of a file that was given out before they were left out, too.
  const shown = pdf.pages.flatMap((page, i) =>
    page.alternatives.map((text) => ({ text: withoutUnseen(text), page: i + 1 })),
  );
  const unsaid = firstUnsaid(
    shown.map(({ text }) => text),
    alternatives.map((cells) => cells.flat()),
  );
  if (unsaid !== null) {
    const { text = '', page = pdf.pages.length } = shown[unsaid.place] ?? {};
    found.push(
      finding(
        'TextDiffers',
        `pdf.page[${page}] 代替テキスト`,
        `PDFの${page}ページの図の代替テキスト（読み上げる文）が、版のデータと異なります。あるべき文「${unsaid.wanted}」、PDFの文「${text}」。`,
        `The alternative text of a figure on page ${page} is not that of the edition: “${text}” stands where “${unsaid.wanted}” should.`,
      ),
    );
  }
  const displaced = unsaid === null ? firstDisplaced(pdf, alternatives) : null;
  if (displaced !== null)
    found.push(
      finding(
        'TextDiffers',
        `pdf.page[${displaced}] 代替テキスト`,
        `PDFの${displaced}ページの表で、図の代替テキスト（読み上げる文）が、版のデータと異なる欄にあります。`,
        `In a table on page ${displaced} the alternative text of a figure stands in another cell than in the edition.`,
      ),
    );
  return [...found, ...checkLinks(pdf, data)];
};

/** On which page an alternative text stands first in another cell of its table than it should, all being there; null when none does. */
const firstDisplaced = (pdf: ReadPdf, alternatives: readonly (readonly (readonly string[])[])[]): number | null => {
  const known = [...new Set(alternatives.flat(2))];
  // A character for each, to be compared as text is.
  const signs = (texts: readonly string[]): string =>
    String.fromCharCode(...texts.map((text) => known.indexOf(withoutUnseen(text))));
  const difference = compareAs(
    (text) => text,
    pdf.pages.map((page) => signs(page.alternatives)),
    alternatives.map((cells) => ({ place: '代替テキスト', cells: cells.map(signs) })),
  );
  return difference?.page ?? null;
};

const isRunning = (artifacts: string, data: PrintData, page: number, pages: number): boolean => {
  const text = comparable(artifacts);
  const running = printedRunning(data, page, pages);
  if (running === null) return text === '';
  const [before, after] = [comparable(running.before), comparable(running.after)];
  if (!text.startsWith(before) || !text.endsWith(after) || text.length < before.length + after.length) return false;
  const between = text.slice(before.length, text.length - after.length);
  return between === '' || running.heads.some((heads) => areHeads(between, heads));
};

/** Whether a text is some of those headings, in their order. */
const areHeads = (text: string, heads: readonly Head[]): boolean => {
  if (text === '') return true;
  const tried = new Set<string>();
  return heads.some((head, i) => {
    const pieces = head.map((piece) => ({ place: '柱', ...piece }));
    const whole = head
      .flatMap(({ cells, spanning = [] }) => [...cells, ...spanning.map(({ cell }) => cell)])
      .map(comparable)
      .join('');
    if (whole === '' || tried.has(whole)) return false;
    tried.add(whole);
    return (
      compareText([text.slice(0, whole.length)], pieces) === null &&
      areHeads(text.slice(whole.length), heads.slice(i + 1))
    );
  });
};

/** Where the first alternative text stands that should not, and one that should; null when all are there, each group in any order. */
const firstUnsaid = (
  shown: readonly string[],
  groups: readonly (readonly string[])[],
): { readonly place: number; readonly wanted: string } | null => {
  let place = 0;
  for (const group of groups) {
    const left = [...group];
    while (left.length > 0) {
      const found = left.indexOf(shown[place] ?? '');
      if (found === -1) return { place, wanted: left[0] ?? '' };
      left.splice(found, 1);
      place++;
    }
  }
  return place === shown.length ? null : { place, wanted: '' };
};

/** Where links lead: those of the texts as the texts say, those within the PDF to their headings. */
const checkLinks = (pdf: ReadPdf, data: PrintData): readonly Finding[] => {
  const found: Finding[] = [];
  const differs = (at: string, ja: string, en: string) => found.push(finding('LinkDiffers', at, ja, en));

  const links = pdf.pages.flatMap((page, i) => page.links.map((address) => ({ address, page: i + 1 })));
  const wrong = firstStrange(
    links.map(({ address }) => address),
    printedLinks(data),
  );
  if (wrong !== null) {
    const { address = '', page = pdf.pages.length } = links[wrong] ?? {};
    differs(
      `pdf.page[${page}] リンク`,
      links[wrong] === undefined
        ? 'PDFに、版にあるリンクがありません。'
        : `PDFの${page}ページのリンク先「${address}」が、版のデータと異なります。`,
      links[wrong] === undefined
        ? 'A link of the edition is missing in the PDF.'
        : `A link on page ${page} leads to ${address}, which is not what the edition says.`,
    );
  }

  // The contents: one entry for each heading but their own, in the order of the headings.
  const jumps = pdf.pages.flatMap((page, i) => page.jumps.map((place) => ({ place, page: i + 1 })));
  const astray = jumps.findIndex(({ place }, i) => !leadsTo(place, i + 1, pdf));
  const entries = printedBookmarks(data).length - 1;
  if (astray !== -1 || jumps.length !== entries) {
    const page = jumps[astray]?.page ?? jumps.at(-1)?.page ?? 1;
    differs(
      `pdf.page[${page}] 目次`,
      `PDFの${page}ページの目次のリンクが、その見出しを指していません。`,
      `A link of the contents on page ${page} does not lead to its heading.`,
    );
  }

  const anchors = new Map(printedBookmarks(data).flatMap(({ anchor }, i) => (anchor === '' ? [] : [[anchor, i]])));
  const names = [...new Set([...anchors.keys(), ...pdf.destinations.map(({ name }) => name)])];
  const moved = names.find((name) => {
    const heading = anchors.get(name);
    const place = pdf.destinations.find((one) => one.name === name)?.place;
    return heading === undefined || !leadsTo(place, heading, pdf);
  });
  if (moved !== undefined)
    differs(
      `pdf.destinations ${moved}`,
      `PDFの行き先「${moved}」が、版のその項目を指していません。`,
      `The destination “${moved}” of the PDF is not at that item.`,
    );
  return found;
};

/** A heading's first line stands so far at most, in points, below the place that leads to it. */
const BELOW = 60;

const leadsTo = (place: Place | null | undefined, heading: number, pdf: ReadPdf): boolean => {
  const at = pdf.headings[heading]?.place;
  if (!place || !at || place.page !== at.page || place.top === null || at.top === null) return false;
  return place.top >= at.top && place.top - at.top <= BELOW;
};

/**
 * The place of the first link that should not stand there, the number of links when some are missing, null when all is well. One link of
 * the text may be several in the PDF, where a line ends.
 */
const firstStrange = (links: readonly string[], wanted: readonly PrintedLinks[]): number | null => {
  /** Which may come next: the same once more, or the next that is not blank or a blank one before it. */
  const next = (end: number): number[] => {
    const must = wanted.findIndex(({ blank }, i) => i > end && !blank);
    const last = must === -1 ? wanted.length - 1 : must;
    return Array.from({ length: last - end + 1 }, (_, i) => end + i);
  };
  /** With which of the wanted the links so far may have ended; -1: with none yet. */
  let ends: ReadonlySet<number> = new Set([-1]);
  for (const [place, link] of links.entries()) {
    ends = new Set([...ends].flatMap((end) => next(end).filter((i) => wanted[i]?.addresses.includes(link) ?? false)));
    if (ends.size === 0) return place;
  }
  return [...ends].some((end) => wanted.every(({ blank }, i) => i <= end || blank)) ? null : links.length;
};

const isSvg = ({ name }: ReadPdf['attachments'][number]): boolean => name.endsWith('.svg');
const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };
/** Of an SVG as it is kept: cleaned, so that no other entity is in it. */
const wordsOf = (svg: Uint8Array): string =>
  Buffer.from(svg)
    .toString('utf8')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp);/g, (entity) => entities[entity] as string);
