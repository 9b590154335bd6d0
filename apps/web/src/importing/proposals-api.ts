import type * as contract from '@app/disclosures/proposals/proposals.contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../api/client';
import type { CommandAnswer } from '../api/types';

export type ProposedFileView = z.infer<typeof contract.proposedFileView>;
export type ProposalView = ProposedFileView['proposals'][number];
export type Place = z.infer<typeof contract.placeProposalBody>;
type ProposedFileList = z.infer<typeof contract.proposedFileList>;

const of = (id: string, fileId?: string): string =>
  `/api/disclosures/${encodeURIComponent(id)}/proposals${fileId === undefined ? '' : `/${encodeURIComponent(fileId)}`}`;
const ofText = (id: string, fileId: string, index: number): string => `${of(id, fileId)}/texts/${index}`;

/** Where the file itself is. */
export const sourceOf = (id: string, fileId: string): string => `${of(id, fileId)}/source`;

export const proposalQueries = {
  files: (id: string) =>
    queryOptions({
      queryKey: ['disclosures', id, 'proposals'],
      queryFn: ({ signal }): Promise<ProposedFileList> => request(of(id), { signal }),
    }),
  file: (id: string, fileId: string) =>
    queryOptions({
      queryKey: ['disclosures', id, 'proposals', fileId],
      queryFn: ({ signal }): Promise<ProposedFileView> => request(of(id, fileId), { signal }),
    }),
};

/** @param fileId null: the file that the disclosure was imported from */
export const settleAnomaly = (
  id: string,
  fileId: string | null,
  index: number,
  settled: boolean,
): Promise<CommandAnswer> =>
  request(`${fileId === null ? `/api/disclosures/${encodeURIComponent(id)}` : of(id, fileId)}/anomalies/${index}`, {
    method: 'PUT',
    body: { settled },
  });

export const proposalCommands = {
  propose: (id: string, source: File): Promise<CommandAnswer & { readonly fileId: string }> =>
    request(of(id), {
      method: 'POST',
      query: { fileName: source.name },
      raw: { content: source, mediaType: 'application/octet-stream' },
    }),
  /** @param basedOn the hash of the item's text that was shown beside it */
  accept: (id: string, fileId: string, index: number, basedOn: string): Promise<CommandAnswer> =>
    request(`${ofText(id, fileId, index)}/acceptance`, { method: 'POST', body: { basedOn } }),
  refuse: (id: string, fileId: string, index: number): Promise<CommandAnswer> =>
    request(`${ofText(id, fileId, index)}/refusal`, { method: 'POST' }),
  place: (id: string, fileId: string, index: number, place: Place): Promise<CommandAnswer> =>
    request(`${ofText(id, fileId, index)}/place`, { method: 'PUT', body: place }),
  close: (id: string, fileId: string): Promise<CommandAnswer> =>
    request(`${of(id, fileId)}/closing`, { method: 'POST' }),
};
