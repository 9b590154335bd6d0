import { IconCircleCheckFilled, IconCircleDashed, IconWriting } from '@tabler/icons-react';
import type { OpenRevision, SignatureView } from '../api/types';
import { useCommon, useLanguage, useMessages } from '../messages/language';
import { fullTime, shortHash } from './format';
import { reviewMessages } from './messages';
import classes from './review.module.css';

type Step = OpenRevision['route'][number];

/** 承認の経路: who has signed, with the office held then, and who is next. */
export const RoutePanel = ({ revision }: { readonly revision: OpenRevision }) => {
  const m = useMessages(reviewMessages);
  return (
    <section className="sheet" aria-labelledby="route">
      <h2 id="route" className={classes.panelTitle}>
        {m.route}
      </h2>
      {revision.route.length === 0 ? (
        <p className={classes.quiet}>{m.routeNotYet}</p>
      ) : (
        <ol className={classes.route}>
          {revision.route.map((step, index) => (
            <StepOfRoute
              key={index}
              step={step}
              standing={index < revision.step ? 'signed' : index === revision.step ? 'waiting' : 'later'}
              signatures={revision.signatures.filter((signature) => signature.step === index)}
            />
          ))}
        </ol>
      )}
    </section>
  );
};

const icons = { signed: IconCircleCheckFilled, waiting: IconWriting, later: IconCircleDashed };

const StepOfRoute = ({
  step,
  standing,
  signatures,
}: {
  readonly step: Step;
  readonly standing: 'signed' | 'waiting' | 'later';
  readonly signatures: readonly SignatureView[];
}) => {
  const m = useMessages(reviewMessages);
  const t = useCommon();
  const Icon = icons[standing];
  const outstanding = step.holders.filter(({ userId }) => !signatures.some(({ signer }) => signer.id === userId));
  return (
    <li className={classes.step} data-standing={standing} aria-current={standing === 'waiting' ? 'step' : undefined}>
      <Icon size={20} stroke={1.6} aria-hidden="true" className={classes.stepIcon} />
      <div>
        <p className={classes.stepHead}>
          <strong>{t.offices[step.role]}</strong>
          <span>{t.meanings[step.meaning]}</span>
          <span className={classes.standing}>
            {{ signed: m.stepSigned, waiting: m.stepWaiting, later: m.stepLater }[standing]}
          </span>
        </p>
        {step.holders.length > 1 && standing !== 'signed' && (
          <p className={classes.quiet}>
            {step.quorum.kind === 'n'
              ? m.quorumN(step.quorum.n ?? 1)
              : step.quorum.kind === 'any'
                ? m.quorumAny
                : m.quorumAll}
          </p>
        )}
        {signatures.map((signature) => (
          <Signature key={signature.signer.id} signature={signature} />
        ))}
        {standing !== 'signed' &&
          outstanding.map((holder) => (
            <p key={holder.userId} className={classes.holder}>
              {holder.name}
              <span>{`${holder.department} ${holder.title}`}</span>
            </p>
          ))}
        {standing !== 'signed' && step.holders.length === 0 && <p className={classes.warning}>{m.noHolder}</p>}
      </div>
    </li>
  );
};

/** A signature as it is kept: name, department and title of then, time, hash, comment. */
export const Signature = ({ signature }: { readonly signature: SignatureView }) => {
  const m = useMessages(reviewMessages);
  const language = useLanguage();
  return (
    <div className={classes.signature}>
      <p className={classes.holder}>
        {signature.officer.name}
        <span>{`${signature.officer.department} ${signature.officer.title}`}</span>
      </p>
      <p className={classes.quiet}>
        <time dateTime={signature.at}>{m.signedAt(fullTime(signature.at, language))}</time>
        <br />
        {m.withHash} <code title={signature.contentHash}>{shortHash(signature.contentHash)}…</code>
      </p>
      {signature.comment && <p className={classes.signatureComment}>{signature.comment}</p>}
    </div>
  );
};
