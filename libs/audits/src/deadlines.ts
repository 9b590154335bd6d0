import { localDateOf, type Deadline, type DeadlineSubject } from '@app/calendar';
import { auditStream } from './audit-stream';
import { openFollowUps, type Audit, type AuditKind } from './domain/audit';

/** The kinds that have a ladder of their own; the others share one. */
const withLadder: readonly AuditKind[] = ['internalAudit', 'vulnerabilityScan', 'documentReview'];

/** What of an audit falls due: its next turn, and each follow-up that is not done. */
export const auditDeadlines = (state: Audit): readonly Deadline[] => {
  if (state.status === 'NotPlanned' || state.status === 'Cancelled') return [];
  const subject = auditStream(state.id);
  const { kind } = state;
  const turn: readonly Deadline[] =
    state.status === 'Planned'
      ? [
          {
            ...{ subject, matter: 'audit', ladder: withLadder.includes(kind) ? kind : 'audit' },
            ...{ dueOn: state.dueOn, knownOn: localDateOf(state.knownSince) },
          },
        ]
      : [];
  return [
    ...turn,
    ...openFollowUps(state).map(({ id, text, dueOn, knownSince }): Deadline => ({
      ...{ subject, matter: 'followUp', part: { id, text }, ladder: 'followUp' },
      ...{ dueOn, knownOn: localDateOf(knownSince) },
    })),
  ];
};

/**
 * The audit in words, for who is reminded of it; null when there is none.
 * @param part the id of one of its follow-ups: then who sees to that one
 */
export const auditSubject = (state: Audit, part?: string): DeadlineSubject | null => {
  if (state.status === 'NotPlanned') return null;
  const { id, name, lead, citedBy, followUps, responsible } = state;
  return {
    title: name,
    detail: lead === null ? '' : `実施 ${lead}`,
    path: `/audits/${id}`,
    citedBy,
    responsible: followUps.find((each) => each.id === part)?.responsible ?? responsible,
  };
};
