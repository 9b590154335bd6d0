import { emptyBody } from '@app/content';
import { changedItems } from './changed-items';

const item = (itemKey: string, number: number, title: string, bodyHash: string) => ({
  ...{ itemKey, number, title, bodyHash },
  body: emptyBody,
});
const part = (...items: ReturnType<typeof item>[]) => [{ number: 'I', title: '概要', items }];

it('what changed between two editions is named item by item', () => {
  const older = part(item('k1', 1, '目的', 'a'), item('k2', 2, '連絡先', 'b'), item('k3', 3, '料金', 'c'));
  const newer = part(item('k1', 1, '目的', 'a'), item('k3', 2, '料金', 'x'), item('k4', 3, '終了', 'd'));
  expect(changedItems(older, newer)).toEqual(['I-2 連絡先（削除）', 'I-2 料金（改正）', 'I-3 終了（新設）']);
  expect(changedItems(newer, newer)).toEqual([]);
  expect(
    changedItems(newer, part(item('k1', 1, '目的', 'a'), item('k3', 2, '利用料金', 'x'), item('k4', 3, '終了', 'd'))),
  ).toEqual(['I-2 利用料金（改正）']);
});
