type Block = { readonly text: string; readonly node: unknown };

const BEGIN = '"body":{"content":[';
const END = '],"type":"doc"}';

/**
 * Reads the stored JSON of a disclosure's events, oldest first, as `JSON.parse` does. An edit leaves most blocks of an item as they
 * are: a block whose text is what it was before is that block, and is not parsed again. Parsing is most of what the first question
 * of a long life takes. What is not stored in its canonical form is parsed as a whole.
 */
export const readingBlocksOnce = (): ((json: string) => unknown) => {
  const known = new Map<unknown, readonly Block[]>();
  return (json) => {
    const begin = json.indexOf(BEGIN) + BEGIN.length;
    const end = json.indexOf(END, begin);
    if (begin < BEGIN.length || end < 0 || json.includes(BEGIN, begin)) return JSON.parse(json);
    const data = JSON.parse(json.slice(0, begin) + json.slice(end)) as {
      itemKey?: unknown;
      body?: { content: unknown };
    };
    if (data.itemKey === undefined || data.body === undefined) return JSON.parse(json);
    const blocks = blocksOf(json.slice(begin, end), known.get(data.itemKey) ?? []);
    known.set(data.itemKey, blocks);
    data.body.content = blocks.map(({ node }) => node);
    return data;
  };
};

/** The blocks of a text of them, of which those at its beginning and at its end are those of `before` as long as they say the same. */
const blocksOf = (text: string, before: readonly Block[]): readonly Block[] => {
  let [head, from] = [0, 0];
  for (; head < before.length; head++) {
    const after = from + before[head]!.text.length;
    if (!text.startsWith(before[head]!.text, from) || (after < text.length && text[after] !== ',')) break;
    from = after + 1;
  }
  let [tail, to] = [before.length, text.length];
  for (; tail > head; tail--) {
    const start = to - before[tail - 1]!.text.length;
    if (start < from || !text.endsWith(before[tail - 1]!.text, to) || (start > 0 && text[start - 1] !== ',')) break;
    to = start - 1;
  }
  const between = from < to ? (JSON.parse(`[${text.slice(from, to)}]`) as readonly unknown[]) : [];
  return [
    ...before.slice(0, head),
    ...between.map((node) => ({ text: JSON.stringify(node), node })),
    ...before.slice(tail),
  ];
};
