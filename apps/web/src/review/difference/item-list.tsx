import type { ComparisonView } from '../../api/types';
import { useMessages } from '../../messages/language';
import { reviewMessages } from '../messages';
import { anchorOf, KindMark, labelOf } from './comparison';
import classes from './comparison.module.css';

/** The changed items as links; leads the keyboard there as well as the eye. */
export const ItemList = ({ items }: { readonly items: ComparisonView['items'] }) => {
  const m = useMessages(reviewMessages);
  return (
    <nav aria-label={m.changedItems}>
      <ol className={classes.itemList}>
        {items.map((item) => (
          <li key={item.itemKey}>
            <a href={`#${anchorOf(item)}`}>
              <span className={classes.itemNumber}>{labelOf(item)}</span>
              <span className={classes.itemName}>{item.title}</span>
            </a>
            <KindMark kind={item.kind} />
          </li>
        ))}
      </ol>
    </nav>
  );
};
