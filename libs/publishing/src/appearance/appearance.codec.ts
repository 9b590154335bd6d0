import { codecOf } from '@app/event-sourcing';
import { z } from 'zod';
import type { AppearanceEvent } from './domain/appearance';

/** Stored JSON to and from the events of `appearance-company`. */
export const appearanceCodec = codecOf<AppearanceEvent>('appearance', {
  AppearanceChanged: z.object({
    by: z.object({ id: z.string().min(1), name: z.string() }),
    at: z.iso.datetime(),
    logo: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), mediaType: z.string() }).nullable(),
    accent: z
      .string()
      .regex(/^#[0-9a-f]{6}$/)
      .nullable(),
    colophon: z.string(),
  }),
});
