import { z } from 'zod';

/** The shapes of this feature's HTTP answers. OpenAPI and the web client's types are made from these. */

/** A piece of a text as it was written; `marked`: it is what was asked for. */
const run = z.object({ text: z.string(), marked: z.boolean() });

/** A text in which every word was found. */
export const searchHit = z.object({
  disclosureId: z.string(),
  serviceName: z.string(),
  disclosureTitle: z.string(),
  /** null: the disclosure itself, by its title or the name of its service. */
  item: z.object({ itemKey: z.string(), place: z.string(), title: z.array(run) }).nullable(),
  passage: z.array(run),
  /** The text as drafted says so. */
  inDraft: z.boolean(),
  /** The editions that say so, ascending. */
  editions: z.array(z.number().int()),
});
/** A certificate, an audit or an erratum of which something says so. */
export const foundRecord = z.object({
  kind: z.enum(['certificate', 'audit', 'erratum']),
  id: z.string(),
  /** Its name; of an erratum the service's. */
  title: z.array(run),
  passage: z.array(run),
  /** Of an erratum. */
  edition: z.object({ disclosureId: z.string(), number: z.number().int() }).nullable(),
});
/** The best first; `more`: there are others. */
export const searchView = z.object({
  hits: z.array(searchHit),
  records: z.array(foundRecord),
  more: z.boolean(),
});
