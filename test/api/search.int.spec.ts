import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProduct, until, type Product } from '../setup/product';

const sample = readFileSync(join(__dirname, '..', '..', 'libs', 'demo', 'disclosure-edition-1.md'));
type Browser = Awaited<ReturnType<Product['signIn']>>;
type Hit = {
  readonly item: { readonly itemKey: string } | null;
  readonly inDraft: boolean;
  readonly editions: number[];
};

describe('searching and being seen, over HTTP', () => {
  let product: Product;
  let drafter: Browser;
  let auditor: Browser;
  let id: string;
  beforeAll(async () => {
    product = await startProduct();
    const { register, signIn } = product;
    drafter = await signIn(await register('drafter', '起草 花子', ['drafter']));
    auditor = await signIn(await register('auditor', '監査 次郎', ['auditor']));
    id = (await drafter.upload('/api/imports?fileName=sample.md&service=minato', sample)).body.disclosureId;
    const started = await drafter.post(`/api/disclosures/${id}/revision`, { causes: [{ type: 'correction' }] });
    expect([started.status, started.body]).toMatchObject([201, {}]);
  });
  afterAll(() => product.close());

  const hitsFor = async (browser: Browser, question: string): Promise<readonly Hit[]> =>
    (await browser.get(`/api/search?q=${encodeURIComponent(question)}`)).body.hits ?? [];
  /** The hash that an item has now; waits for the read models. */
  const hashOf = async (itemKey: string): Promise<string> => {
    let parts: { items: { itemKey: string; bodyHash: string }[] }[] = [];
    await until(
      async () => {
        const { status, body } = await drafter.get(`/api/disclosures/${id}`);
        if (status === 200) parts = body.parts;
        return status === 200;
      },
      () => 'the disclosure is not there',
    );
    return parts.flatMap(({ items }) => items).find((item) => item.itemKey === itemKey)?.bodyHash ?? '';
  };
  const write = async (itemKey: string, words: string): Promise<void> => {
    const bodyHash = await hashOf(itemKey);
    const content = [{ type: 'paragraph', content: [{ type: 'text', text: words }] }];
    const body = { body: { type: 'doc', content }, basedOn: bodyHash };
    expect((await drafter.put(`/api/disclosures/${id}/items/${itemKey}`, body)).status).toBe(200);
  };

  it('finds what was just written, for everybody who is signed in and nobody else', async () => {
    await write('II-3', '検査用バイオメトリクスを用いる。');
    for (const browser of [drafter, auditor])
      await until(
        async () => (await hitsFor(browser, 'ﾊﾞｲｵﾒﾄﾘｸｽ　検査')).length > 0,
        () => 'the edit is not found',
      );
    expect(await hitsFor(auditor, 'ばいおめとりくす')).toMatchObject([
      { item: { itemKey: 'II-3', place: 'II-3' }, inDraft: true, editions: [] },
    ]);
    await write('II-3', '元に戻した。');
    await until(
      async () => (await hitsFor(drafter, 'バイオメトリクス')).length === 0,
      () => 'what was overwritten is still found',
    );
    expect((await fetch(`${product.address}/api/search?q=a`)).status).toBe(401);
  });

  it('shows a person to the others until the page is closed', async () => {
    const [hers, his] = [randomUUID(), randomUUID()];
    const path = `/api/disclosures/${id}/presence`;
    expect((await drafter.put(path, { tab: hers, itemKey: 'II-3' })).body).toEqual({ others: [] });
    const before = await product.store.head();
    expect((await auditor.put(path, { tab: his, itemKey: null })).body).toMatchObject({
      others: [{ name: '起草 花子', itemKeys: ['II-3'] }],
    });
    expect((await drafter.delete(`${path}/${hers}`)).status).toBe(204);
    expect((await auditor.put(path, { tab: his, itemKey: null })).body).toEqual({ others: [] });
    expect(await product.store.head()).toBe(before);
  });

  it.each([{}, { tab: 'x', itemKey: null }, { tab: randomUUID(), itemKey: 'あ'.repeat(101) }])(
    'refuses a presence that is none: %j',
    async (body) => expect((await drafter.put(`/api/disclosures/${id}/presence`, body)).status).toBe(400),
  );
});
