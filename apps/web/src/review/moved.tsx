import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { queries } from '../api/queries';
import type { MovedView } from '../api/types';
import { useCommon, useLanguage, useMessages } from '../messages/language';
import { TextLink } from '../shell/link';
import { anchorOf, labelOf } from './difference/comparison';
import { fullTime } from './format';
import { reviewMessages } from './messages';
import classes from './review.module.css';

/** More than these are told when they are asked for. */
const SENTENCES_SHOWN = 6;

type Outcome = NonNullable<MovedView['outcome']>;

/** What happened since the mail whose link was followed, if anything did; undefined while that is asked. */
export const useMoved = (disclosureId: string): MovedView | null | undefined => {
  const { v } = useSearch({ strict: false });
  const asked = queries.moved(disclosureId, v ?? 0);
  // What it said when the reader came; what they do here themselves is no news to them.
  const known = useQueryClient().getQueryData(asked.queryKey) !== undefined;
  const moved = useQuery({ ...asked, enabled: v !== undefined && !known, gcTime: 0 });
  if (v === undefined || moved.isError) return null;
  return moved.data;
};

/** Who did what since the mail, and which items have changed since. */
export const Moved = ({
  disclosureId,
  moved,
  openEdition,
}: {
  readonly disclosureId: string;
  readonly moved: MovedView | null | undefined;
  /** The edition that the open revision on the page leads to; null where none is shown. */
  readonly openEdition: number | null;
}) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const titleOf = useOutcomeTitle();
  if (!moved?.moved) return null;
  const { sentences, changedItems, outcome } = moved;
  // What is over is not what is open now, even where it was to lead to the same edition.
  const ofAnother = outcome !== null && outcome.kind !== 'approved';
  const list = (
    <ul className={classes.sentences}>
      {sentences.map((sentence, at) => (
        <li key={at}>{sentence}</li>
      ))}
    </ul>
  );
  return (
    <section className={classes.moved} aria-labelledby="moved">
      <h2 id="moved" className={classes.movedTitle}>
        {ofAnother ? titleOf(outcome) : m.movedTitle}
      </h2>
      {ofAnother && (
        <>
          <OutcomeFacts outcome={outcome} />
          {outcome.kind === 'published' && (
            <p className={classes.movedTo}>
              <TextLink
                to="/disclosures/$id/editions/$n"
                params={{ id: disclosureId, n: String(outcome.editionNumber) }}
                inherit
              >
                {m.openEdition(t.edition(outcome.editionNumber))}
              </TextLink>
            </p>
          )}
          {openEdition !== null && <p className={classes.movedTo}>{m.movedTo(t.edition(openEdition))}</p>}
        </>
      )}
      {ofAnother || sentences.length > SENTENCES_SHOWN ? (
        <details className={classes.elsewhere}>
          <summary>{m.movedSentences(sentences.length)}</summary>
          {list}
        </details>
      ) : (
        list
      )}
      {!ofAnother && changedItems.length > 0 && (
        <p className={classes.quiet}>
          {m.movedItems}
          {changedItems.map((item) => (
            <a key={item.itemKey} href={`#${anchorOf(item)}`}>
              {`${labelOf(item)} ${item.title}`}
            </a>
          ))}
        </p>
      )}
    </section>
  );
};

/** 「第6版は公開されました」 */
export const useOutcomeTitle = () => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  return ({ kind, editionNumber }: Outcome): string => m.outcomes[kind](t.edition(editionNumber));
};

/** Who decided it, when, and for what reason. */
export const OutcomeFacts = ({ outcome: { kind, by, at, reason } }: { readonly outcome: Outcome }) => {
  const m = useMessages(reviewMessages);
  const language = useLanguage();
  return (
    <div>
      <p className={classes.movedTo}>{m.outcomeBy[kind](by?.name ?? '', fullTime(at, language))}</p>
      {reason !== null && <p className={classes.outcomeReason}>{m.outcomeReason(reason)}</p>}
    </div>
  );
};
