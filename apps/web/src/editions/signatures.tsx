import type { SignatureView } from '../api/types';
import { useCommon } from '../messages/language';
import { Signature } from '../review/route-panel';
import classes from './editions.module.css';

/** Every signature with the office it was given in. */
export const Signatures = ({ signatures }: { readonly signatures: readonly SignatureView[] }) => {
  const t = useCommon();
  return (
    <ol className={classes.signatures}>
      {signatures.map((signature) => (
        <li key={`${signature.step}-${signature.signer.id}`}>
          <p className={classes.meaning}>
            {t.offices[signature.officer.role]}
            <span>{t.meanings[signature.meaning]}</span>
          </p>
          <Signature signature={signature} />
        </li>
      ))}
    </ol>
  );
};
