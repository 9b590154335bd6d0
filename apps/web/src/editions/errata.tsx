import type { EditionSummary } from '../api/types';
import { shortTime, useLanguage, useMessages } from '../messages/language';
import classes from './editions.module.css';
import { editionsMessages } from './messages';

/** 正誤, as they stand beside the text on the public page. */
export const Errata = ({ errata }: { readonly errata: EditionSummary['errata'] }) => {
  const m = useMessages(editionsMessages);
  const language = useLanguage();
  return errata.map(({ id, itemKey, text, reason, officer, at }) => (
    <div key={id} role="note" aria-label={m.erratum} className={classes.erratum}>
      <p>
        <strong>{m.erratum}</strong> {itemKey}
      </p>
      <p>{text}</p>
      <p className={classes.quiet}>
        {m.erratumBecause(reason)}　{m.erratumBy(officer.name, shortTime(at, language))}
      </p>
    </div>
  ));
};
