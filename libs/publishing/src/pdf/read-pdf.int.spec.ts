import { readPdf } from './read-pdf';

/** What the glyphs of the letters A to I are read as. */
const READ_AS = ['か', 'が', 'x', 'x\u0304', '1', '2', 'ﬂ', '-', 'ﾊﾞ'];

/** A PDF of one line, whose marked contents show those letters and say that they stand for a text. */
const saying = (...contents: readonly { readonly shows: string; readonly says: string }[]): Uint8Array => {
  const hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');
  const shown = contents.map(
    ({ shows, says }, i) => `/Span <</MCID ${i} /ActualText <feff${hex(says)}>>> BDC (${shows}) Tj EMC`,
  );
  const map = [
    '/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange',
    `${READ_AS.length} beginbfchar ${READ_AS.map((text, i) => `<${(65 + i).toString(16)}> <${hex(text)}>`).join(' ')} endbfchar`,
    'endcmap end',
  ].join('\n');
  const stream = (text: string): string => `<</Length ${text.length}>> stream\n${text}\nendstream`;
  const objects = [
    '<</Type /Catalog /Pages 2 0 R>>',
    '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    '<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>>',
    stream(`BT /F 12 Tf 40 700 Td ${shown.join(' ')} ET`),
    '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R>>',
    stream(map),
  ];
  let file = '%PDF-1.7\n';
  const places = objects.map((object, i) => {
    const place = file.length;
    file += `${i + 1} 0 obj ${object} endobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  return Buffer.from(
    `${file}${table}trailer <</Size ${objects.length + 1} /Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF`,
  );
};
const readOf = async (shows: string, says: string): Promise<string> =>
  (await readPdf(saying({ shows, says }))).pages.map(({ text }) => text.trim()).join('');

describe('what a PDF says that its glyphs stand for', () => {
  it('is taken for letters with marks that have no character of their own', async () => {
    expect(await readOf('D', 'x')).toBe('x'); // the glyph of x, first printed with a mark
    expect(await readOf('CD', 'x\u0304')).toBe('x\u0304'); // the glyph of x, and that of the mark
    expect(await readOf('ED', '1\u0304')).toBe('1\u0304');
  });

  it.each([
    ['another letter', 'E', '2', '1'],
    ['another letter of a marked one', 'D', '1', 'x\u0304'],
    ['a letter less', 'EF', '1', '12'],
    ['a letter less, and a mark', 'CE', 'x\u0304', 'x1'],
    ['a letter more', 'E', '12', '1'],
    ['letters in another order', 'EF', '21', '12'],
    ['a letter without its voicing', 'B', 'か', 'が'],
    ['a letter with a voicing', 'A', 'が', 'か'],
    ['another mark', 'D', 'x\u0301', 'x\u0304'],
    ['a mark that is not there', 'C', 'x\u0304', 'x'],
    ['a soft hyphen for one that is shown', 'HE', '\u00ad1', '-1'],
    ['half a voicing for another', 'I', 'ﾊﾟ', 'ﾊﾞ'],
    ['nothing', 'E', '', '1'],
    ['a ligature by its letters', 'G', 'fl', 'ﬂ'],
  ])('is not taken where it is %s', async (_, shows, says, read) => {
    expect(await readOf(shows, says)).toBe(read);
  });
});
