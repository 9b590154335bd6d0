import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProduct, type Product } from '../setup/product';

const sample = readFileSync(join(__dirname, '..', '..', 'libs', 'demo', 'disclosure-edition-1.md'));
const WORDS = '検査用の一文を加えた。';

describe('新旧対照表 over HTTP', () => {
  let product: Product;
  let drafter: Awaited<ReturnType<Product['signIn']>>;
  let id: string;
  beforeAll(async () => {
    product = await startProduct();
    drafter = await product.signIn(await product.register('drafter', '起草 花子', ['drafter']));
    id = (await drafter.upload('/api/imports?fileName=sample.md&service=minato', sample)).body.disclosureId;
    await drafter.post(`/api/disclosures/${id}/revision`, { causes: [{ type: 'correction' }] });
  });
  afterAll(() => product.close());

  const write = async (itemKey: string, words: string): Promise<void> => {
    const { parts } = (await drafter.get(`/api/disclosures/${id}`)).body;
    const items: { itemKey: string; bodyHash: string }[] = parts.flatMap((part: { items: object[] }) => part.items);
    const content = [{ type: 'paragraph', content: [{ type: 'text', text: words }] }];
    const basedOn = items.find((item) => item.itemKey === itemKey)?.bodyHash;
    const saved = await drafter.put(`/api/disclosures/${id}/items/${itemKey}`, {
      ...{ body: { type: 'doc', content }, basedOn },
    });
    expect(saved.status).toBe(200);
  };
  const ask = (what: string) => drafter.get(`/api/disclosures/${id}/${what}`);
  const wordsOf = ({ text, body }: { text?: string; body: unknown }): string => text ?? String(body);

  it('is empty of changes before anything was changed, and then says what was', async () => {
    const same = (await ask('comparison-table')).body;
    expect(same.rows.every(({ kind }: { kind: string }) => kind === 'part' || kind === 'omitted')).toBe(true);
    await write('II-3', WORDS);
    const { status, body } = await ask('comparison-table?from=1&to=draft');
    expect(status).toBe(200);
    expect(body).toMatchObject({ title: '新旧対照表', oldLabel: '改正前　第1版', extent: 'changed' });
    const changed = body.rows.filter(({ kind }: { kind: string }) => kind === 'text' || kind === 'item');
    expect(new Set(changed.map(({ item }: { item: string }) => item))).toEqual(new Set(['II-3']));
    expect(JSON.stringify(changed)).toContain(WORDS);
  });

  it('shows all of both texts where it is asked to', async () => {
    const { body } = await ask('comparison-table?show=all');
    expect(body.extent).toBe('all');
    expect(JSON.stringify(body)).not.toContain('（略）');
  });

  it.each([
    ['pdf', 'application/pdf', '%PDF-'],
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', null],
    ['html', 'text/html; charset=utf-8', `<ins>${WORDS}</ins>`],
    ['md', 'text/markdown; charset=utf-8', `<ins>${WORDS}</ins>`],
  ])('is given as a file to keep: %s', async (format, mediaType, part) => {
    const answer = await ask(`comparison.${format}`);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, mediaType]);
    const name = decodeURIComponent(String(answer.headers['content-disposition']).split("filename*=UTF-8''")[1] ?? '');
    expect(name).toMatch(new RegExp(`^minato-新旧対照表-第1版-.+\\.${format}$`));
    if (part !== null) expect(wordsOf(answer)).toContain(part);
  });

  it.each([
    'comparison.exe',
    'comparison.toString',
    'comparison.pdf?from=99',
    'comparison-table?to=nothing',
    'comparison-table?show=some',
  ])('answers 404 where there is nothing: %s', async (what) => expect((await ask(what)).status).toBe(404));

  it('is between two disclosures as well: one side names the other, by its public name', async () => {
    const other = (await drafter.upload('/api/imports?fileName=sample.md&service=kawa', sample)).body.disclosureId;
    const { status, body } = await drafter.get(`/api/disclosures/${id}/comparison-table?from=kawa@1&to=draft`);
    expect([status, body.title]).toEqual([200, '対照表']);
    expect(body.oldLabel).toMatch(/　第1版$/);
    const changed = body.rows.filter(({ kind }: { kind: string }) => kind === 'text' || kind === 'item');
    expect(new Set(changed.map(({ item }: { item: string }) => item))).toEqual(new Set(['II-3']));
    const { items } = (await ask(`comparison?from=${other}@inForce&to=draft`)).body;
    expect(items.map(({ itemKey }: { itemKey: string }) => itemKey)).toEqual(['II-3']);
    const file = await ask('comparison.md?from=kawa@1&to=draft');
    expect(decodeURIComponent(String(file.headers['content-disposition']))).toContain("''minato-対照表-");
    expect((await ask('comparison?from=nobody@1&to=draft')).status).toBe(404);
  });

  it('is not for those who are not signed in', async () => {
    for (const what of ['comparison-table', 'comparison.pdf', 'comparison.md'])
      expect((await fetch(`${product.address}/api/disclosures/${id}/${what}`)).status).toBe(401);
  });
});
