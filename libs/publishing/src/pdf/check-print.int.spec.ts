import { readFileSync } from 'node:fs';
import type { Block } from '@app/content';
import type { EditionDocument } from '../edition-document';
import { chequeredHash, paragraph, sampleAppearance, sampleEdition, withFirstBody } from '../testing/sample-edition';
import { checkPrint } from './check-print';
import { comparable } from './compare-text';
import { missingGlyphs } from './glyphs';
import { PdfPool } from './pdf-pool';
import { plainly, printDataOf, printJobOf, type Printing } from './print-document';
import { printedBookmarks } from './printed-text';
import { readPdf, type Element } from './read-pdf';
import { closePdfPool, renderPdf } from './render-pdf';

afterAll(closePdfPool);

const printed = async (edition: EditionDocument, printing: Printing = plainly) => {
  const pdf = await readPdf(await renderPdf(edition, printing));
  return { pdf, findings: checkPrint(pdf, printDataOf(edition, printing)) };
};
const cell = (text: string, rowspan = 1, type = 'tableCell'): Block => ({
  type,
  attrs: { colspan: 1, rowspan },
  content: text.split('\n').map((line) => paragraph(line)),
});
const head = (text: string): Block => cell(text, 1, 'tableHeader');
const table = (...rows: readonly (readonly Block[])[]): Block => ({
  type: 'table',
  content: rows.map((content) => ({ type: 'tableRow', content: [...content] })),
});
const list = (type: string, attrs: Record<string, unknown>, ...items: readonly Block[][]): Block => ({
  type,
  attrs,
  content: items.map((content) => ({ type: 'listItem', content })),
});
const times = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('what is printed', () => {
  it.each(['a4', 'wide'] as const)('is the edition, no more and no less, as %s', async (layout) => {
    const printing = { layout, verificationPage: 'https://kaijisho.example.com/verify/minato-karte/7', proof: '{}' };
    const { pdf, findings } = await printed(sampleEdition, printing);
    expect(findings).toEqual([]);
    expect(pdf.attachments.map(({ name }) => name)).toContain('disclosure-edition-7-proof.json');
    expect(pdf.pages.at(-1)?.links).toEqual([printing.verificationPage]);
  });

  it.each(['a4', 'wide'] as const)('is the edition where its pictures have words, as %s', async (layout) => {
    const words = '外部接続点 A&amp;B';
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" viewBox="0 0 300 200"><text x="20" y="90" font-family="Noto Sans JP">${words}</text></svg>`;
    const picture = { bytes: Buffer.from(svg), mediaType: 'image/svg+xml' };
    const appearance = { logo: { sha256: 'c'.repeat(64), mediaType: picture.mediaType }, accent: null, colophon: '' };
    const edition = { ...sampleEdition, loadFigure: async () => picture };
    const printing = { ...plainly, layout, appearance };
    const { pdf, findings } = await printed(edition, printing);
    expect(pdf.pages.map(({ figures }) => comparable(figures)).filter((text) => text !== '')).toEqual([
      comparable('外部接続点A&B'),
      comparable('外部接続点A&B'),
    ]);
    expect(findings).toEqual([]);
    const elsewhere = { ...pdf, attachments: pdf.attachments.filter(({ name }) => !name.endsWith('.svg')) };
    expect(checkPrint(elsewhere, printDataOf(edition, printing))).toMatchObject([
      { at: expect.stringContaining('図') },
    ]);
  });

  it('is the edition where pages cut the rows of a table, and repeat its headings', async () => {
    const long = '長い文がここに続きます。'.repeat(120);
    const rows = times(40).map((i) => [cell(`行${i}の見出し`), cell(`内容${i}。`.repeat(12) + (i === 20 ? long : ''))]);
    const { pdf, findings } = await printed(withFirstBody(table([head('区分'), head('内容')], ...rows)));
    expect(findings).toEqual([]);
    expect(pdf.pages[4]?.artifacts).toContain('区分 内容');
  });

  it.each(['a4', 'wide'] as const)('keeps each row of a table on one page that fits on one, as %s', async (layout) => {
    const rows = times(40).map((i) => [cell(`初${i}。`, 2), cell(`前${i}。\n中\n後${i}。`), cell('短い')]);
    const below = (i: number) => [cell(`上${i}。\n下${i}。`), cell('短い')];
    const long = [cell('縦'), cell(`始まり\n${'続き\n'.repeat(90)}終わり`), cell('短い')];
    const heads = [head('区分'), head('内容'), head('備考')];
    const edition = withFirstBody(table(heads, ...rows.flatMap((row, i) => [row, below(i)]), long, long));
    const { pdf, findings } = await printed(edition, { ...plainly, layout });
    expect(findings).toEqual([]);
    const texts = pdf.pages.map(({ text }) => comparable(text));
    const pageOf = (words: string): number => texts.findIndex((text) => text.includes(words));
    for (const i of times(40)) {
      expect([i, pageOf(`前${i}。`)]).toEqual([i, pageOf(`後${i}。`)]);
      expect([i, pageOf(`上${i}。`)]).toEqual([i, pageOf(`下${i}。`)]);
    }
    expect(pageOf('終わり')).toBeGreaterThan(pageOf('始まり'));
    expect(pageOf('終わり')).toBeGreaterThan(pageOf('前39。'));
  });

  it('is the edition where cells span rows, also over the end of a page', async () => {
    const tall = `縦\n${'あいう\n'.repeat(40)}えお`;
    const spanning = table(
      [head('A'), head('B'), head('C')],
      [cell(tall, 3), cell('1-2'), cell('1-3')],
      [cell('2-2'), cell('2-3')],
      [cell(`3-2\n${'か\n'.repeat(30)}き`), cell('3-3')],
    );
    const many = table(
      [head('A'), head('B')],
      ...times(25).flatMap((i) => [[cell(`結合${i}`, 2), cell(`上${i}`)], [cell(`下${i}`)]]),
    );
    const nested = list('bulletList', {}, [paragraph('一つ目'), spanning]);
    // Its second row has no cell of its own.
    const covered = table([cell('三行', 3), cell('二行', 2), cell('二行も', 2)], [], [cell('下'), cell('下も')]);
    expect((await printed(withFirstBody(spanning, many, nested, covered))).findings).toEqual([]);
  });

  it.each(['a4', 'wide'] as const)(
    'is the edition where headings that span rows are repeated, as %s',
    async (layout) => {
      const headings = [
        [cell('区分', 2, 'tableHeader'), { ...head('対応の担当'), attrs: { colspan: 2, rowspan: 1 } }],
        [head('平日'), head('休日')],
      ];
      const rows = times(40).map((i) => [cell(`行${i}`), cell('弊社'), cell('医療機関')]);
      const edition = withFirstBody(table(...headings, ...rows));
      const printing = { ...plainly, layout };
      const { pdf, findings } = await printed(edition, printing);
      expect(findings).toEqual([]);
      const repeated = pdf.pages.findIndex(({ artifacts }) => artifacts.includes('対応の担当'));
      expect(repeated).toBeGreaterThan(0);
      const swapped = pdf.pages.map((page, i) =>
        i === repeated ? { ...page, artifacts: page.artifacts.replace(/平日(\s*)休日/, '休日$1平日') } : page,
      );
      expect(checkPrint({ ...pdf, pages: swapped }, printDataOf(edition, printing))).toMatchObject([
        { at: `pdf.page[${repeated + 1}] 柱` },
      ]);
    },
  );

  it.each(['a4', 'wide'] as const)('is the edition where a page cuts a table within a table, as %s', async (layout) => {
    const holding = (...content: readonly Block[]): Block => ({ ...cell(''), content: [...content] });
    const rows = (name: string) => times(40).map((i) => [cell(`${name}${i}の一`), cell(`${name}${i}の二`)]);
    const edition = withFirstBody(
      table(
        [head('外の左'), head('外の右')],
        [
          holding(paragraph('前'), table([head('左A'), head('左B')], ...rows('左')), paragraph('後')),
          holding(table([head('右A'), head('右B')], ...rows('右'))),
        ],
      ),
    );
    const printing = { ...plainly, layout };
    const { pdf, findings } = await printed(edition, printing);
    expect(findings).toEqual([]);
    const repeated = pdf.pages.findIndex(({ artifacts }) => /外の左.*左A.*右A/.test(comparable(artifacts)));
    expect(repeated).toBeGreaterThan(0);
    const tampered = (name: 'artifacts' | 'text', one: RegExp, other: string) =>
      checkPrint(
        { ...pdf, pages: pdf.pages.map((page) => ({ ...page, [name]: page[name].replace(one, other) })) },
        printDataOf(edition, printing),
      );
    expect(tampered('artifacts', /右\s*A/, '右C')).toMatchObject([{ at: `pdf.page[${repeated + 1}] 柱` }]);
    expect(tampered('text', /左\s*7\s*の一/, '左8の一')).toMatchObject([{ at: expect.stringContaining('I-1') }]);
  });

  it('is the edition where figures stand in rows that a page cuts: they are numbered as the text has them', async () => {
    const picture = (name: string): Block => ({
      type: 'figure',
      attrs: { sha256: chequeredHash, mediaType: 'image/png', alt: `${name}の説明`, caption: name },
    });
    const holding = (...names: readonly string[]): Block => ({ ...cell(''), content: names.map(picture) });
    const left = times(12).map((i) => `左${i}`);
    const edition = withFirstBody(table([holding(...left), holding('右')]), picture('末'));
    const { pdf, findings } = await printed(edition);
    expect(findings).toEqual([]);
    const texts = comparable(pdf.pages.map(({ text }) => text).join(''));
    expect(texts).toContain('図12左11');
    expect(texts).toContain('図13右');
    const [first = '', second = ''] = ['左10の説明', '右の説明'];
    const exchanged = pdf.pages.map((page) => ({
      ...page,
      alternatives: page.alternatives.map((text) => ({ [first]: second, [second]: first })[text] ?? text),
    }));
    expect(checkPrint({ ...pdf, pages: exchanged }, printDataOf(edition, plainly))).toMatchObject([
      { code: 'TextDiffers', at: expect.stringContaining('代替テキスト') },
    ]);
    const silent = pdf.pages.map((page) => ({
      ...page,
      alternatives: page.alternatives.map((text) => text.replace('左3の', '左4の')),
    }));
    expect(checkPrint({ ...pdf, pages: silent }, printDataOf(edition, plainly))).toMatchObject([
      { at: expect.stringContaining('代替テキスト') },
    ]);
  });

  it('is the edition where letters have marks or invisible signs, and where one has them, the next has none', async () => {
    const edition = withFirstBody(
      paragraph('x\u0301 x か\u309a か A\u20dd A 検査値x\u0304は平均です。'),
      paragraph('b\u200bb\u200bc x\u200b y ﬂ fl'),
      list('orderedList', { style: 'circled', start: 0 }, [paragraph('零')], [paragraph('一')]),
    );
    const { pdf, findings } = await printed(edition);
    expect(findings).toEqual([]);
    const other = withFirstBody(...(edition.parts[0]?.items[0]?.body as { content: Block[] }).content.slice(1));
    expect(checkPrint(pdf, printDataOf(other, plainly))).not.toEqual([]);
    const marked = pdf.pages.map((page) => ({ ...page, text: page.text.replace('検査値x\u0304', '検査値x') }));
    expect(checkPrint({ ...pdf, pages: marked }, printDataOf(edition, plainly))).toMatchObject([
      { code: 'TextDiffers' },
    ]);
  });

  it('has no soft hyphens, at which a line or a link would end with a hyphen', async () => {
    const shy = 'informa\u00adtion\u00ad';
    const link: Block = {
      ...{ type: 'text', text: shy.repeat(9) },
      marks: [{ type: 'link', attrs: { href: 'https://example.com/' } }],
    };
    const figure = (alt: string, caption: string): Block => ({
      type: 'figure',
      attrs: { sha256: chequeredHash, mediaType: 'image/png', alt, caption },
    });
    const narrow = table([cell('区分'), { ...cell(''), content: [paragraph(link, shy)] }, cell(shy.repeat(3))]);
    const edition = withFirstBody(paragraph(shy.repeat(20)), paragraph(link, shy), narrow, figure(shy, shy));
    const { pdf, findings } = await printed(edition);
    expect(findings).toEqual([]);
    expect(JSON.stringify(pdf.pages)).not.toContain('\u00ad');
    // As in what was given out before.
    const before = pdf.pages.map((page) => ({
      ...page,
      text: page.text.replaceAll('informa', 'informa\u00ad'),
      alternatives: page.alternatives.map((text) => text.replace('informa', 'informa\u00ad')),
    }));
    expect(checkPrint({ ...pdf, pages: before }, printDataOf(edition, plainly))).toEqual([]);
  });

  it.each(['a4', 'wide'] as const)('is the edition where a heading is longer than a page, as %s', async (layout) => {
    const heading = { ...paragraph('長い見出し。'.repeat(900)), type: 'heading', attrs: { level: 3 } };
    expect((await printed(withFirstBody(heading, paragraph('後')), { ...plainly, layout })).findings).toEqual([]);
  });

  it.each(['a4', 'wide'] as const)('stays on the page where no line may break, as %s', async (layout) => {
    const runs = ['ー', '…', '、', '々', 'ッ', '」', '％。', '—'].map((sign) => sign.repeat(30));
    const cells = runs.slice(0, 6).map((run) => cell(run));
    const edition = withFirstBody(...runs.map((run) => paragraph(`${run}${run}後`)), table(cells));
    const { pdf, findings } = await printed(edition, { ...plainly, layout });
    expect(findings).toEqual([]);
    const [width, margin] = layout === 'a4' ? [210, 24] : [254, 22];
    expect(Math.max(...pdf.pages.map(({ rightmost }) => rightmost))).toBeLessThan(((width - margin + 2) / 25.4) * 72);
  });

  it('is the edition where a link shows nothing, also when no other is before it', async () => {
    const link = (text: string, href: string): Block => ({
      ...{ type: 'text', text },
      marks: [{ type: 'link', attrs: { href } }],
    });
    const edition = withFirstBody(
      paragraph(link('\u3000', 'https://example.com/blank'), '後'),
      paragraph(link('案内', 'https://example.com/')),
    );
    const { pdf, findings } = await printed(edition);
    expect(findings).toEqual([]);
    const moved = pdf.pages.map((page) => ({
      ...page,
      links: page.links.map((address) => (address === 'https://example.com/' ? 'https://example.com/blank' : address)),
    }));
    expect(checkPrint({ ...pdf, pages: moved }, printDataOf(edition, plainly))).toMatchObject([
      { code: 'LinkDiffers' },
    ]);
  });

  it('is the edition where lists stand in lists', async () => {
    const bullets = list('bulletList', {}, [paragraph('い'), list('bulletList', {}, [paragraph('ろ')])]);
    const numbers = list('orderedList', { style: 'decimal', start: 3 }, [paragraph('は'), bullets]);
    const circled = list(
      'orderedList',
      { style: 'circled', start: 1 },
      ...times(54).map(() => [paragraph('に'), numbers]),
    );
    expect((await printed(withFirstBody(circled, numbers))).findings).toEqual([]);
  });

  it('gives back every character that can be printed, as itself or as one that looks the same', async () => {
    const characters = times(0x30000)
      .filter((point) => point > 0x20 && (point < 0xd800 || point > 0xdfff))
      .map((point) => String.fromCodePoint(point))
      .filter(
        (one) => !/[\p{Default_Ignorable_Code_Point}\p{M}\s\u0085ﾞﾟ、。]/u.test(one) && missingGlyphs(one).length === 0,
      );
    expect(characters.length).toBeGreaterThan(16_000);
    const lines = times(Math.ceil(characters.length / 100)).map((i) =>
      paragraph(
        characters
          .slice(i * 100, i * 100 + 100)
          .map((one) => `、${one}。`)
          .join(''),
      ),
    );
    expect((await printed(withFirstBody(table([cell('ｻｰﾊﾞ'), cell('ﾊﾞｯｸｱｯﾌﾟ')])))).findings).toEqual([]);
    expect((await printed(withFirstBody(...lines, paragraph('ｶﾞｷﾞﾊﾟ か\u3099 e\u0301 葛󠄀')))).findings).toEqual([]);
    expect(comparable('診断')).not.toBe(comparable('診療'));
  });

  it('leads where the edition says, wherever a page ends', async () => {
    const linked = (address: string): Block => ({
      ...{ type: 'text', text: 'こちらの案内の頁'.repeat(9) },
      marks: [{ type: 'link', attrs: { href: address } }],
    });
    const addresses = ['https://example.com/案内?a=1&b=(2)', 'mailto:a@example.com', 'tel:+81-45-000-0000'];
    const links = addresses.map((address) => paragraph(linked(address)));
    const rows = times(12).map((i) => [linked(`https://example.com/${i}`), linked('https://日本語.example/#ろ')]);
    const cells = rows.map((row) => row.map((one) => ({ ...cell(''), content: times(7).map(() => paragraph(one)) })));
    for (const layout of ['a4', 'wide'] as const)
      for (const lines of times(2))
        expect(
          (
            await printed(
              withFirstBody(
                ...links,
                table([head('A'), head('B')], ...cells),
                ...times(lines * 11).map(() => paragraph('あ')),
              ),
              { ...plainly, layout },
            )
          ).findings,
        ).toEqual([]);
  }, 240_000);

  it('is refused when it is not what the edition says, and the passage named', async () => {
    const pdf = await readPdf(await renderPdf(sampleEdition));
    const other = withFirstBody(paragraph('国外法が適用される事業があります。'));
    expect(checkPrint(pdf, printDataOf(other, plainly))).toMatchObject([
      { code: 'TextDiffers', at: 'pdf.page[3] I-1', ja: expect.stringContaining('国外法が適用される事業があります。') },
    ]);
    const later = printDataOf({ ...sampleEdition, issuedOn: '2031-04-02' }, plainly);
    expect(checkPrint(pdf, later).map(({ at }) => at)).toEqual(['pdf.page[1] 表紙', 'pdf.page[2] 柱']);
  });
});

