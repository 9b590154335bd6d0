import { readDisclosureFile } from '@app/importing';
import { withUnprintable } from './imports.controller';

const file = (sentence: string, company: string): Buffer =>
  Buffer.from(`# サービス仕様適合開示書

みなとカルテ

第2版 2025年1月28日

${company}

## 改訂履歴
| 版数 | 発行日 | 改訂内容 |
|---|---|---|
| 2 | 2025年1月28日 | 見直し |

# I. 最低限確認する内容
## 1. 国内法の適用状況
- ${sentence}
## 2. 規程
- あり
`);
const codes = async (bytes: Buffer): Promise<readonly string[]> => {
  const read = await readDisclosureFile(bytes, 'disclosure.md');
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  const isMissing = (text: string) => (text.includes('😀') ? ['😀'] : []);
  return withUnprintable(read.disclosure, isMissing)
    .anomalies.filter(({ code }) => code === 'UNPRINTABLE_CHARACTERS')
    .map(({ message }) => message);
};

describe('an import', () => {
  it('names each item that has characters which cannot be printed, and is not refused', async () => {
    expect(await codes(file('適用されます😀。', '株式会社みなと'))).toEqual([
      expect.stringMatching(/^I-1に、印刷できない文字があります：😀/),
    ]);
    expect(await codes(file('適用されます。', '株式会社みなと'))).toEqual([]);
  });
});
