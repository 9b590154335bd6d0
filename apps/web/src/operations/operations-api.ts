import type * as jobs from '@app/jobs/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { answerOf, http } from '../api/client';

export type JobBoard = z.infer<typeof jobs.jobBoardView>;
export type FailedJob = z.infer<typeof jobs.failedJobView>;

export const operationsApi = {
  jobs: ({ signal }: { signal?: AbortSignal }): Promise<JobBoard> => answerOf(http.GET('/api/jobs', { signal })),
  retry: (key: string): Promise<unknown> => answerOf(http.POST('/api/jobs/{key}/retry', { params: { path: { key } } })),
};

const EVERY_MS = 5_000;

export const operationsQueries = {
  jobs: () => queryOptions({ queryKey: ['jobs'], queryFn: operationsApi.jobs, refetchInterval: EVERY_MS }),
};
