import { Button } from '@mantine/core';
import { sentenceOf } from '../api/problem';
import { useCommon, useLanguage } from '../messages/language';
import classes from './problem-text.module.css';

/** What went wrong and what to do, where it went wrong. With `onRetry`, a button to try again. */
export const ProblemText = ({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) => {
  const language = useLanguage();
  const t = useCommon();
  return (
    <div className={classes.problem} role="alert">
      <span>{sentenceOf(error, language)}</span>
      {onRetry && (
        <Button size="xs" variant="default" onClick={onRetry}>
          {t.retry}
        </Button>
      )}
    </div>
  );
};
