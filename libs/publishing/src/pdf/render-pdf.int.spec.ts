import { readFileSync } from 'node:fs';
import type { Block } from '@app/content';
import { bodyOf } from '../edition-document';
import { editionJson } from '../edition-json';
import { readPdf, squeezed, type WholePdf } from '../testing/read-pdf';
import { chequeredHash, paragraph, sampleEdition, withFirstBody } from '../testing/sample-edition';
import { MissingFigure, MissingGlyph, PdfEngineFailed } from './errors';
import { PdfPool } from './pdf-pool';
import { printJobOf } from './print-document';
import { closePdfPool, printVersion, renderPdf } from './render-pdf';

afterAll(closePdfPool);

/** Every run of text of a body, in reading order. */
const leaves = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => [
    ...(block.content?.some((child) => child.type === 'text')
      ? [block.content.map((child) => child.text ?? '').join('')]
      : leaves(block.content ?? [])),
    ...(block.type === 'figure' ? [String(block.attrs?.['caption'])] : []),
  ]);

/** The texts that do not follow one another in the PDF. */
const missingIn = (text: string, wanted: readonly string[]): string[] => {
  let from = 0;
  return wanted.filter((sentence) => {
    const at = text.indexOf(squeezed(sentence), from);
    if (at >= 0) from = at + squeezed(sentence).length;
    return at < 0;
  });
};

