/**
 * What "as it stood then" is asked by:
 * - `recorded`: the text as it had been written down by then, drafts included
 * - `effective`: the edition in force then by its effective date, by all that is known today: one that was published
 *   later with an effective date in the past counts from that date on
 * - `public`: the edition that the public page showed then
 */
export const clocks = ['recorded', 'effective', 'public'] as const;
export type Clock = (typeof clocks)[number];

/** What a mark of the slider stands for. */
export const momentKinds = [
  'imported',
  'started',
  'edits',
  'submitted',
  'signed',
  'approved',
  'returned',
  'ended',
  'published',
  'effective',
  'scheduled',
  'unscheduled',
  'annotated',
  'retired',
] as const;
export type MomentKind = (typeof momentKinds)[number];
