import { described, drafter, imported, registered, revised, started, texts } from '../domain/examples';
import { sentenceOf } from './activity';

describe('the sentence of an event', () => {
  it('says what was done, in the words of the trade', () => {
    expect(sentenceOf(imported)).toBe('a.mdから第2版を取り込みました。');
    expect(sentenceOf(started)).toBe('第3版への改訂を始めました（構成変更）。');
    expect(sentenceOf(revised('II-1', texts.risk, 'x'))).toBe('II-1を編集しました。');
    expect(sentenceOf(described)).toBe('改訂理由と履歴の文を書きました。');
  });

  it('does not quote a name that comes with its quotes', () => {
    const named = (serviceName: string) =>
      ({ ...registered, data: { ...registered.data, serviceName, by: drafter } }) as typeof registered;
    expect(sentenceOf(named('「みなと」'))).toBe('「みなと」の開示書を登録しました。');
    expect(sentenceOf(named('みなと'))).toBe('「みなと」の開示書を登録しました。');
  });
});
