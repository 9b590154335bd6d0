import type * as contract from '@app/search/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { answerOf, http } from '../api/client';

export type SearchView = z.infer<typeof contract.searchView>;
export type SearchHit = SearchView['hits'][number];
export type FoundRecord = SearchView['records'][number];

export const searchQuery = (question: string) =>
  queryOptions({
    queryKey: ['search', question],
    queryFn: ({ signal }): Promise<SearchView> =>
      answerOf(http.GET('/api/search', { params: { query: { q: question } }, signal })),
    enabled: question.trim() !== '',
    placeholderData: keepPreviousData,
  });
