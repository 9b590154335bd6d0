import type { draftedRowView } from '@app/disclosures/as-of/time-machine.contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../api/client';

/** The next row of 改訂履歴 as the difference and the causes propose it; always asked anew, because the text goes on. */
export const draftedRow = (id: string) =>
  queryOptions({
    queryKey: ['disclosures', id, 'drafted-row'],
    queryFn: ({ signal }): Promise<z.infer<typeof draftedRowView>> =>
      request(`/api/disclosures/${encodeURIComponent(id)}/revision/history-draft`, { signal }),
    staleTime: 0,
  });
