import { useQueries, useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries';
import type { Citation } from './certificates-api';

export type CitableItem = Citation & { readonly serviceName: string; readonly label: string };

/** Every item of every disclosure, to choose from and to name. */
export const useCitableItems = (): readonly CitableItem[] => {
  const list = useQuery(queries.disclosures());
  const views = useQueries({ queries: (list.data?.disclosures ?? []).map(({ id }) => queries.disclosure(id)) });
  return views.flatMap(({ data }) =>
    (data?.parts ?? []).flatMap((part) =>
      part.items.map((item) => ({
        disclosureId: data!.id,
        itemKey: item.itemKey,
        serviceName: data!.serviceName,
        label: `${part.number}-${item.number} ${item.title}`,
      })),
    ),
  );
};
