import { deflateSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalHash } from '@app/content';
import { contentHashOf } from '@app/disclosures';
import { proofText } from '@app/proof';
import { parseHead } from '@app/sealing';
import { editionJson } from '../edition-json';
import { PdfPool } from '../pdf/pdf-pool';
import { printJobOf, type PrintJob } from '../pdf/print-document';
import { projectRoot } from '../project-root';
import { UnreadablePdf } from '../pdf/read-pdf';
import { closePdfPool, printVersion, renderPdf } from '../pdf/render-pdf';
import { chequered, sampleEdition } from '../testing/sample-edition';
import { sampleLog, sampleProof, type SampleLog } from '../testing/sample-log';
import { reportOf } from './report';
import { NoEditionInside, verifyFile, type VerifyFile } from './verify-file';

const pool = new PdfPool({ size: 1 });
let log: SampleLog;
let proof: string;
let genuine: Uint8Array;
beforeAll(async () => {
  log = await sampleLog();
  proof = proofText(await sampleProof(sampleEdition, log));
  genuine = await renderPdf(sampleEdition, printing());
});
afterAll(async () => {
  await pool.close();
  await closePdfPool();
});

const printing = (text: string | null = proof) => ({
  layout: 'a4' as const,
  verificationPage: 'https://kaijisho.example.com/verify/minato-karte/7',
  proof: text,
});
const verify = (bytes: Uint8Array, given: Partial<VerifyFile> = {}) =>
  verifyFile(bytes, { keys: [log.key.id], printAgain: true, ...given });

