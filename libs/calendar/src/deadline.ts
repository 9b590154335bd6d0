import type { LocalDate } from './local-date';

/**
 * What about a subject falls due. `decision`: the term has a last day, but what was applied for is being decided, and until then
 * nothing is overdue; somebody is to find out what came of it.
 */
export const matters = [
  'renewal',
  'application',
  'decision',
  'surveillance',
  'renewalAudit',
  'audit',
  'followUp',
] as const;
export type Matter = (typeof matters)[number];

/** Names a ladder of reminders, e.g. `isms`; or a kind of certificate, which names its ladder. */
export type LadderKey = string;

/** Something with a due date. A subject may have several, told apart by their matter, and within one matter by their part. */
export type Deadline = {
  /** The stream that has it: `certificate-…`, `audit-…`. */
  readonly subject: string;
  readonly matter: Matter;
  /** Where a subject has several of one matter (follow-ups of an audit): which one, and what it is about. No `:` in the id. */
  readonly part?: { readonly id: string; readonly text: string } | undefined;
  readonly ladder: LadderKey;
  readonly dueOn: LocalDate;
  /** The day from which this due date was known here. Reminders that lie before it are past: the last of them stands for all. */
  readonly knownOn: LocalDate;
};

/** What a deadline belongs to, in words and with a link, for mails, calendars and lists. */
export type DeadlineSubject = {
  /** 「ISMS認証」 */
  readonly title: string;
  /** 「登録番号 IS 000000、審査・登録機関 …」; empty when there is nothing to add. */
  readonly detail: string;
  /** Where it is shown, from the root: `/certificates/0190…`. */
  readonly path: string;
  readonly citedBy: readonly { readonly disclosureId: string; readonly itemKey: string }[];
  /** Who looks after it: the holder of an office, or one person; null when nobody was named. */
  readonly responsible: { readonly officer: string } | { readonly user: string } | null;
};
