import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { samplePdf } from '../../libs/demo/src/sample-pdf';
import { foreignPdf } from '../setup/foreign-pdf';
import { startProduct, type Product } from '../setup/product';

// Every PDF is printed or read in a process of its own.
jest.setTimeout(180_000);

type Browser = Awaited<ReturnType<Product['signIn']>>;
type Item = { readonly itemKey: string; readonly title: string; readonly bodyHash: string; readonly body: unknown };
type Proposal = {
  readonly index: number;
  readonly standing: string;
  readonly bodyHash: string;
  readonly append: boolean;
  readonly item: Item | null;
};

const sample = readFileSync(join(__dirname, '..', '..', 'libs', 'demo', 'disclosure-edition-1.md'), 'utf8');
const edited = {
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: '印刷した後に直しました。' }] }],
};

describe('the PDF of an edition', () => {
  let product: Product;
  let drafter: Browser;
  let disclosure: string;
  let pdf: Buffer;

  const items = async (path = disclosure): Promise<readonly Item[]> =>
    (await drafter.get(path)).body.parts.flatMap((part: { items: Item[] }) => part.items);
  const textsOf = (all: readonly Item[]) => all.map(({ itemKey, title, bodyHash }) => [itemKey, title, bodyHash]);
  const propose = (bytes: Uint8Array) =>
    drafter.upload(`${disclosure}/proposals?fileName=${encodeURIComponent('第1版.pdf')}`, bytes);

  beforeAll(async () => {
    product = await startProduct();
    drafter = await product.signIn(await product.register('drafter', '起草 花子', ['drafter']));
    const imported = await drafter.upload('/api/imports?fileName=a.md&service=minato', Buffer.from(sample));
    disclosure = `/api/disclosures/${imported.body.disclosureId}`;
    const [edition] = (await drafter.get(disclosure)).body.editions;
    const printed = await drafter.get(`${disclosure}/editions/${edition.number}/disclosure.pdf`);
    expect(printed.status).toBe(200);
    pdf = printed.body;
  });
  afterAll(() => product?.close());

  it('becomes a new disclosure with the same bodies, by their hashes', async () => {
    const preview = await drafter.upload('/api/imports/preview?fileName=a.pdf', pdf);
    expect([preview.status, preview.body.anomalies]).toEqual([200, []]);
    const imported = await drafter.upload('/api/imports?fileName=a.pdf&service=minato-2', pdf);
    expect(imported.status).toBe(201);
    const again = await items(`/api/disclosures/${imported.body.disclosureId}`);
    expect(textsOf(again)).toEqual(textsOf(await items()));
  });

  it('proposes nothing to the disclosure that it is of, and what was edited since when there is such', async () => {
    expect((await propose(pdf)).body).toMatchObject({ title: 'NothingProposed' });
    const [first] = await items();
    await drafter.post(`${disclosure}/revision`, { causes: [{ type: 'correction' }] });
    await drafter.put(`${disclosure}/items/${first!.itemKey}`, { body: edited, basedOn: first!.bodyHash });
    const { status, body } = await propose(pdf);
    expect(status).toBe(201);
    const proposed = (await drafter.get(`${disclosure}/proposals/${body.fileId}`)).body;
    expect(proposed.proposals).toMatchObject([{ standing: 'open', item: { itemKey: first!.itemKey } }]);
    const [{ index, item }] = proposed.proposals;
    const accepted = await drafter.post(`${disclosure}/proposals/${body.fileId}/texts/${index}/acceptance`, {
      basedOn: item.bodyHash,
    });
    expect(accepted.status).toBe(200);
    expect((await items())[0]).toMatchObject({ bodyHash: first!.bodyHash });
  });

  it('is kept, under the hash that the proposal names', async () => {
    const kept: { bytes: Buffer }[] = await product.database.dataSource.query(
      "select bytes from blob where media_type = 'application/pdf'",
    );
    expect(kept.map(({ bytes }) => bytes.equals(pdf))).toEqual([true]);
  });

  it('of another program waits page by page, until somebody says of which item a page is', async () => {
    const { status, body } = await propose(samplePdf('Minutes of a meeting'));
    expect(status).toBe(201);
    const file = `${disclosure}/proposals/${body.fileId}`;
    const { proposals, anomalies, missing } = (await drafter.get(file)).body;
    expect([anomalies.map(({ code }: { code: string }) => code), missing]).toEqual([['PDF_TEXT_ONLY'], []]);
    expect(proposals).toMatchObject([{ standing: 'unplaced', item: null, inFile: { title: '1ページ' } }]);
    expect((await drafter.put(`${file}/texts/0/place`, { itemKey: 'I-2' })).status).toBe(200);
    const [placed]: Proposal[] = (await drafter.get(file)).body.proposals;
    expect(placed).toMatchObject({ standing: 'open', item: { itemKey: 'I-2' } });
  });

  describe('of another program', () => {
    let file: string;
    const proposals = async (): Promise<readonly Proposal[]> => (await drafter.get(file)).body.proposals;
    const place = (index: number, placed: object) => drafter.put(`${file}/texts/${index}/place`, placed);
    const accept = (index: number, { item }: Proposal) =>
      drafter.post(`${file}/texts/${index}/acceptance`, { basedOn: item!.bodyHash });
    const item = async (itemKey: string) => (await items()).find((each) => each.itemKey === itemKey)!;
    const paragraphs = (...texts: readonly string[]) =>
      texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }));
    const pages = foreignPdf([['- one', '- two', '- three'], ['- four'], ['- five']]);

    it('is kept for who is signed in, and nothing of it runs', async () => {
      file = `${disclosure}/proposals/${(await propose(pages)).body.fileId}`;
      const { status, headers, body } = await drafter.get(`${file}/source`);
      expect([status, headers['content-type'], headers['content-disposition']]).toEqual([
        200,
        'application/pdf',
        'attachment',
      ]);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'.*sandbox$/);
      expect(Buffer.from(pages).equals(body)).toBe(true);
      expect((await fetch(`${product.address}${file}/source`)).status).toBe(401);
    });

    it('says once what was not read, which somebody settles', async () => {
      const anomalies = async () => (await drafter.get(file)).body.anomalies;
      expect(await anomalies()).toMatchObject([{ code: 'PDF_TEXT_ONLY', itemKey: null, settled: null }]);
      expect((await drafter.put(`${file}/anomalies/0`, { settled: true })).status).toBe(200);
      expect(await anomalies()).toMatchObject([{ settled: { by: { name: '起草 花子' } } }]);
      expect((await drafter.put(`${file}/anomalies/1`, { settled: true })).body.title).toBe('UnknownAnomaly');
    });

    it('gives several items the paragraphs that were chosen for each', async () => {
      const [page] = await proposals();
      const of = page!.bodyHash;
      expect(page).toMatchObject({ page: 1, standing: 'unplaced' });
      expect((await place(0, { itemKey: 'I-3', paragraphs: { of, at: [0, 2] } })).status).toBe(200);
      expect((await place(0, { itemKey: 'I-4', paragraphs: { of, at: [0] } })).body.title).toBe('ProposalDividedSince');
      expect((await place(0, { itemKey: 'I-4' })).status).toBe(200);
      expect(await proposals()).toMatchObject([
        { index: 0, page: 1, standing: 'open', item: { itemKey: 'I-4' }, body: { content: paragraphs('- two') } },
        { page: 2, standing: 'unplaced' },
        { page: 3, standing: 'unplaced' },
        {
          ...{ index: 3, page: 1, standing: 'open', append: false, item: { itemKey: 'I-3' } },
          body: { content: paragraphs('- one', '- three') },
        },
      ]);
    });

    it('fills one item from several pages in their order, by what was shown before the first of them', async () => {
      await place(1, { itemKey: 'I-3' });
      await place(2, { itemKey: 'I-3' });
      const shown = await proposals();
      expect(shown.map(({ append }) => append)).toEqual([false, true, true, false]);
      for (const index of [3, 1, 2]) expect((await accept(index, shown[index]!)).status).toBe(200);
      expect((await item('I-3')).body).toEqual({
        type: 'doc',
        content: paragraphs('- one', '- three', '- four', '- five'),
      });
    });

    it('adds to what the item says, once, when somebody wants that', async () => {
      const before = (await item('I-5')).body as { content: object[] };
      file = `${disclosure}/proposals/${(await propose(pages)).body.fileId}`;
      await place(1, { itemKey: 'I-5', append: true });
      const shown = (await proposals())[1]!;
      expect(shown).toMatchObject({ append: true, standing: 'open' });
      for (let times = 0; times < 2; times++) expect((await accept(1, shown)).status).toBe(200);
      expect((await item('I-5')).body).toEqual({ type: 'doc', content: [...before.content, ...paragraphs('- four')] });
    });
  });

  it('that is cut off, or of another program, is answered with what to do', async () => {
    const half = await propose(pdf.subarray(0, 20_000));
    expect([half.status, half.body.title]).toEqual([422, 'DamagedPdf']);
    const foreign = await drafter.upload('/api/imports/preview?fileName=a.pdf', samplePdf('Minutes'));
    expect([foreign.status, foreign.body.title]).toEqual([422, 'ForeignPdf']);
  });
});
