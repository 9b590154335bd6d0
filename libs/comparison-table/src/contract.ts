import { z } from 'zod';

const run = z.object({ text: z.string(), changed: z.boolean(), bold: z.boolean(), href: z.string().nullable() });

/** A block as it stands on one side. The cells of a table hold such blocks again. */
const leaf = z.object({
  kind: z.enum(['text', 'heading', 'figure', 'table']),
  depth: z.number().int(),
  mark: z.string(),
  markChanged: z.boolean(),
  runs: z.array(run),
  figure: z.object({ sha256: z.string(), alt: z.string(), changed: z.boolean() }).nullable(),
  table: z
    .object({
      columns: z.number().int(),
      rows: z.number().int(),
      cells: z.array(
        z.object({
          ...{ row: z.number().int(), column: z.number().int(), colspan: z.number().int(), rowspan: z.number().int() },
          header: z.boolean(),
          changed: z.boolean(),
          leaves: z.array(z.record(z.string(), z.unknown())),
        }),
      ),
    })
    .nullable(),
});

/** A text, or what is said in place of one: （新設）, （削除）, （略）, （移動）, （該当なし）. */
const cell = z.union([z.enum(['（新設）', '（削除）', '（略）', '（移動）', '（該当なし）']), z.array(leaf)]);

/** 新旧対照表 as data: the new text beside the old one, row by row. */
export const comparisonTableView = z.object({
  title: z.string(),
  subject: z.string(),
  newLabel: z.string(),
  oldLabel: z.string(),
  legend: z.string(),
  nothing: z.string(),
  extent: z.enum(['changed', 'all']),
  rows: z.array(
    z.object({
      kind: z.enum(['part', 'item', 'text', 'omitted']),
      item: z.string(),
      new: cell,
      old: cell,
      remarks: z.array(z.string()),
    }),
  ),
});
