import { IconAlertTriangle, IconBan, IconCircleCheck, IconClockExclamation, IconHourglass } from '@tabler/icons-react';
import { useMessages } from '../messages/language';
import type { CertificateState } from './certificates-api';
import classes from './certificates.module.css';
import { certificatesMessages } from './messages';

const shapes = {
  valid: IconCircleCheck,
  soon: IconClockExclamation,
  lapsed: IconAlertTriangle,
  renewalPending: IconHourglass,
  notYetValid: IconHourglass,
  withdrawn: IconBan,
};

/** The state of a certificate by word, shape and, last, colour. */
export const CertificateStateMark = ({ state }: { readonly state: CertificateState }) => {
  const m = useMessages(certificatesMessages);
  const Shape = shapes[state];
  return (
    <span className={classes.state} data-state={state}>
      <Shape size={17} stroke={1.8} aria-hidden="true" />
      {m.states[state]}
    </span>
  );
};
