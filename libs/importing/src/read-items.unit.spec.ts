import { readItemsFile } from './read-disclosure';

const anomaliesOf = async (...lines: readonly string[]) => {
  const read = await readItemsFile(Buffer.from(lines.join('\n\n')), 'some.md');
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.file.anomalies;
};

describe('a file with some of the items', () => {
  it('may leave out numbers, and refer to items that it does not have', async () =>
    expect(
      await anomaliesOf(
        '# I. サービスの概要',
        ...[
          '## 3. 提供する機能',
          '「I-4. 利用の条件」のとおり提供します。',
          '## 9. 問合せ',
          'II-2 の窓口が受け付けます。',
        ],
        '# II. 安全管理',
        ...['## 15. 訓練', '毎年行います。', '## 17. 監査', '毎年受けます。'],
      ),
    ).toEqual([]));

  it('is not right where a number stands twice, or belongs to another of its items than a reference says', async () =>
    expect(
      await anomaliesOf(
        '# I. サービスの概要',
        ...[
          '## 3. 提供する機能',
          '「I-3. 問合せ」のとおりです。',
          '## 9. 問合せ',
          '窓口です。',
          '## 3. 料金',
          '無料です。',
        ],
      ),
    ).toEqual([
      expect.objectContaining({ code: 'WRONG_CROSS_REFERENCE', itemKey: 'I-3' }),
      expect.objectContaining({ code: 'ITEM_NUMBER_UNEXPECTED', itemKey: 'I-3-2', line: 11 }),
    ]));
});
