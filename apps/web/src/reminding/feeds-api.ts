import type * as feeds from '@app/calendar-feed/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { answerOf, http, request } from '../api/client';

export type FeedList = z.infer<typeof feeds.feedList>;
export type Feed = FeedList['feeds'][number];
export type NewFeed = z.infer<typeof feeds.newFeedAnswer>;

/** The secret addresses of calendars. */
export const feedsApi = {
  list: ({ signal }: { readonly signal?: AbortSignal } = {}): Promise<FeedList> =>
    answerOf(http.GET('/api/calendar-feeds', { signal })),
  create: (scope: Feed['scope']): Promise<NewFeed> => answerOf(http.POST('/api/calendar-feeds', { body: { scope } })),
  revoke: (id: string): Promise<unknown> =>
    request(`/api/calendar-feeds/${encodeURIComponent(id)}`, { method: 'DELETE' }),
};

export const feedsQueries = {
  list: () => queryOptions({ queryKey: ['calendar-feeds'], queryFn: feedsApi.list }),
};
