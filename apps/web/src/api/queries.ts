import { queryOptions, useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { api } from './api';
import { pages } from './pages';

/** One definition per question, so that every screen shares the cache and `useRefresh` reaches all. */
export const queries = {
  session: () => queryOptions({ queryKey: ['session'], queryFn: api.session, staleTime: 60_000, retry: false }),
  tasks: () => queryOptions({ queryKey: ['tasks'], queryFn: api.tasks }),
  inbox: () => queryOptions({ queryKey: ['inbox'], queryFn: api.inbox }),
  /** The most urgent. */
  deadlines: () => queryOptions({ queryKey: ['deadlines'], queryFn: ({ signal }) => api.deadlines({}, { signal }) }),
  deadlinesOf: (subject: string) =>
    queryOptions({
      queryKey: ['deadlines', 'of', subject],
      queryFn: ({ signal }) => api.deadlines({ subject }, { signal }),
    }),
  allDeadlines: () =>
    pages({ queryKey: ['deadlines', 'all'], page: (after, signal) => api.deadlines({ after }, { signal }) }),
  activity: (disclosureId?: string) =>
    queryOptions({
      queryKey: ['activity', disclosureId ?? 'all'],
      queryFn: ({ signal }) => api.activity(disclosureId, { signal }),
    }),
  disclosures: () => queryOptions({ queryKey: ['disclosures'], queryFn: api.disclosures }),
  disclosure: (id: string) =>
    queryOptions({ queryKey: ['disclosures', id], queryFn: ({ signal }) => api.disclosure(id, { signal }) }),
  edition: (id: string, number: number) =>
    queryOptions({
      queryKey: ['disclosures', id, 'editions', number],
      queryFn: ({ signal }) => api.edition(id, number, { signal }),
    }),
  comparison: (id: string, from: string, to: string) =>
    queryOptions({
      queryKey: ['disclosures', id, 'comparison', from, to],
      queryFn: ({ signal }) => api.comparison(id, from, to, { signal }),
    }),
  moved: (id: string, since: number) =>
    queryOptions({
      queryKey: ['disclosures', id, 'moved', since],
      queryFn: ({ signal }) => api.moved(id, since, { signal }),
    }),
  submissionPreview: (id: string) =>
    queryOptions({
      queryKey: ['disclosures', id, 'submission-preview'],
      queryFn: ({ signal }) => api.submissionPreview(id, { signal }),
    }),
};

/** After a command: everything that was shown is asked again (with the command's position, so the answer contains it). */
export const useRefresh = (): (() => Promise<void>) => {
  const client = useQueryClient();
  return () => askAgain(client);
};

export const askAgain = async (client: QueryClient): Promise<void> => {
  const shown = { predicate: ({ queryKey }: { readonly queryKey: QueryKey }) => queryKey[0] !== 'session' };
  // What is on its way for the first time may have been read before the command, and would be taken for the newest.
  await client.cancelQueries(shown);
  await client.invalidateQueries(shown);
};
