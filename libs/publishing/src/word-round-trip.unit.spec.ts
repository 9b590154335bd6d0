import { readPicture, takePicture } from '@app/blob-store/picture';
import { parseBody, type Block, type Body } from '@app/content';
import { bodies, bodyOfLines } from '@app/content/testing';
import { readDisclosureFile, readZip, type ImportedDisclosure } from '@app/importing';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import type { LoadFigure } from './edition-document';
import { editionDocx, wordFile } from './edition-docx';
import { chequered, chequeredHash, sampleAppearance, sampleEdition } from './testing/sample-edition';

const loadFigure = async (sha256: string) =>
  sha256 === chequeredHash ? { bytes: chequered, mediaType: 'image/png' } : null;

const readBack = async (file: Uint8Array): Promise<ImportedDisclosure> => {
  const read = await readDisclosureFile(file, '開示書.docx');
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.disclosure;
};

/** The same body with an image that there is. */
const withRealFigures = (body: Body): Body => {
  const real = (block: Block): Block => ({
    ...block,
    ...(block.type === 'figure' ? { attrs: { ...block.attrs, sha256: chequeredHash, mediaType: 'image/png' } } : {}),
    ...(block.content === undefined ? {} : { content: block.content.map(real) }),
  });
  const parsed = parseBody({ type: 'doc', content: body.content.map(real) });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.body;
};

const fileOf = (body: Body, loadFigure: LoadFigure): Promise<Uint8Array> =>
  wordFile({
    serviceName: 'みなとカルテクラウド',
    title: 'サービス仕様適合開示書',
    issuer: { name: '株式会社みなと医療情報' },
    edition: '第1版 2031年4月1日',
    writtenOn: '2031-04-01',
    parts: [{ number: 'I', title: '外部保存', items: [{ number: 1, title: '保存', body }] }],
    revisionHistory: [],
    loadFigure,
  });

const bodyReadBack = async (body: Body): Promise<Body | undefined> =>
  (await readBack(await fileOf(body, loadFigure))).parts[0]?.items[0]?.body;

describe('a disclosure that was written as a Word file', () => {
  it('is read back as it was: names, edition, parts, items, bodies, history, issuer', async () => {
    const read = await readBack(await editionDocx({ ...sampleEdition, loadFigure }, sampleAppearance));
    const { title, serviceName, issuer, number, issuedOn, parts, revisionHistory } = sampleEdition;
    expect(read).toMatchObject({ title, serviceName, issuer, edition: { number, issuedOn } });
    const inLines = (historyText: string): string => historyText.replaceAll(' ・', '\n・');
    expect(read.editions).toEqual(
      revisionHistory
        .filter((row) => row.number <= number)
        .map((row) => ({ ...row, historyText: inLines(row.historyText) })),
    );
    expect(read.parts).toEqual(
      parts.map((part) => ({
        ...part,
        items: part.items.map((item) => ({
          itemKey: expect.any(String),
          number: item.number,
          title: item.title,
          body: item.body,
          text: expect.any(String),
        })),
      })),
    );
    expect(read.figures.map(({ sha256 }) => sha256)).toEqual([chequeredHash]);
  });

  it('has the same body, even where that says what ends a document', async () => {
    const body = bodyOfLines('本文', '以上', '', '※ 注', '① 一つ');
    expect(await bodyReadBack(body)).toEqual(body);
  });

  it('has as many quotations, also where several follow each other', async () => {
    const quotation = (text: string): Block => ({
      ...{ type: 'blockquote', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
    });
    const parsed = parseBody({ type: 'doc', content: ['一', '二', '三', '四'].map(quotation) });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(await bodyReadBack(parsed.body)).toEqual(parsed.body);
  });

  it('has the very SVG of its figures, and a drawing of each for programs that know none', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#1b4f8f"/><text x="2" y="12">構成</text></svg>',
    );
    const taken = takePicture(svg);
    if ('type' in taken) throw new Error(taken.type);
    const sha256 = createHash('sha256').update(taken.bytes).digest('hex');
    const attrs = { sha256, mediaType: 'image/svg+xml', alt: '全体構成', caption: '図1' };
    const parsed = parseBody({ type: 'doc', content: [{ type: 'figure', attrs }] });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const file = await fileOf(parsed.body, async () => ({ bytes: taken.bytes, mediaType: 'image/svg+xml' }));
    const read = await readBack(file);
    expect(read.parts[0]?.items[0]?.body).toEqual(parsed.body);
    expect(read.figures).toMatchObject([{ sha256, mediaType: 'image/svg+xml' }]);
    const zip = readZip(file, (name) => name.startsWith('word/media/'));
    if (!zip.ok) throw new Error(zip.why);
    const drawings = [...zip.entries.values()].map((bytes) => readPicture(bytes)).filter((each) => !('type' in each));
    expect(drawings).toEqual([{ mediaType: 'image/png', width: 1_600, height: 800 }]);
  });

  it(
    'has the same bodies, whatever is in them',
    async () =>
      fc.assert(
        fc.asyncProperty(bodies.map(withRealFigures), async (body) => {
          expect(await bodyReadBack(body)).toEqual(body);
        }),
        { numRuns: 25 },
      ),
    120_000,
  );
});
