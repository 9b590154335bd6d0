import { useCommon } from '../messages/language';
import { TextLink } from '../shell/link';
import type { CitingDisclosure } from './certificates-api';

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
