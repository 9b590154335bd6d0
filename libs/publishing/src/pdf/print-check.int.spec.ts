import type { Blob, BlobStore } from '@app/blob-store';
import { MemoryEventStore } from '@app/event-sourcing';
import { finding } from '@app/proof';
import { chequered, chequeredHash, paragraph, sampleEdition, withFirstBody } from '../testing/sample-edition';
import { PrintDiffers } from './errors';
import { printCheckOf, whyOf } from './print-check';
import { closePdfPool } from './render-pdf';

afterAll(closePdfPool);

const blobs = (figures: ReadonlyMap<string, Blob>): BlobStore => ({
  put: () => Promise.reject(new Error('not written to')),
  get: async (sha256) => figures.get(sha256) ?? null,
});
const whole = new Map([[chequeredHash, { bytes: chequered, mediaType: 'image/png' }]]);
const check = (figures: ReadonlyMap<string, Blob> = whole) =>
  printCheckOf({ store: new MemoryEventStore(), blobs: blobs(figures), publicUrl: 'https://kaijisho.example.com' });

describe('what is about to be published', () => {
  it('is printed in every layout, one edition after the other, and has nothing against it', async () => {
    const printable = check();
    expect(await Promise.all([printable(sampleEdition), printable(sampleEdition)])).toEqual([null, null]);
  });

  it('is refused with the place, the reason and what to do', async () => {
    expect(await check()(withFirstBody(paragraph('可😀否')))).toMatchObject({
      at: 'I-1',
      ja: expect.stringMatching(/😀.*差戻しを依頼/),
      en: expect.stringContaining('😀'),
    });
    expect(await check(new Map())(sampleEdition)).toMatchObject({
      at: 'II-1',
      ja: expect.stringContaining('図を入れ直して'),
    });
    const broken = new Map([[chequeredHash, { bytes: chequered.subarray(0, 60), mediaType: 'image/png' }]]);
    expect(await check(broken)(sampleEdition)).toMatchObject({ at: 'PDF', ja: expect.stringContaining('管理者') });
  });

  it('is mended by who wrote it where the text is printed otherwise, and by the administrator where anything else is', () => {
    const text = finding('TextDiffers', 'pdf.page[3] I-1', '文字が異なります。', 'The text differs.');
    expect(whyOf(new PrintDiffers(text))).toMatchObject({
      at: 'pdf.page[3] I-1',
      ja: expect.stringMatching(/文字が異なります。責任者に差戻しを依頼.*改めてください/),
      en: expect.stringMatching(/The text differs\. Ask an officer to return/),
    });
    const outline = finding('OutlineDiffers', 'pdf.bookmarks[1]', 'しおりが異なります。', 'A bookmark differs.');
    expect(whyOf(new PrintDiffers(outline))?.ja).not.toContain('差戻し');
  });

  it('holds up no other when it breaks the printing', async () => {
    const printable = check({
      get: () => {
        throw new Error('no database');
      },
    } as unknown as ReadonlyMap<string, Blob>);
    const outcomes = await Promise.allSettled([printable(sampleEdition), printable(sampleEdition)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
