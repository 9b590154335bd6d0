import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sampleAppearance, sampleEdition } from '../testing/sample-edition';
import { compareText } from './compare-text';
import { layouts, plainly, printDataOf, type Layout } from './print-document';
import { printedText } from './printed-text';
import { readPdf, squeezed } from './read-pdf';
import { closePdfPool, renderPdf } from './render-pdf';

const tools = ['pdfinfo', 'pdffonts', 'pdftotext', 'qpdf'];
const missing = tools.filter((tool) => spawnSync(tool, [tool === 'qpdf' ? '--version' : '-v']).error !== undefined);
if (missing.length > 0)
  process.stderr.write(`Other tools do not look at the PDFs: ${missing.join(', ')} not found (poppler-utils, qpdf).\n`);

const veraPdf = process.env['VERAPDF'] ?? 'verapdf';
const validates = spawnSync(veraPdf, ['--version']).error === undefined;
if (!validates) process.stderr.write('The PDFs are not validated as PDF/A-3a: verapdf not found (VERAPDF names it).\n');

afterAll(closePdfPool);

const lookedAt = missing.length > 0 ? describe.skip : describe;
lookedAt.each(layouts)('a PDF in the layout %s, to other tools', (layout: Layout) => {
  let folder: string;
  let file: string;
  let bytes: Uint8Array;
  const say = async (tool: string, ...args: string[]): Promise<string> =>
    (await promisify(execFile)(tool, args, { maxBuffer: 64 * 1024 * 1024 })).stdout;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kaijisho-pdf-'));
    file = join(folder, 'edition.pdf');
    bytes = await renderPdf(sampleEdition, { ...plainly, layout });
    await writeFile(file, bytes);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is whole and has no error of syntax', async () =>
    expect(await say('qpdf', '--check', file)).toContain('No syntax or stream encoding errors found'));

  it('is tagged, has no script and no form, and pages of one size', async () => {
    const info = await say('pdfinfo', file);
    expect(info).toMatch(/^Title: +みなとカルテクラウド サービス仕様適合開示書 第7版$/m);
    expect(info).toMatch(/^Tagged: +yes$/m);
    expect(info).toMatch(/^JavaScript: +no$/m);
    expect(info).toMatch(/^Form: +none$/m);
    expect(info).toMatch(/^Encrypted: +no$/m);
    expect(info).toMatch(
      layout === 'a4' ? /^Page size: +595\.\d+ x 841\.\d+ pts \(A4\)$/m : /^Page size: +720 x 405 pts$/m,
    );
  });

  it('has all its fonts inside, each with a way back to Unicode', async () => {
    const [, , ...fonts] = (await say('pdffonts', file)).trimEnd().split('\n');
    expect(fonts.length).toBeGreaterThan(1);
    // emb, sub, uni, object
    for (const font of fonts) expect(font).toMatch(/ yes yes yes +\d+ +\d+$/);
  });

  it('reads as the edition, page by page: white space, running heads and page numbers aside', async () => {
    const data = printDataOf(sampleEdition, { ...plainly, layout });
    const { bookmarks } = await readPdf(bytes);
    const pages = (await say('pdftotext', '-raw', '-enc', 'UTF-8', file, '-')).split('\f').slice(0, -1).map(squeezed);
    const { title, edition, issuer } = data.running;
    const texts = pages.map((page, i) => {
      if (i === 0) return page; // the cover has neither
      const [head, foot] = [squeezed(title + edition), squeezed(`${issuer}${i + 1}/${pages.length}`)];
      expect([page.startsWith(head), page.endsWith(foot)]).toEqual([true, true]);
      return page.slice(head.length, -foot.length);
    });
    expect(
      compareText(
        texts,
        printedText(data, (heading) => bookmarks[heading]?.place?.page ?? null),
      ),
    ).toBeNull();
  });
});

(validates ? describe : describe.skip)('the sample in each layout, to veraPDF', () => {
  it('is PDF/A-3a', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kaijisho-vera-'));
    try {
      const printing = {
        ...plainly,
        verificationPage: 'https://kaijisho.example.com/verify/minato-karte/7',
        proof: '{}',
      };
      const files = layouts.map((layout) => join(folder, `${layout}.pdf`));
      for (const [i, layout] of layouts.entries())
        await writeFile(
          files[i] as string,
          await renderPdf(sampleEdition, { ...printing, layout, appearance: sampleAppearance }),
        );
      // It ends with 1 when a file fails: the lines say which.
      const { stdout } = spawnSync(veraPdf, ['--flavour', '3a', '--format', 'text', ...files], { encoding: 'utf8' });
      const answers = stdout.split('\n').filter((line) => /^(PASS|FAIL) /.test(line));
      expect(answers).toEqual(files.map((file) => expect.stringMatching(`^PASS ${file}`)));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
