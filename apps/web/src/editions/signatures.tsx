import type { PostReviewView, SignatureView } from '../api/types';
import { useCommon, useMessages } from '../messages/language';
import { PostReview, Signature } from '../review/route-panel';
import classes from './editions.module.css';
import { editionsMessages } from './messages';

/** Every signature with the office it was given in and what was signed; after them 後閲. */
export const Signatures = ({
  signatures,
  postReviews = [],
}: {
  readonly signatures: readonly SignatureView[];
  readonly postReviews?: readonly PostReviewView[];
}) => {
  const m = useMessages(editionsMessages);
  const t = useCommon();
  const office = ({ role }: SignatureView['officer']): string => (role === null ? m.namedInRoute : t.offices[role]);
  return (
    <ol className={classes.signatures}>
      {signatures.map((signature) => (
        <li key={`${signature.step}-${signature.signer.id}`}>
          <p className={classes.meaning}>
            {office(signature.onBehalfOf?.officer ?? signature.officer)}
            <span>{t.meanings[signature.meaning]}</span>
            {signature.onBehalfOf !== null && <span>{m.byDeputy}</span>}
          </p>
          <Signature signature={signature} />
        </li>
      ))}
      {postReviews.map((postReview) => (
        <li key={`${postReview.step}-${postReview.reader.id}`}>
          <p className={classes.meaning}>
            {office(postReview.onBehalfOf?.officer ?? postReview.officer)}
            <span>{t.meanings.postReview}</span>
            {postReview.afterPublication && <span>{m.afterPublication}</span>}
          </p>
          <PostReview postReview={postReview} />
        </li>
      ))}
    </ol>
  );
};
