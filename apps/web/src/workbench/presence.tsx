import type { DisclosureView } from '../api/types';
import { useMessages } from '../messages/language';
import { itemsInOrder } from './items';
import { messages } from './messages';
import type { PresentPerson } from './presence-api';
import classes from './presence.module.css';

/** Who else has the disclosure open, and where. It is read when one comes to it, and never announced: it changes too often. */
export const Presence = ({
  others,
  parts,
}: {
  readonly others: readonly PresentPerson[];
  readonly parts: DisclosureView['parts'];
}) => {
  const t = useMessages(messages);
  if (others.length === 0) return null;
  const placed = itemsInOrder(parts);
  return (
    <div className={classes.presence}>
      <span id="presence">{t.presence}</span>
      <ul className={classes.people} aria-labelledby="presence">
        {others.map(({ id, name, itemKeys }) => {
          const places = placed
            .filter(({ item }) => itemKeys.includes(item.itemKey))
            .map(({ part, item }) => `${part.number}-${item.number}`);
          return (
            <li key={id} className={classes.person}>
              <Initial name={name} />
              {name}
              {places.length > 0 && <span className={classes.place}>{places.join('・')}</span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
};

/** On the item that others have open as well. */
export const AlsoHere = ({ others }: { readonly others: readonly PresentPerson[] }) => {
  const t = useMessages(messages);
  if (others.length === 0) return null;
  return (
    <span className={classes.here}>
      {others.map(({ id, name }) => (
        <Initial key={id} name={name} />
      ))}
      {t.alsoHere(others.map(({ name }) => name))}
    </span>
  );
};

const Initial = ({ name }: { readonly name: string }) => (
  <span className={classes.initial} aria-hidden>
    {[...name.trim()][0]}
  </span>
);
