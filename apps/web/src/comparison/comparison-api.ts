import type * as contract from '@app/comparison-table/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../api/client';

export type ComparisonTable = z.infer<typeof contract.comparisonTableView>;
export type ComparisonRow = ComparisonTable['rows'][number];
export type ComparisonCell = ComparisonRow['new'];
export type Leaf = Exclude<ComparisonCell, string>[number];
export type Extent = ComparisonTable['extent'];

/** Which texts are compared, and whether all of them is shown. */
export type Asked = { readonly from: string; readonly to: string; readonly show: Extent };

/** Where 新旧対照表 is: as data, or as a file to download. */
export const comparisonAddress = (
  id: string,
  what: 'comparison-table' | `comparison.${'pdf' | 'docx' | 'html' | 'md'}`,
  { from, to, show }: Asked,
): string => `/api/disclosures/${encodeURIComponent(id)}/${what}?${new URLSearchParams({ from, to, show }).toString()}`;

export const comparisonTableQuery = (id: string, asked: Asked) =>
  queryOptions({
    queryKey: ['disclosures', id, 'comparison-table', asked],
    queryFn: ({ signal }): Promise<ComparisonTable> =>
      request(comparisonAddress(id, 'comparison-table', asked), { signal }),
  });
