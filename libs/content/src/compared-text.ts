import type { ComparedBlock } from './compare';

/**
 * A comparison as text for people: what is gone in `[-…-]`, what is new in `[+…+]`, remarks in 〔…〕; the cells of a table
 * by ` | `. Blocks by an empty line.
 */
export const comparedText = (blocks: readonly ComparedBlock[]): string => blocks.map(blockText).join('\n\n');

const blockText = ({ runs, remarks }: ComparedBlock): string => {
  const text = runs
    .map(({ kind, text: run }) => {
      const shown = run.replaceAll('\t', ' | ');
      return kind === 'same' ? shown : kind === 'removed' ? `[-${shown}-]` : `[+${shown}+]`;
    })
    .join('');
  return [text, ...remarks.map((remark) => `〔${remark}〕`)].join('\n');
};