describe('the PDF of an edition', () => {
  let bytes: Uint8Array;
  let pdf: WholePdf;
  beforeAll(async () => {
    bytes = await renderPdf(sampleEdition);
    pdf = await readPdf(bytes);
  });

  it('has every sentence of the edition, in its order', () => {
    const titles = sampleEdition.parts.flatMap((part) => [
      part.title,
      ...part.items.flatMap((item) => [item.title, ...leaves(bodyOf(item).content)]),
    ]);
    const body = pdf.text.slice(pdf.text.lastIndexOf(squeezed(`I.${sampleEdition.parts[0]?.title}`)));
    expect(missingIn(body, titles)).toEqual([]);
  });

  it('says on its cover what it is, who issues it, and from when it holds', () =>
    expect(
      missingIn(pdf.text, [
        'みなとカルテクラウド',
        'サービス仕様適合開示書',
        '版数第7版',
        '発行日2031年4月1日',
        '施行日2031年4月15日',
        '株式会社みなと医療情報',
      ]),
    ).toEqual([]));

  it('shows the contents with numbers and pages', () =>
    expect(
      missingIn(pdf.text, [
        '目次',
        'I.外部保存',
        '最低限確認する必要がある内容3',
        '1.保存された情報を格納する情報機器等の国内法の適用状況3',
      ]),
    ).toEqual([]));

  it('ends with the history, the signatures and the issuer', () => {
    const { contentHash } = sampleEdition;
    expect(
      missingIn(pdf.text, [
        '以上',
        '改訂履歴',
        '第6版2030年1月28日接続方式の変更に伴う内容見直し',
        '第7版',
        '・I-2.基本方針',
        '承認記録',
        '審査',
        '個人情報保護責任者',
        '森千夏',
        '2031年3月20日14時03分12秒（Asia/Tokyo、UTC+09:00）',
        '責任範囲を確認しました。',
        contentHash,
        String(sampleEdition.signatures[0]?.coverageHash),
        '承認',
        '管理責任者',
        'サービス企画本部',
        '髙橋健一',
        '第7版の変更箇所と全文を確認し、承認します。',
        '2031年3月23日00時41分55秒',
        contentHash,
        '確認（代理）',
        '岡田葵',
        '運用管理責任者石井修（サービス運用部部長）',
        '2031年3月1日から2031年3月31日まで',
        '石井修の代理として、第7版の変更箇所と全文を確認しました。',
        contentHash,
        '後閲',
        '上田真一',
        '発行者',
        '株式会社みなと医療情報',
        '〒231-0000',
        '045-000-0000',
        contentHash,
      ]),
    ).toEqual([]);
  });

  it('repeats title, edition, issuer and page number outside the text', () =>
    expect(pdf.artifacts).toContain(
      squeezed(`みなとカルテクラウド サービス仕様適合開示書第7版　2031年4月1日株式会社みなと医療情報2/${pdf.pages}`),
    ));

  it('has a bookmark for each part and item, and a destination to cite each item by', () => {
    expect(pdf.bookmarks.map(squeezed)).toEqual(
      [
        '目次',
        'I.外部保存を受託する事業者の選定にあたり最低限確認する必要がある内容',
        '1.保存された情報を格納する情報機器等の国内法の適用状況',
      ]
        .concat(['2.基本方針・取扱規程等の整備状況', 'II.医療機関等との共通理解を形成するために情報提供すべき内容'])
        .concat(['1.リスク対応', '2.制度上の要求事項への対応', '改訂履歴', '承認記録', '発行者']),
    );
    expect(pdf.destinations).toEqual(expect.arrayContaining(['I-1', 'I-2', 'II-1', 'II-2']));
    expect(pdf.links).toContain('https://example.com/security');
  });

  it('carries the edition as JSON', () =>
    expect(Buffer.from(pdf.attachments['disclosure-edition-7.json'] ?? []).toString('utf8')).toBe(
      editionJson(sampleEdition),
    ));

  it('declares itself PDF/A-3a, tagged, in Japanese', () => {
    const raw = Buffer.from(bytes).toString('latin1');
    expect(raw).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(raw).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(raw).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/);
    expect(raw).toMatch(/\/Lang \(ja-JP\)/);
  });

  it('is the same, byte for byte, from another process', async () => {
    const pool = new PdfPool({ size: 1 });
    expect(Buffer.from(await pool.render(await printJobOf(sampleEdition, printVersion()))).equals(bytes)).toBe(true);
    await pool.close();
  });

  it('is the same when a later edition has come into force', async () => {
    const later = { number: 8, issuedOn: '2032-01-01', historyText: '次の版' };
    const seenLater = { ...sampleEdition, inForce: false, revisionHistory: [...sampleEdition.revisionHistory, later] };
    expect(Buffer.from(await renderPdf(seenLater)).equals(bytes)).toBe(true);
  });

  it('says of an imported edition that it carries no signatures', async () => {
    const { text } = await readPdf(await renderPdf({ ...sampleEdition, origin: 'imported', signatures: [] }));
    expect(text).toContain('取込み前に行われた審査・承認の署名は、この記録に含まれません。');
  });

  it('never mixes the texts of two renders', async () => {
    const alphabet = [...'関辻理診療録医療情報のをはがですます、。「」①※ｱA7髙𠮷～'];
    let seed = 7;
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const sentence = () =>
      Array.from(
        { length: 3 + Math.floor(random() * 40) },
        () => alphabet[Math.floor(random() * alphabet.length)],
      ).join('');
    for (let round = 0; round < 12; round++) {
      const sentences = Array.from({ length: 25 }, sentence);
      const { text } = await readPdf(await renderPdf(withFirstBody(...sentences.map((one) => paragraph(one)))));
      expect(missingIn(text, sentences)).toEqual([]);
    }
  });

  it('breaks what has no place to break before it runs off the page', async () => {
    const word = 'x'.repeat(300);
    const cell = { type: 'tableCell', content: [paragraph(word)] };
    const table = { type: 'table', content: [{ type: 'tableRow', content: Array.from({ length: 6 }, () => cell) }] };
    const { text, rightmost } = await readPdf(
      await renderPdf(withFirstBody(paragraph(word), paragraph(`https://example.com/${word}`), table)),
    );
    expect(missingIn(text, [word, `https://example.com/${word}`, word, word])).toEqual([]);
    expect(rightmost).toBeLessThan(((210 - 24 + 2) / 25.4) * 72);
  });

  it('takes text for text, whatever it looks like', async () => {
    const sentences = [
      '#panic("no")',
      '*not bold* _nor this_ $x^2$ @ref <label>',
      '// not a comment',
      '\\u{41} `raw` = = heading',
      '-- --- ...  "quoted"',
    ];
    const { text } = await readPdf(await renderPdf(withFirstBody(...sentences.map((one) => paragraph(one)))));
    expect(missingIn(text, sentences)).toEqual([]);
  });
});

