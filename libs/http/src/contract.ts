import { z } from 'zod';

/** The answer to every command: give `position` back as `If-Position-At-Least` to read your own write. */
export const commandAnswer = z.object({ version: z.number().int(), position: z.string().nullable() });
export type CommandAnswer = z.infer<typeof commandAnswer>;

/** One line of text, as it is printed on pages and in the headers of mails. */
export const printedLine = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u);
