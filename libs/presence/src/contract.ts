import { z } from 'zod';

/** The shapes of this feature's HTTP answers and requests. OpenAPI and the web client's types are made from these. */

/** `tab`: made by the page when it opens, so that a person who has it open twice may close one. `itemKey` null: its cover. */
export const presenceBody = z.object({ tab: z.uuid(), itemKey: z.string().min(1).max(100).nullable() });

/** Somebody else who has the disclosure open, and the items that their pages show. */
export const presentPerson = z.object({ id: z.string(), name: z.string(), itemKeys: z.array(z.string()) });
export const presenceView = z.object({ others: z.array(presentPerson) });
