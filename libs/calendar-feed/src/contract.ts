import { z } from 'zod';

/** The shapes of this feature's HTTP answers and requests. OpenAPI and the web client's types are made from these. */

/** `mine`: what I am reminded of. `organisation`: every deadline. */
const scope = z.enum(['mine', 'organisation']);

/** A secret address that answers. The address itself is not kept, so it is not here. */
export const feedView = z.object({
  id: z.string(),
  scope,
  createdAt: z.string(),
  createdBy: z.string(),
  lastReadAt: z.string().nullable(),
});
/** One's own and, for administrators, those of the organisation; the newest first. */
export const feedList = z.object({ feeds: z.array(feedView) });

export const newFeedBody = z.object({ scope });
/** `address` is told this once. */
export const newFeedAnswer = z.object({ id: z.string(), address: z.string() });
