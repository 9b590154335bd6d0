import { useQuery } from '@tanstack/react-query';
import { remindingQueries, type CertificateKindView } from '../reminding/reminding-api';

const none: readonly CertificateKindView[] = [];

/** The kinds of certificates, and their names by key. */
export const useKinds = () => {
  const kinds = useQuery(remindingQueries.settings()).data?.kinds ?? none;
  return { kinds, kindName: (key: string): string => kinds.find(({ kind }) => kind === key)?.name ?? key };
};
