import type * as contract from '@app/presence/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { v4 as newTab } from 'uuid';
import type { z } from 'zod';
import { answerOf, http, isProblem } from '../api/client';

export type PresentPerson = z.infer<typeof contract.presentPerson>;

const HEARTBEAT_MS = 10_000;
const nobody: readonly PresentPerson[] = [];

/** Says every few seconds, while the page is in the foreground, that it shows this item of the disclosure; answers who else is there. */
export const usePresence = (disclosureId: string, itemKey: string | undefined): readonly PresentPerson[] => {
  const [tab] = useState(() => newTab());
  const { data } = useQuery({
    queryKey: ['presence', disclosureId, itemKey],
    queryFn: ({ signal }) =>
      answerOf(
        http.PUT('/api/disclosures/{disclosureId}/presence', {
          params: { path: { disclosureId } },
          body: { tab, itemKey: itemKey ?? null },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (isProblem(state.error, 'NotSignedIn') ? false : HEARTBEAT_MS),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  useEffect(() => {
    const leave = (): void => {
      const gone = { params: { path: { disclosureId, tab } }, keepalive: true };
      // Who cannot say that they leave is forgotten after a while.
      http.DELETE('/api/disclosures/{disclosureId}/presence/{tab}', gone).catch(() => {});
    };
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [disclosureId, tab]);
  return data?.others ?? nobody;
};
