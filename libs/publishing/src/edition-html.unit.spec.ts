import type { Block } from '@app/content';
import { bodyOf } from './edition-document';
import { editionHtml } from './edition-html';
import { MissingFigure } from './pdf/errors';
import { squeezed } from './pdf/read-pdf';
import { chequeredHash, sampleAppearance, sampleEdition } from './testing/sample-edition';
import { readHtml } from './testing/read-html';

const leaves = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => [
    ...(block.content?.some((child) => child.type === 'text')
      ? [block.content.map((child) => child.text ?? '').join('')]
      : leaves(block.content ?? [])),
    ...(block.type === 'figure' ? [String(block.attrs?.['caption'])] : []),
  ]);

describe('an edition as HTML', () => {
  let html: string;
  beforeAll(async () => (html = await editionHtml(sampleEdition, sampleAppearance)));

  it('has every sentence of the edition in its order, then history, signatures and issuer', () => {
    const text = readHtml(html.slice(html.indexOf('<main>')));
    const wanted = sampleEdition.parts
      .flatMap((part) => [part.title, ...part.items.flatMap((item) => [item.title, ...leaves(bodyOf(item).content)])])
      .concat('以上', '改訂履歴', '第6版', '第7版', '承認記録', '森 千夏', '髙橋 健一', '上田 真一', '発行者')
      .concat('〒231-0000', sampleEdition.contentHash, '許可なく転載することを禁じます。');
    let from = 0;
    const missing = wanted.filter((sentence) => {
      const at = text.indexOf(squeezed(sentence), from);
      if (at >= 0) from = at + squeezed(sentence).length;
      return at < 0;
    });
    expect(missing).toEqual([]);
  });

  it('needs nothing but itself: figures inside, no scripts, no address that is fetched', () => {
    expect(html).toContain('src="data:image/png;base64,');
    expect(html).not.toMatch(/<script|<link|<iframe|\son\w+=|url\(|src="(?!data:)/);
    expect(html).toContain("default-src 'none'");
  });

  it('leads from the contents to every item', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining([...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)));
  });

  it('is the same at any time', async () => {
    const later = { number: 8, issuedOn: '2032-01-01', historyText: '次の版' };
    const seenLater = { ...sampleEdition, inForce: false, revisionHistory: [...sampleEdition.revisionHistory, later] };
    expect(await editionHtml(seenLater, sampleAppearance)).toBe(html);
  });

  it('has the 正誤 beside what they correct, and the text as it was signed', async () => {
    const erratum = {
      ...{
        id: 'e',
        itemKey: 'I-1',
        text: '電話番号の誤りです。',
        reason: '誤記のため',
        at: '2031-05-01T00:00:00.000Z',
      },
      officer: { role: 'managementOfficer', name: '髙橋健一', department: '企画部', title: '部長' },
      by: { id: 'u', name: '髙橋健一' },
    } as const;
    const whole = { ...erratum, id: 'f', itemKey: null, text: '表紙の誤りです。' };
    const corrected = await editionHtml({ ...sampleEdition, errata: [erratum, whole] }, sampleAppearance);
    const place = (text: string): number => corrected.indexOf(text);
    expect(place('表紙の誤りです。')).toBeLessThan(place('</header>'));
    expect(place('電話番号の誤りです。')).toBeGreaterThan(place('id="I-1"'));
    expect(place('電話番号の誤りです。')).toBeLessThan(place('id="I-2"'));
    expect(corrected).toContain('<strong>正誤</strong>　2031年5月1日');
    expect(corrected.replace(/\n<div class="erratum"[^]*?<\/div>/g, '')).toBe(html);
  });

  it('is refused when a figure is not stored', async () =>
    expect(editionHtml({ ...sampleEdition, loadFigure: async () => null })).rejects.toEqual(
      new MissingFigure('II-1', chequeredHash),
    ));
});
