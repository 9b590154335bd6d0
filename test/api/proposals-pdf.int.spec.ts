import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { samplePdf } from '../../libs/demo/src/sample-pdf';
import { startProduct, type Product } from '../setup/product';

// Every PDF is printed or read in a process of its own.
jest.setTimeout(180_000);

type Browser = Awaited<ReturnType<Product['signIn']>>;
type Item = { readonly itemKey: string; readonly title: string; readonly bodyHash: string; readonly body: unknown };
type Proposal = { readonly index: number; readonly standing: string; readonly item: Item | null };

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

  it('that is cut off, or of another program, is answered with what to do', async () => {
    const half = await propose(pdf.subarray(0, 20_000));
    expect([half.status, half.body.title]).toEqual([422, 'DamagedPdf']);
    const foreign = await drafter.upload('/api/imports/preview?fileName=a.pdf', samplePdf('Minutes'));
    expect([foreign.status, foreign.body.title]).toEqual([422, 'ForeignPdf']);
  });
});