/** A PDF that somebody made with our own engine and template, out of files that they changed. */
const forged = async (
  change: (files: Map<string, string>) => void,
  text: string | null = proof,
): Promise<Uint8Array> => {
  const job = await printJobOf(sampleEdition, printVersion(), printing(text));
  const files = new Map(job.files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('latin1')]));
  for (const [path, content] of files)
    if (isText(path)) files.set(path, Buffer.from(content, 'latin1').toString('utf8'));
  files.set('disclosure.typ', template);
  change(files);
  const changed: PrintJob = {
    ...job,
    files: [...files].map(([path, content]) => ({
      path,
      bytes: Buffer.from(content, isText(path) ? 'utf8' : 'latin1'),
    })),
  };
  return pool.render(changed);
};
const template = readFileSync(join(projectRoot, 'libs/publishing/typst/disclosure.typ'), 'utf8');
const isText = (path: string): boolean => /\.(json|svg|typ)$/.test(path);
const replaced =
  (path: string, from: string | RegExp, to: string) =>
  (files: Map<string, string>): void => {
    const before = files.get(path) ?? '';
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${String(from)} is not in ${path}`);
    files.set(path, after);
  };
const unattached =
  (name: RegExp) =>
  (files: Map<string, string>): void => {
    const data = JSON.parse(files.get('document.json') ?? '');
    const rest = data.attachments.filter((one: { name: string }) => !name.test(one.name));
    files.set('document.json', JSON.stringify({ ...data, attachments: rest }));
  };
const names = 'disclosure-edition-7';

describe('the PDF of an edition', () => {
  it('is followed from its bytes to the key', async () => {
    const verified = await verify(genuine);
    expect(verified).toMatchObject({ level: 'key', findings: [], printedAgain: 'same', edition: { number: 7 } });
    const report = reportOf(verified, 'ja');
    expect(report.heading).toBe('公開されたとおりの文書です');
    expect(report.facts).toContainEqual(['署名鍵の指紋', log.key.id]);
    expect(report.doesNotProve.join()).toContain('この版が今も施行中であること');
    // Nothing vouches for where it leads its readers, nor for how it looks.
    expect(report.facts).toContainEqual(['検証の案内先', printing().verificationPage]);
    expect(report.doesNotProve.join()).toContain('検証の案内先（奥付のアドレスとQRコード）が発行者のものであること');
    expect(report.doesNotProve.join()).toContain('表紙のロゴ、色、奥付に発行者が添えた文と、それらの有無');
    expect(reportOf(verified, 'en').proves.join()).toContain('3 signatures');
  });

  it('is not followed to a key that nobody gave, nor to a log without a proof; both are said', async () => {
    const withoutKey = await verify(genuine, { keys: undefined });
    expect(withoutKey).toMatchObject({ level: 'log', findings: [] });
    expect(reportOf(withoutKey, 'ja').doesNotProve[0]).toContain('鍵が発行者のものであること');
    const withoutProof = await verify(await renderPdf(sampleEdition, printing(null)));
    expect(withoutProof).toMatchObject({ level: 'document', findings: [], proof: null });
    expect(reportOf(withoutProof, 'ja').doesNotProve[0]).toContain('公開の証明がない');
  });

  it('is followed by a proof beside it, and to a head that was kept', async () => {
    const plain = await renderPdf(sampleEdition, printing(null));
    const head = parseHead(JSON.parse(proof).head) ?? undefined;
    expect(await verify(plain, { proof, pinned: head })).toMatchObject({ level: 'key', pinned: 'same' });
  });

  it('of another version of the product is compared by its text', async () => {
    const older = await forged(replaced(`${names}-print.json`, printVersion(), 'older'));
    expect(await verify(older)).toMatchObject({ level: 'key', findings: [], printedAgain: 'otherVersion' });
  });
});

describe('a tampered PDF is refused, and the place named:', () => {
  const found = async (bytes: Uint8Array, given: Partial<VerifyFile> = {}): Promise<string[]> => {
    const { level, findings } = await verify(bytes, given);
    expect(level).toBe('refused');
    return findings.map(({ code, at }) => `${code} ${at}`);
  };

  it.each<readonly [string, (files: Map<string, string>) => void, string]>([
    [
      'a sentence that is shown',
      replaced('document.json', '国外法が適用される事業はありません。', '国外法が適用される事業があります。'),
      'TextDiffers pdf.page[3] I-1',
    ],
    [
      'a sentence in a table',
      replaced('document.json', '仮名加工後のデータ', '匿名加工後のデータ'),
      'TextDiffers pdf.page[4] II-1',
    ],
    [
      'the title of an item',
      replaced('document.json', /"text":"リスク/, '"text":"任意の'),
      'TextDiffers pdf.page[2] 目次',
    ],
    [
      'the effective date on the cover',
      replaced('document.json', '2031年4月15日', '2031年4月1日'),
      'TextDiffers pdf.page[1] 表紙',
    ],
    [
      'the edition in the running head',
      replaced('document.json', /"edition":"第7版　/, '"edition":"第8版　'),
      'TextDiffers pdf.page[2] 柱',
    ],
    [
      'a row of the history',
      replaced('document.json', '"接続方式の変更に伴う内容見直し"', '"軽微な変更"'),
      'TextDiffers pdf.page[5] 改訂履歴',
    ],
    [
      "a signer's name",
      replaced('document.json', /"value":"髙橋 健一"/, '"value":"髙橋 健二"'),
      'TextDiffers pdf.page[6] 承認記録',
    ],
    [
      'the address to verify at',
      replaced('document.json', /"page":"https:\/\/[^"]*/, '"page":"https://evil.example.com/'),
      'TextDiffers pdf.page[8] 奥付',
    ],
    [
      'the text of the attached edition',
      replaced(`${names}.json`, '国外法が適用される事業はありません。', '国外法が適用される事業があります。'),
      'ItemChanged edition.parts[0].items[0]',
    ],
    [
      'the effective date of the attached edition',
      replaced(`${names}.json`, '2031-04-15', '2031-04-01'),
      'EditionDiffers edition.effectiveOn',
    ],
    [
      'the attached proof',
      replaced(`${names}-proof.json`, '2031-04-15', '2031-04-01'),
      'NotAsPublished edition.effectiveOn',
    ],
    ['the attached proof cut off', replaced(`${names}-proof.json`, /.{100}$/, ''), 'ProofMalformed proof'],
    ['the edition taken out', unattached(/^disclosure-edition-\d+\.json$/), 'AttachmentMissing pdf.attachments'],
    ['how it was printed taken out', unattached(/-print\.json$/), 'AttachmentMissing pdf.attachments'],
    ['a figure taken out', unattached(/^figure-/), 'FigureDiffers pdf.attachments II-1'],
    [
      'the alternative text of a figure',
      replaced('document.json', '端末から専用領域までの構成図', '安全な構成図'),
      'TextDiffers pdf.page[4] 代替テキスト',
    ],
    [
      'where a link leads to',
      replaced('document.json', '"href":"https://example.com/security"', '"href":"https://example.com.evil.example/"'),
      'LinkDiffers pdf.page[3] リンク',
    ],
    [
      'where the page for verification is',
      replaced('disclosure.typ', 'link(check.page, check.page)', 'link("https://evil.example/", check.page)'),
      'LinkDiffers pdf.page[8] リンク',
    ],
    [
      'a link more',
      replaced(
        'disclosure.typ',
        '#par(d.approval.introduction)',
        '#par(link("https://evil.example/", d.approval.introduction))',
      ),
      'LinkDiffers pdf.page[6] リンク',
    ],
    [
      'a link less',
      replaced(
        'document.json',
        /"href":"https:\/\/example.com\/security"/,
        '"href":"https://kaijisho.example.com/verify/minato-karte/7"',
      ),
      'LinkDiffers pdf.page[3] リンク',
    ],
    [
      'where an entry of the contents leads to',
      replaced(
        'disclosure.typ',
        /link\(it.element.location\(\), \{\n    set text\(fill: ink/,
        'link((page: 1, x: 0mm, y: 0mm), {\n    set text(fill: ink',
      ),
      'LinkDiffers pdf.page[2] 目次',
    ],
    [
      'where an item can be linked to',
      replaced('document.json', /"anchor":"I-2"(.*?)"anchor":"II-1"/, '"anchor":"II-1"$1"anchor":"I-2"'),
      'LinkDiffers pdf.destinations I-2',
    ],
    ['the width of a table', replaced('document.json', /"wide":true/, '"wide":false'), 'BytesDiffer pdf'],
  ])('%s', async (_name, change, finding) => expect(await found(await forged(change))).toContain(finding));

  it('a file that another program saved: that it may be no more than that is said', async () => {
    // As long, of the same text: a word in a comment of the file.
    const saved = Buffer.from(genuine);
    saved[10] = saved[10] === 0x80 ? 0x81 : 0x80;
    const { findings } = await verify(saved);
    expect(findings.map(({ code, ja }) => [code, ja])).toEqual([
      ['BytesDiffer', expect.stringContaining('変えられているか、別のソフトで保存し直されています。')],
    ]);
  });

  it('the proof of another edition', async () => {
    const { service, serviceName, title, issuer, historyText, causes } = sampleEdition;
    const content = { service, serviceName, title, issuer, parts: sampleEdition.parts as never };
    const contentHash = contentHashOf(content, 7, '別の改訂', causes);
    const signatures = sampleEdition.signatures.map((one) => ({ ...one, contentHash, coverageHash: contentHash }));
    const rows = sampleEdition.revisionHistory.map((row) =>
      row.number === 7 ? { ...row, historyText: '別の改訂' } : row,
    );
    const other = { ...sampleEdition, historyText: '別の改訂', contentHash, signatures, revisionHistory: rows };
    expect(historyText).not.toBe('別の改訂');
    expect(await found(genuine, { proof: proofText(await sampleProof(other, log)) }).catch(() => [])).toEqual(
      expect.arrayContaining(['EditionDiffers edition.contentHash']),
    );
  });

  it('an edition printed without its older history and its 後閲, and a proof without their events', async () => {
    const edition = {
      ...sampleEdition,
      revisionHistory: sampleEdition.revisionHistory.filter(({ number }) => number === 7),
      postReviews: [],
    };
    const data = JSON.parse(editionJson(edition));
    const whole = JSON.parse(proof);
    const events = whole.events.filter(
      ({ event }: { event: { type: string } }) => !/Imported|PostReviewed/.test(event.type),
    );
    const shown = proofText({ ...whole, events, edition: data, editionHash: canonicalHash(data) });
    expect(await found(await renderPdf(edition, printing(shown)))).toEqual(['EventMissing events.DisclosureImported']);
  });

  it('the proof inside, though the one beside it holds', async () => {
    const other = await forged(replaced(`${names}-proof.json`, /"sealedAt":"2031/, '"sealedAt":"2032'));
    expect((await found(other, { proof }))[0]).toMatch(/^\w+ pdf\.attachments\.proof seals\[0\]/);
  });

  it('a log and a proof made anew with another key', async () => {
    const own = await sampleProof(sampleEdition, await sampleLog());
    expect((await found(await renderPdf(sampleEdition, printing(proofText(own)))))[0]).toMatch(
      /^KeyDiffers seals\[0\]/,
    );
  });

  /** Changed in place, by whatever is as long: the tables of the file stay right. */
  const patched = (from: RegExp, to: string): Uint8Array => {
    const text = Buffer.from(genuine).toString('latin1');
    const [before = ''] = from.exec(text) ?? [];
    expect(before.length).toBeGreaterThanOrEqual(to.length);
    return Buffer.from(
      text.replace(before, () => to.padEnd(before.length)),
      'latin1',
    );
  };
  const address = /\/A <<\s+\/Type \/Action\s+\/S \/URI\s+\/URI \(https:\/\/example[^>]+>>/;
  const uri = '/S/URI/URI(https://example.com/security)';
  it.each<readonly [string, RegExp, string, string]>([
    ['a program that is started', address, '/A<</S/Launch/F(https://example.com/security)>>', 'Launch'],
    ['a program, after the address', address, `/A<<${uri}/Next<</S/L#61unch/F(x)>>>>`, 'Launch'],
    ['an address, after the address', address, `/A<<${uri}/Next<</S/URI/URI(x:)>>>>`, 'leads on'],
    ['a script', address, '/A<</S/JavaScript/JS(app.alert\\(1\\))>>', 'JavaScript'],
    ['a form that is sent', address, '/A<</S/SubmitForm/F(https://evil.example/)>>', 'SubmitForm'],
    ['a command of the reader', address, '/A<</S/Named/N/Print>>', 'Named'],
    ['nothing at all', address, '', 'leads nowhere'],
    ['an action on opening a page', /\/StructParents \d+\s+\/Tabs \/S/, '/AA<</O 9 0 R>>', 'AA'],
  ])('a link or a page with %s', async (_name, from, to, what) => {
    const { findings } = await verify(patched(from, to), { printAgain: false });
    expect(findings.filter(({ code }) => code === 'PdfForeignContent').map(({ en }) => en)).toContainEqual(
      expect.stringContaining(what),
    );
  });

  it('a picture in place of another', async () => {
    const sha256 = createHash('sha256').update(chequered).digest('hex');
    const other = await forged((files) => {
      const path = `figures/${sha256}`;
      const file = Buffer.from(files.get(path) ?? '', 'latin1');
      // The same picture with a comment inside: only its hash tells.
      const end = file.length - 12;
      const chunk = pngChunk('tEXt', Buffer.from('Comment\0forged', 'latin1'));
      files.set(path, Buffer.concat([file.subarray(0, end), chunk, file.subarray(end)]).toString('latin1'));
    });
    expect(await found(other)).toContain('FigureDiffers pdf.attachments II-1');
  });

  it('changes written after its end', async () => {
    const text = Buffer.from(genuine).toString('latin1');
    const [, at] = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text) ?? [];
    const [size, root] = [/\/Size (\d+)/.exec(text)?.[1], /\/Root (\d+ \d+ R)/.exec(text)?.[1]];
    const update = `xref\n0 0\ntrailer\n<</Size ${size}/Root ${root}/Prev ${at}>>\nstartxref\n${genuine.length}\n%%EOF\n`;
    expect(await found(Buffer.concat([genuine, Buffer.from(update)]))).toEqual(['PdfAppended pdf']);
    expect(await found(Buffer.concat([genuine, Buffer.from('more')]))).toEqual(['PdfAppended pdf']);
  });
});

const pngChunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
};
const crc32 = (bytes: Buffer): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
};

describe('a file that cannot be looked into', () => {
  /** A PDF of one page with that content and those entries in its trailer. */
  const pdfWith = (content: Buffer, filter: string, trailer: string): Buffer => {
    const objects = [
      Buffer.from('<</Type/Catalog/Pages 2 0 R>>'),
      Buffer.from('<</Type/Pages/Kids[3 0 R]/Count 1>>'),
      Buffer.from('<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<<>>>>'),
      Buffer.concat([
        Buffer.from(`<</Length ${content.length}${filter}>>stream\n`),
        content,
        Buffer.from('\nendstream'),
      ]),
    ];
    let file = Buffer.from('%PDF-1.7\n');
    const places = objects.map((object, i) => {
      const at = file.length;
      file = Buffer.concat([file, Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
      return `${String(at).padStart(10, '0')} 00000 n \n`;
    });
    const table = `xref\n0 5\n0000000000 65535 f \n${places.join('')}trailer\n<</Size 5/Root 1 0 R${trailer}>>\nstartxref\n${file.length}\n%%EOF\n`;
    return Buffer.concat([file, Buffer.from(table)]);
  };
  const reason = (bytes: Uint8Array, given: Partial<VerifyFile> = {}) =>
    verify(bytes, given).then(
      ({ level }) => level,
      (error: unknown) =>
        error instanceof UnreadablePdf ? error.reason : error instanceof NoEditionInside ? error.name : error,
    );

  it('because it asks for a password', async () => {
    const id = '00'.repeat(16);
    const encrypt = `/ID[<${id}><${id}>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<${'11'.repeat(32)}>/U<${'22'.repeat(32)}>>>`;
    expect(await reason(pdfWith(Buffer.from('BT ET'), '', encrypt))).toBe('Encrypted');
  });

  it('because it is no PDF, or cut off', async () => {
    expect(await reason(Buffer.from('<html></html>'))).toBe('Damaged');
    expect(await reason(Buffer.alloc(0))).toBe('Damaged');
    expect(await reason(genuine.subarray(0, 20_000))).toBe('Damaged');
  });

  it('because a stream unpacks to hundreds of megabytes', async () => {
    const bomb = deflateSync(Buffer.alloc(400 * 1024 * 1024, ' '));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    const limits = { ms: 10_000, memoryMb: 900 };
    expect(await reason(pdfWith(bomb, '/Filter/FlateDecode', ''), { limits })).toMatch(/^Too(Large|Slow)$/);
  });

  it('because it takes too long or too much memory', async () => {
    expect(await reason(genuine, { limits: { ms: 1, memoryMb: 900 } })).toBe('TooSlow');
    expect(await reason(genuine, { limits: { ms: 30_000, memoryMb: 60 } })).toBe('TooLarge');
  });

  it('because it has nothing of a disclosure in it, whatever proof is beside it', async () => {
    const foreign = pdfWith(Buffer.from('BT ET'), '', '');
    expect(await reason(foreign)).toBe('NoEditionInside');
    expect(await reason(foreign, { proof })).toBe('NoEditionInside');
    expect(await reason(await forged(unattached(/^disclosure-edition-/)))).toBe('NoEditionInside');
  });
});
