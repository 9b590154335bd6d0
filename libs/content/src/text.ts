import { blocksOf } from './blocks';
import type { Body } from './body';

/**
 * The text of a body as a reader sees it: blocks by newline; ・, 1., ① and ※ before what they mark; nested lists indented;
 * the cells of a table by tab; figures as ［図：alternative text］caption.
 */
export const textOf = (body: Body): string =>
  blocksOf(body)
    .map((block) => block.text)
    .join('\n');