describe('the structure that assistive software reads', () => {
  /** Every element with those above it: `Document/Table/THead/TR/TH`. */
  const pathsOf = (elements: readonly Element[], above = ''): string[] =>
    elements.flatMap(({ role, children }) => [`${above}${role}`, ...pathsOf(children, `${above}${role}/`)]);

  it.each(['a4', 'wide'] as const)('of an edition, as %s', async (layout) => {
    const printing = { layout, verificationPage: 'https://kaijisho.example.com/verify/minato-karte/7', proof: null };
    const { pdf } = await printed(sampleEdition, { ...printing, appearance: sampleAppearance });
    const paths = pdf.pages.flatMap(({ elements }) => pathsOf(elements));
    const count = (pattern: RegExp): number => paths.filter((path) => pattern.test(path)).length;
    expect(pdf.language).toBe('ja-JP');
    expect(pdf.title).toBe('みなとカルテクラウド サービス仕様適合開示書 第7版');
    expect([count(/^Document\/H1$/), count(/^Document\/H2$/), count(/^Document\/H3$/)]).toEqual([6, 4, 1]);
    expect(pdf.headings.map(({ text }) => comparable(text))).toEqual(
      printedBookmarks(printDataOf(sampleEdition, printing)).map(({ title }) => comparable(title)),
    );
    expect(count(/^Document\/TOC\/(TOC\/)?TOCI\/Reference\/Link$/)).toBe(9);
    expect(count(/\/L\/LI\/Lbl$/)).toBe(count(/\/L\/LI\/LBody$/));
    expect(count(/\/L\/LI$/)).toBeGreaterThanOrEqual(10);
    // The responsibilities with its merged cells, and 改訂履歴; a page may cut them.
    expect(count(/^Document\/Table\/THead\/TR\/TH$/)).toBe(5 + 3);
    expect(count(/^Document\/Table\/TBody\/TR\/TD$/)).toBeGreaterThanOrEqual(3 + 4 + 6);
    expect(count(/\/Figure$/)).toBe(3);
    expect(pdf.pages.flatMap(({ alternatives }) => alternatives)).toEqual([
      sampleEdition.issuer.name,
      '端末から専用領域までの構成図',
      `検証のページのアドレス ${printing.verificationPage}`,
    ]);
    // Whatever is drawn or written stands in the structure, or is running.
    expect(new Set(paths.map((path) => path.split('/')[0]))).toEqual(new Set(['Document']));
  });
});

describe('a render', () => {
  const residentMb = (id: number): number =>
    Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? NaN) / 1_024;

  it('costs no memory that is not given back: 200 of them', async () => {
    const pool = new PdfPool({ size: 1 });
    const before = process.memoryUsage().rss;
    const most = [0, 0];
    for (let i = 0; i < 200; i++) {
      // The same sizes once more: what the second hundred takes beyond the first is never given back.
      await pool.render(await printJobOf(withFirstBody(paragraph(`${i}回目`.repeat(i % 100))), '-'));
      const half = i < 100 ? 0 : 1;
      most[half] = Math.max(most[half] ?? 0, ...pool.processIds().map(residentMb));
    }
    await pool.close();
    const [first = 0, second = 0] = most;
    expect(first).toBeGreaterThan(50);
    expect(second).toBeLessThanOrEqual(1.2 * first);
    expect(second).toBeLessThan(600);
    expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(250);
  }, 240_000);
});
