import type { ReactNode } from 'react';
import type { EditionSummary } from '../api/types';
import { longDate, useLanguage, useMessages } from '../messages/language';
import { Hash } from '../review/why-panel';
import classes from './editions.module.css';
import { editionsMessages } from './messages';

/** When an edition was issued and takes effect, and the hash of its text; rows of the page's own come first. */
export const EditionFacts = ({
  edition,
  children,
}: {
  edition: Pick<EditionSummary, 'issuedOn' | 'effectiveOn' | 'contentHash'>;
  children?: ReactNode;
}) => {
  const m = useMessages(editionsMessages);
  const language = useLanguage();
  return (
    <dl className={classes.facts}>
      {children}
      <div>
        <dt>{m.issuedOn}</dt>
        <dd>{longDate(edition.issuedOn, language)}</dd>
      </div>
      <div>
        <dt>{m.effectiveOn}</dt>
        <dd>{longDate(edition.effectiveOn, language)}</dd>
      </div>
      <div>
        <dt>{m.hash}</dt>
        <dd>
          <Hash hash={edition.contentHash} />
        </dd>
      </div>
    </dl>
  );
};
