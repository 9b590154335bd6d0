import { IconCircleCheckFilled, IconCircleDashed, IconWriting } from '@tabler/icons-react';
import type { CandidateView, OpenRevision, PostReviewView, SignatureView } from '../api/types';
import { longDate, useCommon, useLanguage, useMessages } from '../messages/language';
import { Post } from '../people/post';
import { useStepWords } from '../routing/step-words';
import { today } from '../editions/edition-state';
import { fullTime, listed, shortHash } from './format';
import { reviewMessages } from './messages';
import classes from './review.module.css';
import { deputiesOf, outstandingOf, placedSteps, type PlacedStep } from './steps';

/** 承認の経路: who has signed, for whom and as what, who is next and until when, and why a step was added. */
export const RoutePanel = ({ revision }: { readonly revision: OpenRevision }) => {
  const m = useMessages(reviewMessages);
  const steps = placedSteps(revision);
  const series = steps.filter(({ meaning }) => meaning !== 'postReview');
  const after = steps.filter(({ meaning }) => meaning === 'postReview');
  const step = (placed: PlacedStep) => <StepOfRoute key={placed.index} step={placed} revision={revision} />;
  return (
    <section className="sheet" aria-labelledby="route">
      <h2 id="route" className={classes.panelTitle}>
        {m.route}
        {revision.routing && <span className={classes.count}>{revision.routing.templateName}</span>}
      </h2>
      {steps.length === 0 ? (
        <p className={classes.quiet}>{m.routeNotYet}</p>
      ) : (
        <ol className={classes.route}>{series.map(step)}</ol>
      )}
      {after.length > 0 && (
        <>
          <h3 className={classes.afterTitle}>{m.afterApproval}</h3>
          <ol className={classes.route}>{after.map(step)}</ol>
        </>
      )}
      {revision.voided.length > 0 && (
        <details className={classes.elsewhere}>
          <summary>{m.voided(revision.voided.length)}</summary>
          {revision.voided.map((signature) => (
            <Signature key={`${signature.step} ${signature.at} ${signature.signer.id}`} signature={signature} />
          ))}
        </details>
      )}
    </section>
  );
};

const icons = { done: IconCircleCheckFilled, open: IconWriting, ahead: IconCircleDashed };

const StepOfRoute = ({ step, revision }: { readonly step: PlacedStep; readonly revision: OpenRevision }) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const language = useLanguage();
  const { whoIn, headOf, quorumOf, severalMaySign, reasonsOf, inOneLine } = useStepWords();
  const Icon = icons[step.standing];
  const postReviews = revision.postReviews.filter((postReview) => postReview.step === step.index);
  const reassignments = revision.reassignments.filter((reassignment) => reassignment.step === step.index);
  const outstanding = step.standing === 'done' ? [] : outstandingOf(step);
  const barred = step.standing === 'done' ? [] : step.candidates.filter(({ why, onBehalfOf }) => why && !onBehalfOf);
  // The template stands in the heading.
  const added = step.because.filter(({ kind }) => kind === 'rule');
  const overdue = step.standing === 'open' && step.due !== null && step.due < today();
  return (
    <li
      className={classes.step}
      data-standing={step.standing}
      aria-current={step.standing === 'open' && step.meaning !== 'postReview' ? 'step' : undefined}
    >
      <Icon size={20} stroke={1.6} aria-hidden="true" className={classes.stepIcon} />
      <div>
        <p className={classes.stepHead}>
          <strong>{headOf(step.signatories)}</strong>
          <span>{t.meanings[step.meaning]}</span>
          <span className={classes.standing}>
            {step.meaning === 'postReview' ? m.postReviewStandings[step.standing] : m.standings[step.standing]}
          </span>
        </p>
        {step.due !== null && step.standing === 'open' && (
          <p className={overdue ? classes.warning : classes.quiet}>
            {overdue ? m.overdue(longDate(step.due, language)) : m.due(longDate(step.due, language))}
          </p>
        )}
        {severalMaySign(step) && step.standing !== 'done' && (
          <p className={classes.quiet}>{m.needed(quorumOf(step.quorum))}</p>
        )}
        {step.covers !== 'everything' && <p className={classes.quiet}>{m.covers(listed(step.covers, language))}</p>}
        {step.signatures.map((signature) => (
          <Signature key={signature.signer.id} signature={signature} carriedOver={signature.carriedOver} />
        ))}
        {postReviews.map((postReview) => (
          <PostReview key={postReview.reader.id} postReview={postReview} />
        ))}
        {outstanding.map((candidate) => (
          <Candidate
            key={`${candidate.userId} ${candidate.capacity}`}
            candidate={candidate}
            deputies={deputiesOf(step, candidate.userId)}
          />
        ))}
        {step.standing !== 'done' && outstanding.length === 0 && step.candidates.length === 0 && (
          <p className={classes.warning}>{m.noHolder}</p>
        )}
        {barred.map((candidate) => (
          <p key={candidate.userId} className={classes.barred}>
            <span>{candidate.name}</span> {candidate.why && m.whyBarred[candidate.why]}
          </p>
        ))}
        {reassignments.map(({ from, to, reason, at }) => (
          <p key={at} className={classes.quiet}>
            {m.reassigned(from.name, to.name, reason)}
          </p>
        ))}
        {step.escalatesOn !== null && step.escalation !== null && step.standing === 'open' && (
          <p className={classes.quiet}>
            {m.escalates(longDate(step.escalatesOn, language), whoIn([step.escalation.to]))}
          </p>
        )}
        {added.length > 0 && <p className={classes.because}>{inOneLine(reasonsOf(added))}</p>}
      </div>
    </li>
  );
};

