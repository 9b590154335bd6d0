import { hashBody } from '@app/content';
import { readDisclosureFile, readItemsFile, importProblemText } from '@app/importing';
import { chequeredHash, sampleEdition } from '../testing/sample-edition';
import { PdfPool } from './pdf-pool';
import { printJobOf } from './print-document';
import { readPdfToImport } from './read-to-import';
import { closePdfPool, printVersion, renderPdf } from './render-pdf';

// Every case is a process of its own that prints or reads.
jest.setTimeout(180_000);

const pool = new PdfPool({ size: 1 });
let genuine: Uint8Array;
beforeAll(async () => {
  genuine = await renderPdf(sampleEdition, printing);
});
afterAll(async () => {
  await pool.close();
  await closePdfPool();
});

const printing = { layout: 'a4' as const, verificationPage: null, proof: null };

/** Printed by our own engine and template, out of a file that somebody changed. */
const forged = async (path: string, change: (text: string) => string): Promise<Uint8Array> => {
  const job = await printJobOf(sampleEdition, printVersion(), printing);
  const files = job.files.map((file) => {
    if (file.path !== path) return file;
    const before = Buffer.from(file.bytes).toString('utf8');
    const after = change(before);
    if (after === before) throw new Error(`Nothing was changed in ${path}`);
    return { path, bytes: Buffer.from(after) };
  });
  return pool.render({ ...job, files });
};
const edition = `disclosure-edition-${sampleEdition.number}.json`;
const withoutAttachments = () =>
  forged('document.json', (text) => JSON.stringify({ ...JSON.parse(text), attachments: [] }));

const disclosureOf = (bytes: Uint8Array) => readDisclosureFile(bytes, '開示書.pdf', readPdfToImport);
const itemsOf = (bytes: Uint8Array) => readItemsFile(bytes, '開示書.pdf', readPdfToImport);
const problemOf = async (bytes: Uint8Array) => {
  const [whole, items] = [await disclosureOf(bytes), await itemsOf(bytes)];
  if (whole.ok || items.ok) throw new Error('It was read.');
  expect(items.problem).toEqual(whole.problem);
  return { type: items.problem.type, ...importProblemText(items.problem) };
};

describe('a PDF that the product printed', () => {
  it('is read as exactly what it was printed from: names, items, bodies with their hashes, history, figures', async () => {
    const read = await disclosureOf(genuine);
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    const { title, serviceName, issuer, number, issuedOn, parts, revisionHistory } = sampleEdition;
    expect(read.disclosure).toMatchObject({ title, serviceName, issuer, edition: { number, issuedOn }, anomalies: [] });
    expect(read.disclosure.editions).toEqual(revisionHistory.filter((row) => row.number <= number));
    expect(
      read.disclosure.parts.map((part) => ({
        ...part,
        items: part.items.map(({ text: _, ...item }) => ({ ...item, bodyHash: hashBody(item.body) })),
      })),
    ).toEqual(parts);
    expect(read.disclosure.figures).toMatchObject([{ sha256: chequeredHash, mediaType: 'image/png' }]);
    expect(read.disclosure.source).toMatchObject({ mediaType: 'application/pdf', byteSize: genuine.length });

    const items = await itemsOf(genuine);
    expect(items).toMatchObject({ ok: true, file: { parts: read.disclosure.parts, anomalies: [] } });
  });

  it.each([
    ['a text', '"text": "', '"text": "改ざん'],
    ['the title of an item', '"title": "', '"title": "改ざん'],
    ['the number of an item', '"itemKey": "I-1"', '"itemKey": "I-2"'],
    ['something that no edition has', '"format"', '"comment": "", "format"'],
    ['what is no JSON any more', '{', ''],
  ])('is refused with words when the attached edition was changed: %s', async (_, from, to) => {
    const { type, ja, en } = await problemOf(await forged(edition, (text) => text.replace(from, to)));
    expect([type, ja, en]).toEqual([
      'PdfTampered',
      expect.stringContaining('書き換えられている'),
      expect.stringContaining('was changed'),
    ]);
  });

  it('is refused when a figure that it cites is not attached', async () => {
    const bytes = await forged('document.json', (text) => {
      const data = JSON.parse(text);
      const attachments = data.attachments.filter(({ name }: { name: string }) => !name.startsWith('figure-'));
      return JSON.stringify({ ...data, attachments });
    });
    expect((await problemOf(bytes)).ja).toContain('本文または図が、そのハッシュと合いません');
  });
});

describe('a PDF of another program', () => {
  it('is read page by page as texts without a place, and what is not taken over is said once', async () => {
    const read = await itemsOf(await withoutAttachments());
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    const { parts, anomalies, figures, asPages } = read.file;
    expect([anomalies.map(({ code }) => code), figures, asPages]).toEqual([['PDF_TEXT_ONLY'], [], true]);
    const pages = parts.flatMap(({ items }) => items);
    expect(pages[1]?.title).toBe('2ページ');
    const paragraphs = pages.flatMap(({ body }) => body.content);
    expect(paragraphs.length).toBeGreaterThan(pages.length);
    // A paragraph that was broken into lines is one again.
    const said = pages.map(({ text }) => text).join('\n');
    expect(said).toContain('当社の機器とクラウドサービスには、日本国法が適用されます。');
  });

  it('makes no new disclosure, and it is said what to choose instead', async () => {
    const read = await disclosureOf(await withoutAttachments());
    if (read.ok) throw new Error('It was read.');
    expect(read.problem).toEqual({ type: 'ForeignPdf' });
    expect(importProblemText(read.problem).ja).toContain('［ファイルから取込］');
  });
});

describe('a PDF that cannot be read', () => {
  const page = (trailer: string): Buffer => {
    const objects = [
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      '<</Type/Page/Parent 2 0 R>>',
    ];
    let file = '%PDF-1.7\n';
    const places = objects.map((object, i) => {
      const at = file.length;
      file += `${i + 1} 0 obj\n${object}\nendobj\n`;
      return `${String(at).padStart(10, '0')} 00000 n \n`;
    });
    const table = `xref\n0 4\n0000000000 65535 f \n${places.join('')}`;
    return Buffer.from(`${file}${table}trailer\n<</Size 4/Root 1 0 R${trailer}>>\nstartxref\n${file.length}\n%%EOF\n`);
  };
  const id = '00'.repeat(16);
  const password = `/ID[<${id}><${id}>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<${'11'.repeat(32)}>/U<${'22'.repeat(32)}>>>`;

  it.each([
    ['a password', () => page(password), 'PdfProtected', 'パスワード'],
    ['half of the file', () => genuine.subarray(0, 20_000), 'DamagedPdf', '壊れている'],
    ['no text on its pages', () => page(''), 'PdfWithoutText', '文字がありません'],
  ])('because of %s is refused with what to do', async (_, file, type, says) => {
    expect(await problemOf(file())).toEqual({
      type,
      ja: expect.stringContaining(says),
      en: expect.stringMatching(/Choose|choose|Get|Save/),
    });
  });
});
