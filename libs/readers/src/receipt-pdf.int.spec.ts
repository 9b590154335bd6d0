import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPdf, squeezed } from '@app/publishing/testing/read-pdf';
import { sampleEdition } from '@app/publishing/testing/sample-edition';
import type { Acknowledged } from './domain/reader';
import { closeReceiptPdf, receiptPdf } from './receipt-pdf';

const isThere = ['qpdf', 'pdffonts'].every((tool) => spawnSync(tool, ['--version']).error === undefined);
const record = { at: '2031-04-02T01:00:00.000Z', since: 6 } as Acknowledged;
const receipt = (hospital = '架空総合病院') => receiptPdf({ edition: sampleEdition, hospital, record });

afterAll(closeReceiptPdf);

describe('a receipt', () => {
  it('says who acknowledged what, and has the same bytes each time, from another process too', async () => {
    const first = await receipt();
    await closeReceiptPdf();
    expect(Buffer.from(await receipt()).equals(Buffer.from(first))).toBe(true);
    const { text } = await readPdf(first);
    for (const part of ['架空総合病院 御中', '第7版', '第6版', sampleEdition.contentHash])
      expect(text).toContain(squeezed(part));
  });

  it('is made for a name that was pasted with invisible signs, or that the fonts lack', async () => {
    const { text } = await readPdf(await receipt('架空\ufeff総\u00ad合😀病院'));
    expect(text).toContain(squeezed('架空総合〓病院 御中'));
  });

  (isThere ? it : it.skip)('is whole to other tools, with all its fonts inside', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kaijisho-receipt-'));
    try {
      const file = join(folder, 'receipt.pdf');
      writeFileSync(file, await receipt());
      const say = (tool: string, ...args: string[]): string => spawnSync(tool, args, { encoding: 'utf8' }).stdout;
      expect(say('qpdf', '--check', file)).toContain('No syntax or stream encoding errors found');
      const [, , ...fonts] = say('pdffonts', file).trimEnd().split('\n');
      expect(fonts.length).toBeGreaterThan(0);
      for (const font of fonts) expect(font).toMatch(/ yes yes yes +\d+ +\d+$/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
