import { readZip } from '@app/importing';
import { editionDocx } from './edition-docx';
import { chequered, chequeredHash, sampleAppearance, sampleEdition } from './testing/sample-edition';

const loadFigure = async (sha256: string) =>
  sha256 === chequeredHash ? { bytes: chequered, mediaType: 'image/png' } : null;

describe('an edition as a Word file', () => {
  let file: Uint8Array;
  let document: string;
  let entries: ReadonlyMap<string, Uint8Array>;
  beforeAll(async () => {
    file = await editionDocx({ ...sampleEdition, loadFigure });
    const read = readZip(file);
    if (!read.ok) throw new Error(read.why);
    entries = read.entries;
    document = Buffer.from(entries.get('word/document.xml')!).toString('utf8');
  });

  it('has cover, parts, items, history and issuer in the order of the document', () => {
    const text = document.replace(/<[^>]+>/g, '');
    const order = [
      'みなとカルテクラウド',
      'サービス仕様適合開示書',
      '第7版 2031年4月1日発行（2031年4月15日施行）',
      'I. 外部保存',
      '1. 保存された',
    ].concat(['II. 医療機関等', '以上', '改訂履歴', '第6版', '株式会社みなと医療情報', '〒231-0000']);
    const places = order.map((one, i) => text.indexOf(one, i === 0 ? 0 : text.indexOf(order[i - 1]!)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('keeps merged cells and marks header cells', () => {
    expect(document).toContain('<w:gridSpan w:val="3"/>');
    expect(document).toContain('w:fill="E8EDF2"');
  });

  it('numbers ①-lists as Word does, and shows a remark with its ※', () => {
    expect(Buffer.from(entries.get('word/numbering.xml')!).toString('utf8')).toContain('decimalEnclosedCircle');
    expect(document).toMatch(/>※ </);
  });

  it('has the image of a figure and its alternative text', () => {
    expect([...entries.keys()].filter((name) => name.startsWith('word/media/'))).toHaveLength(1);
    expect(document).toMatch(/<wp:docPr [^>]*descr="[^"]+"/);
  });

  it('looks as the company does: logo on the first page, colour of headings, lines of the colophon', async () => {
    const read = readZip(await editionDocx({ ...sampleEdition, loadFigure }, sampleAppearance));
    if (!read.ok) throw new Error(read.why);
    const part = (name: RegExp) =>
      [...read.entries].filter(([path]) => name.test(path)).map(([, bytes]) => Buffer.from(bytes).toString('utf8'));
    expect(part(/^word\/header\d+\.xml$/).join('')).toContain('descr="株式会社みなと医療情報"');
    expect(part(/^word\/styles\.xml$/).join('')).toContain('w:color w:val="7a1f2b"');
    expect(part(/^word\/document\.xml$/).join('')).toContain('<w:titlePg/>');
    const text = part(/^word\/document\.xml$/)
      .join('')
      .replace(/<[^>]+>/g, '');
    expect(text).toMatch(/制作：みなと医療情報 広報室許可なく転載することを禁じます。$/);
  });

  it('is the same bytes whenever it is written', async () =>
    expect(Buffer.from(await editionDocx({ ...sampleEdition, loadFigure })).equals(Buffer.from(file))).toBe(true));
});
