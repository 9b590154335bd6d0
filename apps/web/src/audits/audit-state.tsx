import {
  IconAlertTriangle,
  IconBan,
  IconCalendarEvent,
  IconCircleCheck,
  IconClockExclamation,
} from '@tabler/icons-react';
import { SOON_DAYS } from '../reminding/timeline';
import { useMessages } from '../messages/language';
import certificates from '../certificates/certificates.module.css';
import type { AuditView } from './audits-api';
import { auditsMessages } from './messages';

export type AuditState = AuditView['status'] | 'soon';

export const stateOf = ({ status, daysLeft }: Pick<AuditView, 'status' | 'daysLeft'>): AuditState =>
  status === 'planned' && daysLeft !== null && daysLeft <= SOON_DAYS ? 'soon' : status;

const shapes = {
  planned: IconCalendarEvent,
  soon: IconClockExclamation,
  overdue: IconAlertTriangle,
  completed: IconCircleCheck,
  cancelled: IconBan,
};

/** The state of an audit by word, shape and, last, colour. */
export const AuditStateMark = ({ state }: { readonly state: AuditState }) => {
  const m = useMessages(auditsMessages);
  const Shape = shapes[state];
  return (
    <span className={certificates.state} data-state={state}>
      <Shape size={17} stroke={1.8} aria-hidden="true" />
      {m.statuses[state]}
    </span>
  );
};
