import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBody } from '@app/importing';
import { compareBodies } from './compare';
import { comparedText } from './compared-text';
import { applyDifference, differenceOf } from './difference';
import { textOf } from './text';

/**
 * Pairs of texts with the difference that an editor expects, as Markdown: `## name`, then 変更前, 変更後 and 期待する結果,
 * in that order, each after a line that says so.
 */
const folder = join(__dirname, 'corpus');
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const [title = '', ...rest] = section.split('\n');
        const [, before = '', after = '', expected = ''] = rest.join('\n').split(/^### .*$/m);
        return { title: `${name}: ${title}`, before, after, expected: expected.trim() };
      }),
  );

describe('the difference that an editor expects', () => {
  it('is written down for at least forty pairs', () => expect(cases.length).toBeGreaterThanOrEqual(40));

  it.each(cases.map((one) => [one.title, one] as const))('%s', (_title, { before, after, expected }) => {
    const [old, one] = [readBody(before), readBody(after)];
    expect(textOf(old)).not.toBe('');
    expect(comparedText(compareBodies(old, one))).toBe(expected);
    expect(applyDifference(old, differenceOf(old, one))).toEqual(one);
  });
});
