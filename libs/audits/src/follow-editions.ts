import { SYSTEM, type Clock, type EventStore } from '@app/event-sourcing';
import type { Asked } from '@app/http';
import type { Job, Schedule } from '@app/jobs';
import type { DataSource } from 'typeorm';
import { allAudits } from './audits';
import { auditNow, decideAudit } from './decide-audit';
import type { Audit, Watch } from './domain/audit';
import type { AuditCommand } from './domain/audit.decider';
import { changedItems, watchedDisclosure } from './watched';

type Following = { readonly store: EventStore; readonly clock: Clock };

/**
 * Compares what an audit watches with the newest editions, and moves its day where that follows. All is read from the
 * streams, and the audit keeps which edition it has taken into account: safe to repeat, and to run twice at once.
 */
const followEditionsOf = async ({ store, clock }: Following, auditId: string): Promise<void> => {
  const audit = await auditNow(store, auditId);
  if (audit.status !== 'Planned') return;
  for (const watch of audit.watches) {
    const asked = await consequenceOf(store, audit, watch);
    if (asked === null) continue;
    const at = clock().toISOString();
    const cause = `${FOLLOW}:${watch.disclosureId}`;
    await decideAudit(
      store,
      { ...asked, auditId, by: SYSTEM, at },
      { actor: SYSTEM, recordedAt: at, correlationId: cause, causationId: cause },
    );
  }
};

type Consequence = Extract<Asked<AuditCommand, 'auditId'>, { type: 'BringAuditForward' | 'FollowApproval' }>;

const consequenceOf = async (
  store: EventStore,
  { recurrence }: Extract<Audit, { status: 'Planned' }>,
  watch: Watch,
): Promise<Consequence | null> => {
  const disclosure = await watchedDisclosure(store, watch.disclosureId);
  const newest = disclosure?.editions.at(-1);
  if (!disclosure || !newest || newest.number <= watch.edition) return null;
  const { id: disclosureId, serviceName } = disclosure;
  const edition = newest.number;
  if (recurrence?.anchor === 'lastApproval')
    return { type: 'FollowApproval', disclosureId, serviceName, edition, approvedOn: newest.issuedOn };
  const itemKeys = changedItems(disclosure, watch);
  if (itemKeys.length === 0) return null;
  return { type: 'BringAuditForward', change: { disclosureId, serviceName, edition, itemKeys } };
};

const FOLLOW = 'audits.follow-editions';

/** Looks at all audits that watch a disclosure. */
export const followEditions = (
  deps: Following & { readonly dataSource: DataSource },
): { readonly jobs: readonly Job[]; readonly schedules: readonly Schedule[] } => ({
  jobs: [
    {
      name: FOLLOW,
      // The next turn is the retry.
      attempts: 1,
      backoffMs: 1_000,
      run: async () => {
        const failures: string[] = [];
        for (const { id, state } of await allAudits(deps.dataSource)) {
          if (state.status !== 'Planned' || state.watches.length === 0) continue;
          // One that cannot be looked at must not keep the others from it.
          await followEditionsOf(deps, id).catch((error: Error) => failures.push(`${id}: ${error.message}`));
        }
        if (failures.length > 0) throw new Error(`Not every audit could be looked at. ${failures.join('; ')}`);
      },
    },
  ],
  schedules: [{ name: FOLLOW, everyMs: 60_000, job: FOLLOW }],
});
