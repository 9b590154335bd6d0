import type * as contract from '@app/readers/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../api/client';

export type ReaderList = z.infer<typeof contract.readerList>;
export type ReaderView = z.infer<typeof contract.readerView>;
export type ReadDisclosure = z.infer<typeof contract.readDisclosure>;
type InviteReaderBody = z.input<typeof contract.inviteReaderBody>;
type ReaderAnswer = z.infer<typeof contract.readerAnswer>;

export const readersApi = {
  list: ({ signal }: { readonly signal?: AbortSignal }): Promise<ReaderList> => request('/api/readers', { signal }),
  invite: (body: InviteReaderBody): Promise<ReaderAnswer> => request('/api/readers', { method: 'POST', body }),
  remove: (id: string): Promise<unknown> => request(`/api/readers/${encodeURIComponent(id)}`, { method: 'DELETE' }),
};

export const readersQuery = () => queryOptions({ queryKey: ['readers'], queryFn: readersApi.list });
