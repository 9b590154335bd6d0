import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from '../api/client';

export type PersonView = { readonly id: string; readonly name: string };

const peopleQuery = () =>
  queryOptions({
    queryKey: ['people'],
    queryFn: ({ signal }) => request<{ readonly people: readonly PersonView[] }>('/api/people', { signal }),
  });

const nobody: readonly PersonView[] = [];

/** Everybody who can sign in, to choose from; nobody while the answer has not come. */
export const usePeople = (): readonly PersonView[] => useQuery(peopleQuery()).data?.people ?? nobody;
