import { readBody } from '@app/importing';
import type { DemoStep, Instant, LocalDate, PersonKey } from './demo';

/** A time of day in Japan as an instant. */
export const at = (date: LocalDate, time: string): Instant => new Date(`${date}T${time}:00+09:00`).toISOString();

export const start = (by: PersonKey, when: Instant): DemoStep => ({ kind: 'start', by, at: when });
/** The new text is written in Markdown, as the importer reads it. */
export const revise = (by: PersonKey, when: Instant, itemKey: string, markdown: string): DemoStep => ({
  kind: 'revise',
  by,
  at: when,
  itemKey,
  body: readBody(markdown),
});
export const describeRevision = (by: PersonKey, when: Instant): DemoStep => ({ kind: 'describe', by, at: when });
export const submit = (by: PersonKey, when: Instant): DemoStep => ({ kind: 'submit', by, at: when });
export const returnForChanges = (by: PersonKey, when: Instant, reason: string): DemoStep => ({
  kind: 'return',
  by,
  at: when,
  reason,
});
export const sign = (by: PersonKey, when: Instant, comment?: string): DemoStep => ({
  kind: 'sign',
  by,
  at: when,
  ...(comment === undefined ? {} : { comment }),
});
/** Issued on the day it is published; in force from then on. */
export const publish = (by: PersonKey, date: LocalDate, time: string): DemoStep => ({
  kind: 'publish',
  by,
  at: at(date, time),
  issuedOn: date,
  effectiveOn: date,
});
