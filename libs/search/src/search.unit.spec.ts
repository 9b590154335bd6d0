import * as fc from 'fast-check';
import { normalised } from './normalised';
import { found, marked, passage } from './passage';
import { patternsOf } from './patterns';

const finds = (question: string, text: string): boolean =>
  patternsOf(question).every((pattern) => new RegExp(pattern).test(normalised(text).text));
const markedIn = (text: string, question: string): string =>
  marked(text, patternsOf(question))
    .map((run) => (run.marked ? `[${run.text}]` : run.text))
    .join('');

const written = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...'データｶﾞｷﾞﾊﾟがぎぱサーバー第Ⅲ①㍿㌔ＡｂＣ１２３、。・　 \n\t－―−〜～(.*+?^$[]{}|\\)葛󠄀が각ㄱㅏΣςİß😀',
    ),
    fc.constantFrom('ﾃﾞ', 'は\u309a', '\u200b', '\u0301'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 40,
});

describe('a normalised text', () => {
  it.each([
    ['ﾃﾞｰﾀ', 'データ'],
    ['デ\u3099ータ'.normalize('NFD'), 'デ\u3099ータ'],
    ['データ', 'でーた'],
    ['ＩＳＭＳ－ＡＣ', 'ISMS-AC'],
    ['個人 情報', '個人情報'],
    ['2026年〜', '２０２６年～'],
    ['ヴァイオリン', 'ゔぁいおりん'],
    ['葛󠄀城', '葛城'],
    ['サ\u200bーバ', 'サーバ'],
    ['ﾃ　ﾞ', 'テ'],
  ])('is the same of %s as of %s', (one, other) => expect(normalised(one).text).toBe(normalised(other).text));

  it.each([
    ['キー', 'キ'],
    ['テータ', 'データ'],
    ['10\t20', '1020'],
    ['ビール', 'ビル'],
  ])('is not the same of %s as of %s', (one, other) => expect(normalised(one).text).not.toBe(normalised(other).text));

  it('does not change when it is normalised again', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ﾃﾞデでーｰＡa１ 　－第') }), (text) => {
        const once = normalised(text).text;
        expect(normalised(once).text).toBe(once);
      }),
    ));

  it('knows where each of its characters was written', () =>
    fc.assert(
      fc.property(written, (text) => {
        const { text: made, starts, ends } = normalised(text);
        expect([starts.length, ends.length]).toEqual([made.length, made.length]);
        for (let at = 0; at < made.length; at++) {
          const piece = normalised(text.slice(starts[at], ends[at])).text;
          const first = starts.indexOf(starts[at] ?? -1);
          expect(made.slice(first, first + piece.length)).toBe(piece);
          expect(at - first).toBeLessThan(piece.length);
          expect(starts[at]).toBeGreaterThanOrEqual(at === 0 ? 0 : (starts[at - 1] ?? 0));
        }
      }),
    ));
});

describe('a question', () => {
  it.each([
    ['ﾃﾞｰﾀ', '個人データの保存'],
    ['でーた', '個人データの保存'],
    ['サーバ', 'サーバー'],
    ['サーバー', 'サーバの管理'],
    ['サーバルーム', 'サーバールームの入退室'],
    ['ルーム', 'サーバールームの入退室'],
    ['ユーザーを', 'ユーザを登録する'],
    ['暗号 鍵', '鍵の保管と暗号化'],
    ['isms', 'ＩＳＭＳ認証'],
    ['C++', 'C++で書かれた'],
    ['(2)', '（２）委託先'],
    ['１．５倍', '1.5倍'],
    ['すーーーぱ', 'スーーーパー'],
  ])('%s finds %s', (question, text) => expect(finds(question, text)).toBe(true));

  it.each([
    ['データ', '出たので'],
    ['データ', 'までたどる'],
    ['キー', '記録'],
    ['ビル', 'ビール'],
    ['暗号 鍵', '暗号化'],
    ['a.c', 'abc'],
  ])('%s does not find %s', (question, text) => expect(finds(question, text)).toBe(false));

  it('finds every piece of a text, whatever is in it', () =>
    fc.assert(
      fc.property(written, fc.nat(), fc.nat(), (text, from, length) => {
        const { text: made, starts } = normalised(text);
        const clustered = [...new Set(starts)];
        const start = clustered[from % Math.max(1, clustered.length)] ?? 0;
        const end = clustered[(from % Math.max(1, clustered.length)) + 1 + (length % 5)] ?? text.length;
        const piece = text.slice(start, end);
        fc.pre(piece.length <= 200 && patternsOf(piece).length <= 8 && made !== '');
        expect(finds(piece, text)).toBe(true);
      }),
    ));

  it('of spaces and control characters alone has no words', () =>
    expect([patternsOf(''), patternsOf(' 　\u0000\n'), patternsOf('\u200b')]).toEqual([[], [], []]));

  it('is not longer than anybody types', () => {
    expect(patternsOf('あ '.repeat(50))).toHaveLength(8);
    expect(patternsOf('あ'.repeat(5_000))[0]?.length).toBeLessThan(700);
  });
});

describe('what was found', () => {
  it.each([
    ['個人ﾃﾞｰﾀの保存', 'データ', '個人[ﾃﾞｰﾀ]の保存'],
    ['サーバーとサーバ', 'サーバ', '[サーバー]と[サーバ]'],
    ['個人 情報の保護', '個人情報', '[個人 情報]の保護'],
    ['㍿開示', '株式会社', '[㍿]開示'],
    ['鍵と暗号鍵', '暗号 鍵', '[鍵]と[暗号鍵]'],
    ['何もない', 'データ', '何もない'],
  ])('in %s by %s is marked as it was written', (text, question, expected) =>
    expect(markedIn(text, question)).toBe(expected),
  );

  it('leaves the text as it is', () =>
    fc.assert(
      fc.property(written, written, (text, question) => {
        const runs = marked(text, patternsOf(question));
        expect(runs.map((run) => run.text).join('')).toBe(text);
        for (const { start, end } of found(text, patternsOf(question))) expect(end).toBeGreaterThan(start);
      }),
    ));

  it('is shown with what stands around it', () => {
    const text = `前の段落。\n${'あ'.repeat(80)}データ${'い'.repeat(300)}`;
    const runs = passage(text, patternsOf('ﾃﾞｰﾀ'));
    expect(runs.map((run) => run.text)).toEqual(['…', 'あ'.repeat(30), 'データ', 'い'.repeat(107), '…']);
    expect(passage('一。\nデータは二。', patternsOf('データ'))).toEqual([
      { text: '…', marked: false },
      { text: 'データ', marked: true },
      { text: 'は二。', marked: false },
    ]);
  });
});
