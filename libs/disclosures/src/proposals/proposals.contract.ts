import { z } from 'zod';
import { anomalyView, comparisonView, itemView } from '../contract';
import { person } from '../review.contract';

const body = itemView.shape.body;
const item = itemView.pick({ itemKey: true, number: true, title: true, bodyHash: true }).extend({
  partNumber: z.string(),
});

/** A text of a file, compared with what the disclosure says now. */
export const proposalView = z.object({
  /** Counts the texts of the file from 0. */
  index: z.number().int(),
  /**
   * `open`: waits for a decision. `edited`: waits, and the item was edited since; `texts` has what it said then, what it
   * says now and what is proposed. `same`: the item says it already. `unplaced`: belongs to no item so far. `accepted`,
   * `refused`: decided.
   */
  standing: z.enum(['open', 'edited', 'same', 'unplaced', 'accepted', 'refused']),
  /** Where the file has it, and what it is called there. */
  inFile: z.object({ partNumber: z.string(), number: z.number().int(), title: z.string() }),
  /** The item as it is now; to accept, name its `bodyHash`. */
  item: item.nullable(),
  /** It comes after what the item says; otherwise it stands in its place. */
  append: z.boolean(),
  /** The page of the PDF that it is on, from 1; null for other files. */
  page: z.number().int().nullable(),
  /** From the text now to the proposed one; null where there is nothing to compare or to decide. */
  difference: comparisonView.shape.items.element.nullable(),
  body,
  bodyHash: z.string(),
  texts: z.object({ before: body.nullable(), now: body }).nullable(),
  decision: z.object({ kind: z.enum(['accepted', 'refused']), by: person, at: z.string() }).nullable(),
});

export const proposedFileSummary = z.object({
  fileId: z.string(),
  fileName: z.string(),
  by: person,
  at: z.string(),
  /** How many texts wait for a decision. */
  waiting: z.number().int(),
});

export const proposedFileView = proposedFileSummary.extend({
  closed: z.boolean(),
  mediaType: z.string(),
  sha256: z.string(),
  byteSize: z.number().int(),
  unchanged: z.number().int(),
  /** Items that the file does not have; they stay as they are. */
  missing: z.array(item.omit({ bodyHash: true })),
  anomalies: z.array(anomalyView),
  proposals: z.array(proposalView),
});

/** Newest first. */
export const proposedFileList = z.object({ files: z.array(proposedFileSummary) });

export const acceptProposalBody = z.object({
  /** The hash of the item's text that was shown beside the proposal; what only comes after it, replaces nothing. */
  basedOn: z.string(),
});
export const placeProposalBody = z.object({
  /** null: of no item. */
  itemKey: z.string().nullable(),
  /** Whether it comes after what the item says; unless told, when the file has another text for this item already. */
  append: z.boolean().optional(),
  /** Only these paragraphs of the text with this hash, counted from 0: they become a text of their own, the last of the file. */
  paragraphs: z.object({ of: z.string(), at: z.array(z.number().int().min(0)).min(1).max(10_000) }).optional(),
});
