import { infiniteQueryOptions } from '@tanstack/react-query';

/** A list that is read page by page: each page names the place where the next begins; null: that was all. */
export const pages = <P extends { readonly next: string | null }>({
  queryKey,
  page,
}: {
  readonly queryKey: readonly string[];
  /** @param after an empty text for the first */
  readonly page: (after: string, signal: AbortSignal) => Promise<P>;
}) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => page(pageParam, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }: P) => next,
  });