const Candidate = ({
  candidate,
  deputies,
}: {
  readonly candidate: CandidateView;
  readonly deputies: readonly CandidateView[];
}) => {
  const m = useMessages(reviewMessages);
  const language = useLanguage();
  return (
    <p className={classes.holder}>
      {candidate.name}
      <Post of={candidate} />
      {/* That somebody is named in the route is what the step itself says. */}
      {candidate.capacity !== 'named' && m.capacities[candidate.capacity] !== '' && (
        <span>{m.capacities[candidate.capacity]}</span>
      )}
      {deputies.length > 0 && (
        <span>
          {m.deputies(
            listed(
              deputies.map(({ name }) => name),
              language,
            ),
          )}
        </span>
      )}
    </p>
  );
};

type Officer = SignatureView['officer'];
type OnBehalfOf = SignatureView['onBehalfOf'];

/** Who signed, as of then; with a deputation, for whom, and under which. */
const Signer = ({
  officer,
  onBehalfOf,
  capacity,
}: {
  readonly officer: Officer;
  readonly onBehalfOf: OnBehalfOf;
  readonly capacity: SignatureView['capacity'];
}) => {
  const m = useMessages(reviewMessages);
  const language = useLanguage();
  const postOf = ({ department, title }: Officer): string => `${department} ${title}`.trim();
  return (
    <p className={classes.holder}>
      {officer.name}
      <Post of={officer} />
      {m.capacities[capacity] !== '' && onBehalfOf === null && <span>{m.capacities[capacity]}</span>}
      {onBehalfOf !== null && (
        <span className={classes.onBehalfOf}>
          {m.onBehalfOf(onBehalfOf.officer.name, postOf(onBehalfOf.officer))}
          <br />
          {m.deputation(
            longDate(onBehalfOf.deputation.from, language),
            longDate(onBehalfOf.deputation.until, language),
          )}
        </span>
      )}
    </p>
  );
};

/** A signature as it is kept: name, department and title of then, on behalf of whom, statement, time, hash, comment. */
export const Signature = ({
  signature,
  carriedOver = false,
}: {
  readonly signature: SignatureView;
  readonly carriedOver?: boolean;
}) => {
  const m = useMessages(reviewMessages);
  const language = useLanguage();
  return (
    <div className={classes.signature}>
      <Signer {...signature} />
      <p className={classes.quiet}>
        <time dateTime={signature.at}>{m.signedAt(fullTime(signature.at, language))}</time>
        {carriedOver && (
          <>
            <br />
            {m.carriedOver}
          </>
        )}
        <br />
        {m.withHash} <code title={signature.contentHash}>{shortHash(signature.contentHash)}…</code>
      </p>
      {signature.statement && <p className={classes.signedStatement}>{signature.statement}</p>}
      {signature.comment && <p className={classes.signatureComment}>{signature.comment}</p>}
    </div>
  );
};

/** 後閲 as it is kept. */
export const PostReview = ({ postReview }: { readonly postReview: PostReviewView }) => {
  const m = useMessages(reviewMessages);
  const language = useLanguage();
  return (
    <div className={classes.signature}>
      <Signer {...postReview} />
      <p className={classes.quiet}>
        <time dateTime={postReview.at}>{m.postReviewedAt(fullTime(postReview.at, language))}</time>
      </p>
      <p className={classes.signedStatement}>{postReview.statement}</p>
      {postReview.comment && <p className={classes.signatureComment}>{postReview.comment}</p>}
    </div>
  );
};
