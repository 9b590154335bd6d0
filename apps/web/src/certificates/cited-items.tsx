import { useMessages } from '../messages/language';
import { TextLink } from '../shell/link';
import table from '../shell/table.module.css';
import type { Citation } from './certificates-api';
import { useCitableItems } from './citations';
import classes from './certificates.module.css';
import { certificatesMessages } from './messages';

/** The items that speak of a certificate or an audit, as links. */
export const CitedItems = ({ citedBy }: { readonly citedBy: readonly Citation[] }) => {
  const m = useMessages(certificatesMessages);
  const items = useCitableItems();
  if (citedBy.length === 0) return <p className={classes.line}>{m.citedNone}</p>;
  return (
    <ul className={classes.plain}>
      {citedBy.map(({ disclosureId, itemKey }) => {
        const item = items.find((one) => one.disclosureId === disclosureId && one.itemKey === itemKey);
        return (
          <li key={`${disclosureId} ${itemKey}`}>
            <TextLink to="/disclosures/$id/items/$itemKey" params={{ id: disclosureId, itemKey }} inherit>
              {item?.label ?? itemKey}
            </TextLink>
            {item && <span className={table.second}>{item.serviceName}</span>}
          </li>
        );
      })}
    </ul>
  );
};
