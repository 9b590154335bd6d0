import { parseBody, type Body } from '@app/content';
import { readMarkdown } from './read-markdown';
import { blocksFrom } from './to-blocks';

/**
 * A piece of Markdown as the body of an item, read as the importer reads it: `※ …` is a note, `- ① …` a ①-list, lines with
 * tabs are a table whose empty cells are merged with the one to their left, and so are HTML tables with their spans.
 * For texts that we write ourselves; throws on what is no body.
 */
export const readBody = (markdown: string): Body => {
  const ignore = () => undefined;
  const source = readMarkdown(markdown, ignore);
  const toBlocks = blocksFrom(source, ignore);
  const parsed = parseBody({ type: 'doc', content: source.tree.children.flatMap((node) => toBlocks(node)) });
  if (!parsed.ok)
    throw new Error(`Not a body: ${parsed.problems.map(({ code, path }) => `${code} at ${path}`).join(', ')}`);
  return parsed.body;
};
