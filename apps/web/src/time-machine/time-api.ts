import type * as contract from '@app/disclosures/as-of/time-machine.contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../api/client';
import type { CommandAnswer } from '../api/types';

export type MomentsView = z.infer<typeof contract.momentsView>;
export type MomentView = z.infer<typeof contract.momentView>;
export type AsOfView = z.infer<typeof contract.asOfView>;
export type BlameView = z.infer<typeof contract.blameView>;
export type Clock = AsOfView['clock'];
export const clocks: readonly Clock[] = ['recorded', 'effective', 'public'];

/** A moment by its number, or an instant or day as it is written in the address. */
export type When = { readonly version: number } | { readonly at: string };

const of = (id: string): string => `/api/disclosures/${encodeURIComponent(id)}`;
const ofItem = (id: string, itemKey: string): string => `${of(id)}/items/${encodeURIComponent(itemKey)}`;

export const timeQueries = {
  moments: (id: string) =>
    queryOptions({
      queryKey: ['disclosures', id, 'moments'],
      queryFn: ({ signal }): Promise<MomentsView> => request(`${of(id)}/moments`, { signal }),
    }),
  /** While the next text comes, the one before it stays. */
  asOf: (id: string, when: When, clock: Clock) =>
    queryOptions({
      queryKey: ['disclosures', id, 'as-of', when, clock],
      queryFn: ({ signal }): Promise<AsOfView> =>
        request(`${of(id)}/as-of`, {
          query: { clock, ...('version' in when ? { version: String(when.version) } : when) },
          signal,
        }),
      placeholderData: keepPreviousData,
      retry: false,
    }),
  blame: (id: string, itemKey: string, version: number) =>
    queryOptions({
      queryKey: ['disclosures', id, 'blame', itemKey, version],
      queryFn: ({ signal }): Promise<BlameView> =>
        request(`${ofItem(id, itemKey)}/blame`, { query: { version: String(version) }, signal }),
      placeholderData: keepPreviousData,
    }),
};

/** An edit that gives the item the text which it had after that event. */
export const restoreItem = (
  id: string,
  itemKey: string,
  body: { readonly version: number; readonly basedOn: string },
): Promise<CommandAnswer> => request(`${ofItem(id, itemKey)}/restoration`, { method: 'POST', body });
