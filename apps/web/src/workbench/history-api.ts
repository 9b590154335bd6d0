import type * as contract from '@app/disclosures/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../api/client';
import { pages } from '../api/pages';

type ItemHistory = z.infer<typeof contract.itemHistory>;
type TextOfItem = z.infer<typeof contract.textOfItem>;

const historyPath = (id: string, itemKey: string): string =>
  `/api/disclosures/${encodeURIComponent(id)}/items/${encodeURIComponent(itemKey)}/history`;

export const historyQueries = {
  /** Which texts an item has had, newest first. */
  texts: (id: string, itemKey: string) =>
    pages({
      queryKey: ['disclosures', id, 'history', itemKey],
      page: (after, signal): Promise<ItemHistory> => request(historyPath(id, itemKey), { query: { after }, signal }),
    }),
  /** The words of one of them: they stay what they are. */
  text: (id: string, itemKey: string, version: number) =>
    queryOptions({
      queryKey: ['disclosures', id, 'history', itemKey, version],
      queryFn: ({ signal }): Promise<TextOfItem> => request(`${historyPath(id, itemKey)}/${version}`, { signal }),
      staleTime: Infinity,
    }),
};
