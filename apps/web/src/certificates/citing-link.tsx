import { useCommon, useMessages } from '../messages/language';
import { TextLink } from '../shell/link';
import table from '../shell/table.module.css';
import type { CitingDisclosure } from './certificates-api';
import { certificatesMessages } from './messages';

/** Leads into the revision of a disclosure, to the first item that cites the certificate. */
export const CitingLink = ({
  citing: { disclosureId, serviceName, openEdition, items },
}: {
  readonly citing: CitingDisclosure;
}) => {
  const t = useCommon();
  const [first] = items;
  const name = openEdition === null ? serviceName : `${serviceName} ${t.edition(openEdition)}`;
  return first ? (
    <TextLink to="/disclosures/$id/items/$itemKey" params={{ id: disclosureId, itemKey: first.itemKey }} inherit>
      {`${name} ${first.label}`}
    </TextLink>
  ) : (
    <TextLink to="/disclosures/$id" params={{ id: disclosureId }} inherit>
      {name}
    </TextLink>
  );
};

/** How far the edition is that is being written, and so whether it can take up a new certificate; nothing where there is none. */
export const OpenRevision = ({
  citing: { openEdition, openStatus },
}: {
  readonly citing: Pick<CitingDisclosure, 'openEdition' | 'openStatus'>;
}) => {
  const m = useMessages(certificatesMessages);
  const t = useCommon();
  if (openEdition === null || openStatus === null) return null;
  return <span className={table.second}>{m.revisionOpen[openStatus](t.edition(openEdition))}</span>;
};
