import { hashBody, type Body } from '@app/content';
import { textsProposed } from './decide-proposal';

const saying = (text: string): Body => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const item = (itemKey: string, number: number, title: string, text: string) => {
  const body = saying(text);
  return { itemKey, number, title, body, bodyHash: hashBody(body), text };
};
const unsure = { code: 'ITEM_EMPTY', line: 0, message: '' };

describe('what an importer was unsure of', () => {
  it('is about the item of the disclosure that the item of the file became, whatever their numbers', () => {
    const here = [
      {
        number: 'I',
        title: '内容',
        items: [item('I-1', 1, '法令', '国内法です。'), item('I-7', 2, '保存', '毎日です。')],
      },
    ];
    const inFile = [
      {
        number: 'I',
        title: '内容',
        items: [item('I-1', 1, '保存', '毎週です。'), item('I-2', 2, '問合せ先', '電話またはメール')],
      },
    ];
    const anomalies = [{ ...unsure, itemKey: 'I-1' }, { ...unsure, itemKey: 'I-2' }, unsure];
    expect(textsProposed(here, { parts: inFile, anomalies }).anomalies).toEqual([
      { ...unsure, itemKey: 'I-7' },
      unsure,
      unsure,
    ]);
  });
});
