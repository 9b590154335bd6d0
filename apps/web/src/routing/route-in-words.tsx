import type { StepTemplate } from '@app/routes/domain/route';
import { useCommon, useMessages } from '../messages/language';
import { routingMessages } from './messages';
import classes from './routing.module.css';
import { useStepWords } from './step-words';

/** A route as sentences: the series in its order, then 後閲. A step that is not finished yet says so. */
export const RouteInWords = ({ steps }: { readonly steps: readonly (StepTemplate | null)[] }) => {
  const m = useMessages(routingMessages);
  const t = useCommon();
  const { sentencesOf, inOneLine } = useStepWords();
  const series = steps.filter((step) => step?.meaning !== 'postReview');
  const after = steps.filter((step) => step?.meaning === 'postReview');
  const line = (step: StepTemplate | null, key: number) => (
    <li key={key}>
      {step === null ? (
        <span className={classes.quiet}>{m.previewUnfinished}</span>
      ) : (
        <>
          <span className={classes.meaning}>{t.meanings[step.meaning]}</span>
          <span>{inOneLine(sentencesOf(step))}</span>
        </>
      )}
    </li>
  );
  return (
    <div className={classes.inWords}>
      <ol>{series.map(line)}</ol>
      {after.length > 0 && (
        <>
          <p className={classes.quiet}>{m.previewPostReview}</p>
          <ul>{after.map(line)}</ul>
        </>
      )}
    </div>
  );
};
