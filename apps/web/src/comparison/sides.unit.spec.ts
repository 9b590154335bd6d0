import { isOfTwoDisclosures, labelOfElsewhere } from './sides';

const minato = { id: 'd1', service: 'minato', serviceName: 'みなとカルテ' };

describe('a comparison', () => {
  it.each([
    ['6', 'draft', false],
    ['v12', '6', false],
    ['minato@5', 'draft', false],
    ['d1@5', 'minato@6', false],
    ['kawa@inForce', 'draft', true],
    ['6', 'kawa@2', true],
    ['kawa@1', 'kawa@2', false],
    ['kawa@1', 'umi@1', true],
  ])('from %s to %s is of two disclosures: %p', (from, to, isOfTwo) =>
    expect(isOfTwoDisclosures({ from, to }, minato)).toBe(isOfTwo),
  );
});

describe('a text of another disclosure', () => {
  const words = {
    ...{ inForce: '最新の公開版', draft: '改訂中の本文' },
    edition: (number: number) => `第${number}版`,
    moment: (version: string) => `記録${version}の時点`,
  };

  it.each([
    ['minato@inForce', 'みなとカルテ　最新の公開版'],
    ['d1@6', 'みなとカルテ　第6版'],
    ['d1@draft', 'みなとカルテ　改訂中の本文'],
    ['d1@v12', 'みなとカルテ　記録12の時点'],
    ['nobody@1', 'nobody　第1版'],
  ])('%s is called %s', (side, label) => expect(labelOfElsewhere(side, [minato], words)).toBe(label));
});
