import type { SearchHit } from './search-api';
import classes from './search.module.css';

/** A text with what was found in it marked. */
export const Runs = ({ runs }: { readonly runs: SearchHit['passage'] }) =>
  runs.map(({ text, marked }, at) =>
    marked ? (
      <mark key={at} className={classes.mark}>
        {text}
      </mark>
    ) : (
      <span key={at}>{text}</span>
    ),
  );
