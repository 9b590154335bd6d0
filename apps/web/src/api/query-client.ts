import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem';

/** A refusal is an answer: only a missing or failing server is asked again. */
const worthAskingAgain = (count: number, error: Error): boolean =>
  count < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 500);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: worthAskingAgain, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});
