import type { Body } from '@app/content/body';
import { answerOf, http, request, setCsrfToken } from './client';
import type {
  ActivityView,
  AddCommentBody,
  CommandAnswer,
  ComparisonView,
  DeadlinesView,
  DisclosureList,
  DisclosureView,
  EditionView,
  ImportAnswer,
  ImportPreview,
  InboxView,
  MovedView,
  PlacedFigure,
  PostReviewBody,
  PublishBody,
  ReassignBody,
  RevisionCause,
  Session,
  SignBody,
  SubmissionPreview,
  TaskList,
} from './types';

type Signal = { readonly signal?: AbortSignal };
type Answer = Promise<CommandAnswer>;
const of = (disclosureId: string) => ({ params: { path: { disclosureId } } });
const ofItem = (disclosureId: string, itemKey: string) => ({ params: { path: { disclosureId, itemKey } } });
const file = (content: Blob, mediaType = 'application/octet-stream') => ({ content, mediaType });

const seen = (contentHash: string | null) => (contentHash === null ? {} : { contentHash });

/**
 * One function per route of the api; throws `ApiProblem`. What is asked is checked against the OpenAPI document, what is answered
 * against the contracts as well. Features outside disclosures keep theirs in their own folder.
 */
export const api = {
  session: async ({ signal }: Signal = {}): Promise<Session> => {
    const session = (await answerOf(http.GET('/api/session', { signal }))) as Session;
    setCsrfToken(session.csrfToken);
    return session;
  },
  signIn: async (name: string, password: string): Promise<Session> => {
    const who = name.includes('@') ? { address: name } : { loginName: name };
    await http.POST('/api/session', { body: { ...who, password } });
    return api.session();
  },
  signOut: async (): Promise<void> => {
    await http.DELETE('/api/session');
    setCsrfToken(null);
  },
  changePassword: async (currentPassword: string, newPassword: string): Promise<void> => {
    await http.POST('/api/session/password', { body: { currentPassword, newPassword } });
  },

  tasks: ({ signal }: Signal = {}): Promise<TaskList> => answerOf(http.GET('/api/tasks', { signal })),
  inbox: ({ signal }: Signal = {}): Promise<InboxView> => answerOf(http.GET('/api/inbox', { signal })),
  /** A page of them; of one subject, or of all. */
  deadlines: (
    query: { readonly subject?: string; readonly after?: string },
    { signal }: Signal = {},
  ): Promise<DeadlinesView> => answerOf(http.GET('/api/deadlines', { params: { query }, signal })),
  activity: (disclosure?: string, { signal }: Signal = {}): Promise<ActivityView> =>
    answerOf(http.GET('/api/activity', { params: { query: disclosure === undefined ? {} : { disclosure } }, signal })),

  disclosures: ({ signal }: Signal = {}): Promise<DisclosureList> => answerOf(http.GET('/api/disclosures', { signal })),
  disclosure: (id: string, { signal }: Signal = {}): Promise<DisclosureView> =>
    answerOf(http.GET('/api/disclosures/{disclosureId}', { ...of(id), signal })),
  edition: (disclosureId: string, number: number, { signal }: Signal = {}): Promise<EditionView> =>
    answerOf(
      http.GET('/api/disclosures/{disclosureId}/editions/{number}', {
        params: { path: { disclosureId, number: String(number) } },
        signal,
      }),
    ),
  /** @param from an edition number, `inForce` or `lastSigned`; @param to `draft` or an edition number */
  comparison: (disclosureId: string, from: string, to: string, { signal }: Signal = {}): Promise<ComparisonView> =>
    answerOf(
      http.GET('/api/disclosures/{disclosureId}/comparison', {
        params: { path: { disclosureId }, query: { from, to } },
        signal,
      }),
    ),
  /** What happened since a place in the disclosure's stream. */
  moved: (id: string, since: number, { signal }: Signal = {}): Promise<MovedView> =>
    answerOf(
      http.GET('/api/disclosures/{disclosureId}/moved', {
        params: { path: { disclosureId: id }, query: { since } },
        signal,
      }),
    ),
  submissionPreview: (id: string, { signal }: Signal = {}): Promise<SubmissionPreview> =>
    answerOf(http.GET('/api/disclosures/{disclosureId}/submission-preview', { ...of(id), signal })),

  previewImport: (source: File): Promise<ImportPreview> =>
    request('/api/imports/preview', { method: 'POST', query: { fileName: source.name }, raw: file(source) }),
  importFile: (source: File, service: string): Promise<ImportAnswer> =>
    request('/api/imports', { method: 'POST', query: { fileName: source.name, service }, raw: file(source) }),
  placeFigure: (image: Blob): Promise<PlacedFigure> =>
    request('/api/figures', { method: 'POST', raw: file(image, image.type) }),

  startRevision: (id: string, causes: RevisionCause[]): Answer =>
    answerOf(http.POST('/api/disclosures/{disclosureId}/revision', { ...of(id), body: { causes } })),
  describeRevision: (id: string, historyText: string, causes: RevisionCause[]): Answer =>
    answerOf(
      http.PUT('/api/disclosures/{disclosureId}/revision/description', { ...of(id), body: { historyText, causes } }),
    ),
  /**
   * @param keepalive goes on when the page is left; browsers then take some 64 kB
   * @throws ApiProblem `EditConflict` whose extensions are an `EditConflict` of the contract
   */
  reviseItem: (id: string, itemKey: string, body: Body, basedOn: string, { keepalive = false } = {}): Answer =>
    answerOf(
      http.PUT('/api/disclosures/{disclosureId}/items/{itemKey}', {
        ...ofItem(id, itemKey),
        body: { body, basedOn },
        keepalive,
      }),
    ),
  waiveFinding: (id: string, findingId: string, reason: string): Answer =>
    answerOf(http.POST('/api/disclosures/{disclosureId}/revision/waivers', { ...of(id), body: { findingId, reason } })),
  submit: (id: string): Answer => answerOf(http.POST('/api/disclosures/{disclosureId}/revision/submission', of(id))),
  sign: (id: string, body: SignBody): Answer =>
    answerOf(http.POST('/api/disclosures/{disclosureId}/revision/signatures', { ...of(id), body })),
  /**
   * @param contentHash of the text that was shown
   * @param toStep index of an earlier step that has to look again; left out: back to the drafter
   * @throws ApiProblem `ContentHasChanged` when another text is in review by now
   */
  returnForChanges: (id: string, reason: string, contentHash: string | null, toStep?: number): Answer =>
    answerOf(
      http.POST('/api/disclosures/{disclosureId}/revision/return', {
        ...of(id),
        body: { reason, ...seen(contentHash), ...(toStep === undefined ? {} : { toStep }) },
      }),
    ),
  reassign: (id: string, body: ReassignBody): Answer =>
    answerOf(http.POST('/api/disclosures/{disclosureId}/revision/reassignments', { ...of(id), body })),
  /** @throws ApiProblem `ContentHasChanged` when another text is in review by now */
  reject: (id: string, reason: string, contentHash: string | null): Answer =>
    answerOf(
      http.POST('/api/disclosures/{disclosureId}/revision/rejection', {
        ...of(id),
        body: { reason, ...seen(contentHash) },
      }),
    ),
  recall: (id: string): Answer => answerOf(http.POST('/api/disclosures/{disclosureId}/revision/recall', of(id))),
  /** @param reason of an administrator who does it in the place of a submitter who has left */
  withdraw: (id: string, reason?: string): Answer =>
    answerOf(
      http.POST('/api/disclosures/{disclosureId}/revision/withdrawal', {
        ...of(id),
        body: reason === undefined ? {} : { reason },
      }),
    ),
  /** Goes on from a step in which everybody who is still there has signed. */
  completeStep: (id: string, step: number): Answer =>
    answerOf(http.POST('/api/disclosures/{disclosureId}/revision/completion', { ...of(id), body: { step } })),
  /** 後閲 of the approved revision or of an edition. */
  postReview: (id: string, number: number, body: PostReviewBody): Answer =>
    answerOf(
      http.POST('/api/disclosures/{disclosureId}/editions/{number}/post-reviews', {
        params: { path: { disclosureId: id, number: String(number) } },
        body,
      }),
    ),
  comment: (id: string, body: AddCommentBody): Answer =>
    answerOf(http.POST('/api/disclosures/{disclosureId}/comments', { ...of(id), body })),
  resolveComment: (disclosureId: string, commentId: string): Answer =>
    answerOf(
      http.POST('/api/disclosures/{disclosureId}/comments/{commentId}/resolution', {
        params: { path: { disclosureId, commentId } },
      }),
    ),
  reopenComment: (disclosureId: string, commentId: string): Answer =>
    answerOf(
      http.POST('/api/disclosures/{disclosureId}/comments/{commentId}/reopening', {
        params: { path: { disclosureId, commentId } },
      }),
    ),
  publish: (id: string, body: PublishBody): Answer =>
    answerOf(http.POST('/api/disclosures/{disclosureId}/revision/publication', { ...of(id), body })),
  schedulePublication: (id: string, body: { publishAt: string; effectiveOn: string }): Answer =>
    answerOf(http.POST('/api/disclosures/{disclosureId}/revision/publication-schedule', { ...of(id), body })),
  cancelPublication: (id: string, reason: string): Answer =>
    answerOf(
      http.POST('/api/disclosures/{disclosureId}/revision/publication-schedule/cancellation', {
        ...of(id),
        body: { reason },
      }),
    ),
  /** @param body `itemKey` null: the edition as a whole */
  annotate: (
    disclosureId: string,
    number: number,
    body: { itemKey: string | null; text: string; reason: string },
  ): Answer =>
    answerOf(
      http.POST('/api/disclosures/{disclosureId}/editions/{number}/errata', {
        params: { path: { disclosureId, number: String(number) } },
        body,
      }),
    ),
  retire: (id: string, body: { reason: string; on: string }): Answer =>
    answerOf(http.POST('/api/disclosures/{disclosureId}/retirement', { ...of(id), body })),
};
