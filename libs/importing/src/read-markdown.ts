import type { Root, RootContent } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { Report } from './anomalies';
import { repairLines } from './repair-lines';

/** A source after repair, as a tree of Markdown, with the way back to the lines of the source. */
export type MarkdownSource = {
  readonly tree: Root;
  readonly lineOf: (node: { readonly position?: RootContent['position'] }) => number;
};

const markdown = unified().use(remarkParse).use(remarkGfm, { singleTilde: false });

/** Throws RangeError when it is nested so deeply that the parser gives up. */
export const readMarkdown = (text: string, report: Report): MarkdownSource => {
  const repaired = repairLines(text, report);
  const tree = markdown.parse(repaired.text);
  return { tree, lineOf: (node) => repaired.sourceLine(node.position?.start.line ?? 0) };
};
