import type * as contract from '@app/disclosures/contract';
import type * as reminders from '@app/reminders/contract';
import type { z } from 'zod';

/** The shapes of the api's answers, inferred from its contracts; types only, nothing of zod reaches the browser. */
export type DisclosureList = z.infer<typeof contract.disclosureList>;
export type DisclosureSummary = z.infer<typeof contract.disclosureSummary>;
export type DisclosureView = z.infer<typeof contract.disclosureView>;
export type PartView = DisclosureView['parts'][number];
export type ItemView = z.infer<typeof contract.itemView>;
export type FindingView = z.infer<typeof contract.findingView>;
export type EditionSummary = z.infer<typeof contract.editionSummary>;
export type EditionView = z.infer<typeof contract.editionView>;
export type HistoryRow = z.infer<typeof contract.historyRow>;
export type SignatureView = z.infer<typeof contract.signatureView>;
export type RevisionView = z.infer<typeof contract.revisionView>;
export type OpenRevision = Exclude<RevisionView, { status: 'none' }>;
export type ComparisonView = z.infer<typeof contract.comparisonView>;
export type TaskView = z.infer<typeof contract.taskView>;
export type TaskList = z.infer<typeof contract.taskList>;
export type ActivityView = z.infer<typeof contract.activityView>;
export type CommandAnswer = z.infer<typeof contract.commandAnswer>;
export type ImportPreview = z.infer<typeof contract.importPreview>;
export type ImportAnswer = z.infer<typeof contract.importAnswer>;
export type EditConflict = z.infer<typeof contract.editConflict>;
export type RevisionCause = z.infer<typeof contract.startRevisionBody>['causes'][number];
export type SignBody = z.infer<typeof contract.signBody>;
export type PostReviewBody = z.infer<typeof contract.postReviewBody>;
export type PublishBody = z.infer<typeof contract.publishBody>;
export type OfficerRole = NonNullable<SignatureView['officer']['role']>;
export type PersonView = z.infer<typeof contract.person>;
export type RouteStepView = z.infer<typeof contract.routeStepView>;
export type CandidateView = RouteStepView['candidates'][number];
export type PostReviewView = z.infer<typeof contract.postReviewView>;
export type CommentView = z.infer<typeof contract.commentView>;
export type AddCommentBody = z.input<typeof contract.addCommentBody>;
export type SubmissionPreview = z.infer<typeof contract.submissionPreview>;
export type NobodyMaySign = z.infer<typeof contract.nobodyMaySign>;
export type ReassignBody = z.infer<typeof contract.reassignBody>;
export type MovedView = z.infer<typeof contract.movedView>;
export type InboxView = z.infer<typeof contract.inboxView>;
export type InboxEntry = InboxView['forMe'][number];

export type DeadlinesView = z.infer<typeof reminders.deadlinesView>;
export type DeadlineView = DeadlinesView['deadlines'][number];

export type UserRole = 'drafter' | 'signatory' | 'auditor' | 'administrator';
export type Session = {
  readonly user: { readonly id: string; readonly name: string; readonly roles: readonly UserRole[] };
  readonly csrfToken: string;
  readonly offices: readonly OfficerRole[];
};
export type PlacedFigure = {
  readonly sha256: string;
  readonly mediaType: string;
  readonly byteSize: number;
  readonly width: number;
  readonly height: number;
  /** What an SVG had besides drawing, and has no longer. */
  readonly removed: readonly string[];
};
