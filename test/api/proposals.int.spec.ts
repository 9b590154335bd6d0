import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProduct, type Product } from '../setup/product';

type Browser = Awaited<ReturnType<Product['signIn']>>;
type Item = { readonly itemKey: string; readonly title: string; readonly bodyHash: string; readonly body: unknown };
type Proposal = {
  readonly index: number;
  readonly standing: string;
  readonly inFile: { readonly title: string };
  readonly item: Item | null;
  readonly difference: { readonly newHtml: string } | null;
  readonly texts: object | null;
  readonly decision: { readonly by: { readonly name: string } } | null;
};

const sample = readFileSync(join(__dirname, '..', '..', 'libs', 'demo', 'disclosure-edition-1.md'), 'utf8');
const paragraph = (text: string) => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

describe('a file into a disclosure that there is', () => {
  let product: Product;
  let drafter: Browser;
  let colleague: Browser;
  let disclosure: string;
  let fileId: string;

  /** Read models show somebody what they wrote themselves, at once. */
  const items = async (browser = drafter): Promise<readonly Item[]> =>
    (await browser.get(disclosure)).body.parts.flatMap((part: { items: Item[] }) => part.items);
  const item = async (itemKey: string, browser = drafter): Promise<Item> =>
    (await items(browser)).find((each) => each.itemKey === itemKey)!;
  const upload = (text: string) =>
    drafter.upload(`${disclosure}/proposals?fileName=${encodeURIComponent('部門から.md')}`, Buffer.from(text));
  const proposals = async (browser = drafter): Promise<readonly Proposal[]> =>
    (await browser.get(`${disclosure}/proposals/${fileId}`)).body.proposals;
  const of = async (itemKey: string): Promise<Proposal> =>
    (await proposals()).find((each) => each.item?.itemKey === itemKey)!;
  const accept = async (itemKey: string, basedOn?: string, browser = drafter) => {
    const { index, item: shown } = await of(itemKey);
    return browser.post(`${disclosure}/proposals/${fileId}/texts/${index}/acceptance`, {
      basedOn: basedOn ?? shown?.bodyHash,
    });
  };

  beforeAll(async () => {
    product = await startProduct();
    drafter = await product.signIn(await product.register('drafter', '起草 花子', ['drafter']));
    colleague = await product.signIn(await product.register('colleague', '同僚 次郎', ['drafter']));
    const imported = await drafter.upload('/api/imports?fileName=a.md&service=minato', Buffer.from(sample));
    disclosure = `/api/disclosures/${imported.body.disclosureId}`;
  });
  afterAll(() => product?.close());

  it('that says the same proposes nothing, and says so', async () => {
    const same = await upload(sample);
    expect([same.status, same.body.title, same.body.unchanged]).toEqual([422, 'NothingProposed', 26]);
    expect((await drafter.get(`${disclosure}/proposals`)).body.files).toEqual([]);
  });

  it('is paired item by item: what is unchanged is left out, what is new or missing is said', async () => {
    const [law, second, third] = await items();
    expect(law && second && third).toBeTruthy();
    const headings = sample.split(/^(?=## \d+\. )/m);
    const changed = headings.map((text) => {
      if (text.startsWith(`## 1. ${law!.title}`)) return `## 1. ${law!.title}\n\n日本国法のみが適用されます。\n\n`;
      if (text.startsWith(`## 2. ${second!.title}`)) return `## 2. ${second!.title}\n\n毎日、二か所に保管します。\n\n`;
      if (text.startsWith(`## 3. ${third!.title}`)) return `## 3. 新しい部門の連絡先\n\n電話は窓口一覧にあります。\n\n`;
      return text;
    });
    expect(changed.filter((text, at) => text !== headings[at])).toHaveLength(3);
    const proposed = await upload(changed.join(''));
    expect([proposed.status, proposed.body.title]).toEqual([201, undefined]);
    ({ fileId } = proposed.body);

    const { body } = await colleague.get(`${disclosure}/proposals/${fileId}`);
    expect(body).toMatchObject({ fileName: '部門から.md', by: { name: '起草 花子' }, waiting: 3, unchanged: 23 });
    expect(body.missing.map(({ itemKey }: Item) => itemKey)).toEqual([third!.itemKey]);
    expect(body.proposals.map(({ standing, item: of }: Proposal) => [standing, of?.itemKey ?? null])).toEqual([
      ['open', 'I-1'],
      ['open', 'I-2'],
      ['unplaced', null],
    ]);
    expect((await of('I-1')).difference?.newHtml).toMatch(/<ins>/);
    expect((await colleague.get(`${disclosure}/proposals`)).body.files).toEqual([
      expect.objectContaining({ fileId, fileName: '部門から.md', waiting: 3 }),
    ]);
  });

  it('is taken over only while a revision is drafted', async () => {
    expect((await accept('I-1')).body.title).toBe('NoOpenRevision');
    await drafter.post(`${disclosure}/revision`, { causes: [{ type: 'correction' }] });
  });

  it('is accepted text by text: an edit of who accepted it, which says where it is from', async () => {
    expect((await accept('I-1', undefined, colleague)).status).toBe(200);
    expect((await item('I-1', colleague)).body).toEqual(paragraph('日本国法のみが適用されます。'));
    expect(await of('I-1')).toMatchObject({ standing: 'accepted', decision: { by: { name: '同僚 次郎' } } });
    const { entries } = (await colleague.get('/api/activity')).body;
    expect(entries[0]).toMatchObject({
      actor: { name: '同僚 次郎' },
      sentence: 'I-1に、ファイル「部門から.md」の本文を取り込みました。',
    });
    // A second click changes nothing, also when the item was edited since.
    const { bodyHash } = await item('I-1', colleague);
    await drafter.put(`${disclosure}/items/I-1`, { body: paragraph('さらに直しました。'), basedOn: bodyHash });
    expect((await accept('I-1')).status).toBe(200);
    expect((await item('I-1')).body).toEqual(paragraph('さらに直しました。'));
  });

  it('shows the three texts where the item was edited since, and takes over only what was seen beside it', async () => {
    const before = await item('I-2');
    await colleague.put(`${disclosure}/items/I-2`, { body: paragraph('毎週保管します。'), basedOn: before.bodyHash });
    expect((await accept('I-2', before.bodyHash)).body).toMatchObject({ title: 'EditConflict' });
    expect(await of('I-2')).toMatchObject({
      standing: 'edited',
      texts: { before: before.body, now: paragraph('毎週保管します。') },
      body: paragraph('毎日、二か所に保管します。'),
    });
    expect((await accept('I-2')).status).toBe(200);
    expect((await item('I-2')).body).toEqual(paragraph('毎日、二か所に保管します。'));
  });

  it('leaves a text that belongs to no item to be placed by hand, or refused', async () => {
    const { index } = (await proposals()).find(({ standing }) => standing === 'unplaced')!;
    const text = `${disclosure}/proposals/${fileId}/texts/${index}`;
    expect((await drafter.post(`${text}/acceptance`, { basedOn: 'x' })).body.title).toBe('ProposalNotPlaced');
    expect((await drafter.put(`${text}/place`, { itemKey: 'III-9' })).body.title).toBe('UnknownItem');
    expect((await drafter.put(`${text}/place`, { itemKey: 'I-3' })).status).toBe(200);
    expect(await of('I-3')).toMatchObject({ standing: 'open', inFile: { title: '新しい部門の連絡先' } });
    expect((await drafter.post(`${text}/refusal`)).status).toBe(200);
    expect(await of('I-3')).toMatchObject({ standing: 'refused', decision: { by: { name: '起草 花子' } } });
    // Nothing of it waits any more.
    expect((await drafter.get(`${disclosure}/proposals`)).body.files).toEqual([]);
  });

  it('is put aside as a whole', async () => {
    ({ fileId } = (await upload(sample)).body);
    expect((await drafter.get(`${disclosure}/proposals`)).body.files).toHaveLength(1);
    expect((await drafter.post(`${disclosure}/proposals/${fileId}/closing`)).status).toBe(200);
    expect((await drafter.get(`${disclosure}/proposals`)).body.files).toEqual([]);
    expect((await drafter.post(`${disclosure}/proposals/${fileId}/texts/0/refusal`)).body.title).toBe(
      'UnknownProposal',
    );
  });

  it('leaves what its reading was unsure of as a list of work: settled by one person for all, or open again', async () => {
    const anomalies = async (browser = drafter) => (await browser.get(disclosure)).body.anomalies;
    expect((await anomalies())[0]).toMatchObject({ settled: null });
    const settle = (index: number, settled: boolean) => drafter.put(`${disclosure}/anomalies/${index}`, { settled });
    expect((await settle(0, true)).status).toBe(200);
    expect((await anomalies(colleague))[0]).toMatchObject({ settled: { by: { name: '起草 花子' } } });
    expect((await settle(0, false)).status).toBe(200);
    expect((await anomalies(colleague))[0]).toMatchObject({ settled: null });
    expect((await settle(9_999, true)).body.title).toBe('UnknownAnomaly');
  });

  it('that cannot be read, or a disclosure that there is not, is answered with what to do', async () => {
    const minutes = await upload('# 議事録\n\n本日の議題はありません。\n');
    expect([minutes.status, minutes.body.title]).toEqual([422, 'NotADisclosure']);
    const nowhere = await drafter.upload('/api/disclosures/none/proposals?fileName=a.md', Buffer.from(sample));
    expect([nowhere.status, nowhere.body.title]).toEqual([404, 'DisclosureNotFound']);
    expect((await drafter.get('/api/disclosures/none/proposals')).status).toBe(404);
  });
});