describe('a text that cannot be printed', () => {
  it('is refused with the characters and the item that has them', async () => {
    const refused = renderPdf(withFirstBody(paragraph('確認しました😀。', '한')));
    await expect(refused).rejects.toBeInstanceOf(MissingGlyph);
    await expect(refused).rejects.toMatchObject({ found: [{ characters: ['😀', '한'], item: 'I-1' }] });
  });

  it('is refused when the character stands outside the items', async () =>
    expect(renderPdf({ ...sampleEdition, issuer: { name: 'みなと🏥' } })).rejects.toMatchObject({
      found: [{ characters: ['🏥'], item: null }],
    }));

  it('is refused when a figure is not stored', async () => {
    const refused = renderPdf({ ...sampleEdition, loadFigure: async () => null });
    await expect(refused).rejects.toBeInstanceOf(MissingFigure);
    await expect(refused).rejects.toMatchObject({ item: 'II-1', sha256: chequeredHash });
  });

  it('shows an SVG as it is drawn, with its words as text', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="300" height="200" viewBox="0 0 300 200"><style>.a{fill:#345}</style><g id="box"><rect class="a" width="90" height="60"/></g><use xlink:href="#box" x="120"/><text x="20" y="150" font-family="Noto Sans JP">外部接続点</text></svg>`;
    const drawn = await readPdf(
      await renderPdf({
        ...sampleEdition,
        loadFigure: async () => ({ bytes: Buffer.from(svg), mediaType: 'image/svg+xml' }),
      }),
    );
    expect(Object.keys(drawn.attachments)).toContain(`figure-${chequeredHash}.svg`);
    expect(drawn.figures).toContain('外部接続点');
    expect(drawn.text).not.toContain('外部接続点');
  });

  it('is refused when a figure is no picture, and the next edition prints', async () => {
    const broken = {
      ...sampleEdition,
      loadFigure: async () => ({ bytes: Buffer.from('not a picture'), mediaType: 'image/png' }),
    };
    await expect(renderPdf(broken)).rejects.toBeInstanceOf(PdfEngineFailed);
    expect((await renderPdf(sampleEdition)).byteLength).toBeGreaterThan(10_000);
  });
});

describe('a child that renders', () => {
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  /** How long a process has computed, in ticks of the system (a hundredth of a second). */
  const computed = (id: number): number => Number(readFileSync(`/proc/${id}/stat`, 'utf8').split(' ')[13] ?? NaN);

  it('costs one retry when it is killed half-way', async () => {
    const pool = new PdfPool({ size: 1 });
    // Long enough that a child that has begun with it is seen in the midst of it.
    const long = withFirstBody(...Array.from({ length: 6_000 }, (_, i) => paragraph(`${i}つ目の文です。`.repeat(8))));
    await pool.render(await printJobOf(sampleEdition, printVersion()));
    const [first = 0] = pool.processIds();
    const idle = computed(first);
    let answered = false;
    const rendered = pool.render(await printJobOf(long, printVersion())).finally(() => (answered = true));
    while (computed(first) < idle + 20 && !answered) await turn();
    expect(answered).toBe(false);
    process.kill(first, 'SIGKILL');
    expect(
      Buffer.from(await rendered)
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(pool.processIds()).not.toContain(first);
    await pool.close();
  });

  it('is given up when it dies on the same document twice, and the pool goes on', async () => {
    const pool = new PdfPool({ size: 1 });
    const killed = new Set<number>();
    let settled = false;
    const job = await printJobOf(sampleEdition, printVersion());
    const outcome = pool.render(job).then(
      () => 'rendered',
      (error: unknown) => error,
    );
    void outcome.finally(() => (settled = true));
    while (!settled) {
      for (const id of pool.processIds().filter((one) => !killed.has(one)))
        process.kill(id, 'SIGKILL') && killed.add(id);
      await turn();
    }
    expect(await outcome).toBeInstanceOf(PdfEngineFailed);
    expect(killed.size).toBe(2);
    expect((await pool.render(job)).byteLength).toBeGreaterThan(10_000);
    await pool.close();
  });

  it('is ended when it takes too long', async () => {
    const pool = new PdfPool({ size: 1, limitMs: 1 });
    await expect(pool.render(await printJobOf(sampleEdition, printVersion()))).rejects.toThrow('SIGKILL');
    await pool.close();
  });

  it('ends by itself when there is nothing to do', async () => {
    const pool = new PdfPool({ size: 1, idleMs: 1 });
    await pool.render(await printJobOf(sampleEdition, printVersion()));
    while (pool.processIds().length > 0) await turn();
    expect((await pool.render(await printJobOf(sampleEdition, printVersion()))).byteLength).toBeGreaterThan(10_000);
    await pool.close();
  });

  it('is replaced after its share of renders', async () => {
    const pool = new PdfPool({ size: 1, rendersPerChild: 1 });
    const job = await printJobOf(sampleEdition, printVersion());
    const [first] = [await pool.render(job), await pool.render(job)];
    expect(first.byteLength).toBeGreaterThan(10_000);
    await pool.close();
  });
});
