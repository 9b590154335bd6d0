import { canonicalHash } from '@app/content';
import { contentHashOf } from '@app/disclosures';
import { readDisclosureFile } from '@app/importing';
import { editionJson } from './edition-json';
import { editionMarkdown } from './edition-markdown';
import { sampleEdition } from './testing/sample-edition';

describe('an edition as JSON', () => {
  const read = JSON.parse(editionJson(sampleEdition));

  it('has all that was published, and a format that names itself', () =>
    expect(read).toMatchObject({
      format: 'kaijisho.edition.v1',
      service: 'minato-karte',
      number: 7,
      issuedOn: '2031-04-01',
      effectiveOn: '2031-04-15',
      parts: sampleEdition.parts,
      signatures: sampleEdition.signatures,
      revisionHistory: sampleEdition.revisionHistory,
    }));

  it('does not change when a later edition comes into force', () => {
    const later = { number: 8, issuedOn: '2032-04-01', historyText: '次の版' };
    const seenLater = { ...sampleEdition, inForce: false, revisionHistory: [...sampleEdition.revisionHistory, later] };
    expect(editionJson(seenLater)).toBe(editionJson(sampleEdition));
  });

  it('is enough to compute every hash in it again', () => {
    const { parts, service, serviceName, title, issuer, number, historyText, causes } = read;
    for (const part of parts) for (const item of part.items) expect(canonicalHash(item.body)).toBe(item.bodyHash);
    const asSigned = contentHashOf({ service, serviceName, title, issuer, parts }, number, historyText, causes);
    expect(read.contentHash).toBe(asSigned);
  });
});

describe('an edition as Markdown', () => {
  const markdown = editionMarkdown(sampleEdition);

  it('has cover, parts, items, history and issuer in the order of the document', () => {
    const order = [
      '# みなとカルテクラウド\n',
      '## サービス仕様適合開示書\n',
      '第7版 2031年4月1日発行（2031年4月15日施行）\n',
      '# I. 外部保存',
      '## 1. 保存された',
      '# II. 医療機関等',
      '## 2. 制度上の',
      '以上',
      '# 改訂履歴\n\n| 版数 |',
      '| 第6版 | 2030年1月28日 |',
      '株式会社みなと医療情報',
      '〒231-0000',
    ];
    const places = order.map((text) => markdown.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('is read back with its edition, the day of issue and its history', async () => {
    const read = await readDisclosureFile(Buffer.from(markdown), 'edition.md');
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    expect(read.disclosure.edition).toEqual({ number: 7, issuedOn: '2031-04-01' });
    expect(read.disclosure.editions.map(({ number }) => number)).toEqual([6, 7]);
    expect(read.disclosure.issuer).toEqual(sampleEdition.issuer);
    expect(read.disclosure.parts.map(({ title }) => title)).toEqual(sampleEdition.parts.map(({ title }) => title));
  });

  it('keeps merged cells', () => expect(markdown).toContain('colspan="3"'));

  it('keeps a bar in the history inside its cell', () =>
    expect(
      editionMarkdown({
        ...sampleEdition,
        revisionHistory: [{ number: 1, issuedOn: '2030-01-01', historyText: 'A|B\n次' }],
      }),
    ).toContain('| 第1版 | 2030年1月1日 | A\\|B 次 |'));
});
