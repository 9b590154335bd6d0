import type { Body } from '@app/content/body';
import { request, setCsrfToken } from './client';
import type {
  ActivityView,
  CommandAnswer,
  ComparisonView,
  DeadlinesView,
  DisclosureList,
  DisclosureView,
  EditionView,
  ImportAnswer,
  ImportPreview,
  ItemHistory,
  PlacedFigure,
  PublishBody,
  RevisionCause,
  Session,
  SignBody,
  TaskList,
} from './types';

type Signal = { readonly signal?: AbortSignal };
const e = encodeURIComponent;
const disclosure = (id: string): string => `/api/disclosures/${e(id)}`;
const revision = (id: string): string => `${disclosure(id)}/revision`;
const command = (
  path: string,
  body: unknown = {},
  method: 'POST' | 'PUT' | 'DELETE' = 'POST',
): Promise<CommandAnswer> => request(path, { method, body });

/** One function per route of the api. Throws `ApiProblem`. Features outside disclosures keep theirs in their own folder, on `request`. */
export const api = {
  session: async ({ signal }: Signal = {}): Promise<Session> => {
    const session = await request<Session>('/api/session', { sessionQuestion: true, signal });
    setCsrfToken(session.csrfToken);
    return session;
  },
  signIn: async (name: string, password: string): Promise<Session> => {
    const who = name.includes('@') ? { address: name } : { loginName: name };
    await request('/api/session', { method: 'POST', body: { ...who, password }, sessionQuestion: true });
    return api.session();
  },
  signOut: async (): Promise<void> => {
    await request('/api/session', { method: 'DELETE', sessionQuestion: true });
    setCsrfToken(null);
  },

  tasks: ({ signal }: Signal = {}): Promise<TaskList> => request('/api/tasks', { signal }),
  deadlines: ({ signal }: Signal = {}): Promise<DeadlinesView> => request('/api/deadlines', { signal }),
  activity: (disclosureId?: string, { signal }: Signal = {}): Promise<ActivityView> =>
    request('/api/activity', { query: { disclosure: disclosureId }, signal }),

  disclosures: ({ signal }: Signal = {}): Promise<DisclosureList> => request('/api/disclosures', { signal }),
  disclosure: (id: string, { signal }: Signal = {}): Promise<DisclosureView> => request(disclosure(id), { signal }),
  edition: (id: string, number: number, { signal }: Signal = {}): Promise<EditionView> =>
    request(`${disclosure(id)}/editions/${number}`, { signal }),
  /** @param from an edition number or `inForce`; @param to `draft` or an edition number */
  comparison: (id: string, from: string, to: string, { signal }: Signal = {}): Promise<ComparisonView> =>
    request(`${disclosure(id)}/comparison`, { query: { from, to }, signal }),
  itemHistory: (id: string, itemKey: string, { signal }: Signal = {}): Promise<ItemHistory> =>
    request(`${disclosure(id)}/items/${e(itemKey)}/history`, { signal }),

  previewImport: (file: File): Promise<ImportPreview> =>
    request('/api/imports/preview', {
      method: 'POST',
      query: { fileName: file.name },
      raw: { content: file, mediaType: 'application/octet-stream' },
    }),
  importFile: (file: File, service: string): Promise<ImportAnswer> =>
    request('/api/imports', {
      method: 'POST',
      query: { fileName: file.name, service },
      raw: { content: file, mediaType: 'application/octet-stream' },
    }),
  placeFigure: (file: Blob): Promise<PlacedFigure> =>
    request('/api/figures', { method: 'POST', raw: { content: file, mediaType: file.type } }),

  startRevision: (id: string, causes: readonly RevisionCause[]) => command(revision(id), { causes }),
  describeRevision: (id: string, historyText: string, causes: readonly RevisionCause[]) =>
    command(`${revision(id)}/description`, { historyText, causes }, 'PUT'),
  /** @throws ApiProblem `EditConflict` whose extensions are an `EditConflict` of the contract */
  reviseItem: (id: string, itemKey: string, body: Body, basedOn: string) =>
    command(`${disclosure(id)}/items/${e(itemKey)}`, { body, basedOn }, 'PUT'),
  waiveFinding: (id: string, findingId: string, reason: string) =>
    command(`${revision(id)}/waivers`, { findingId, reason }),
  submit: (id: string) => command(`${revision(id)}/submission`),
  sign: (id: string, body: SignBody) => command(`${revision(id)}/signatures`, body),
  returnForChanges: (id: string, reason: string) => command(`${revision(id)}/return`, { reason }),
  reject: (id: string, reason: string) => command(`${revision(id)}/rejection`, { reason }),
  recall: (id: string) => command(`${revision(id)}/recall`),
  withdraw: (id: string) => command(`${revision(id)}/withdrawal`),
  publish: (id: string, body: PublishBody) => command(`${revision(id)}/publication`, body),
};
