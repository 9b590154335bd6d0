import { z } from 'zod';

/** The most lines that a company may add to the colophon. */
export const MOST_COLOPHON_LINES = 8;

const logo = z.object({ sha256: z.string(), mediaType: z.string() });

export const appearanceView = z.object({
  /** A picture under `/api/figures/{sha256}`. */
  logo: logo.nullable(),
  /** `#rrggbb`; null: the ready-made colour. */
  accent: z.string().nullable(),
  colophon: z.string(),
});

export const appearanceBody = z.object({
  /** SHA-256 of a picture that was uploaded to `/api/figures`. */
  logo: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .nullable(),
  colophon: z
    .string()
    .max(600)
    .refine((text) => text.split('\n').length <= MOST_COLOPHON_LINES)
    .regex(/^[^\p{Cc}\u2028\u2029]*(?:\n[^\p{Cc}\u2028\u2029]*)*$/u),
});
