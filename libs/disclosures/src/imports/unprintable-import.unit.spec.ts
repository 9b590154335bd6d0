import { readDisclosureFile } from '@app/importing';
import { withUnprintable } from './imports.controller';

const file = (sentence: string, title = '', part = ''): Buffer =>
  Buffer.from(`# サービス仕様適合開示書

みなとカルテ

第2版 2025年1月28日

株式会社みなと

## 改訂履歴
| 版数 | 発行日 | 改訂内容 |
|---|---|---|
| 2 | 2025年1月28日 | 見直し |

# I. 最低限確認する内容${part}
## 1. 国内法の適用状況
- ${sentence}
## 2. 規程${title}
- あり
`);
const told = async (bytes: Buffer): Promise<readonly string[]> => {
  const read = await readDisclosureFile(bytes, 'disclosure.md');
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  const isMissing = (text: string) => (text.includes('😀') ? ['😀'] : []);
  return withUnprintable(read.disclosure, isMissing)
    .anomalies.filter(({ code }) => code === 'UNPRINTABLE_CHARACTERS')
    .map(({ message, itemKey }) => `${itemKey ?? 'なし'} ${message}`);
};

describe('an import', () => {
  it('names each item that has characters which cannot be printed, and is not refused', async () => {
    expect(await told(file('適用されます😀。'))).toEqual([
      expect.stringMatching(/^I-1 I-1に、印刷できない文字があります：😀　別の文字に改めるまで、提出できません。$/),
    ]);
    expect(await told(file('適用されます。'))).toEqual([]);
  });

  it('says before it is stored what cannot be edited afterwards, and to which item that belongs', async () =>
    expect(await told(file('適用されます。', '😀', '😀'))).toEqual([
      expect.stringMatching(/^なし 第I部の題に、.*ファイルを直してから取り込んでください。$/),
      expect.stringMatching(/^I-2 I-2の題に、.*ファイルを直してから取り込んでください。$/),
    ]));
});
