import { SYSTEM, type Clock, type EventStore } from '@app/event-sourcing';
import type { Asked } from '@app/http';
import type { Job, Schedule } from '@app/jobs';
import type { DataSource } from 'typeorm';
import { watchingAudits } from './audits';
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

/**
 * Looks at the audits that watch a disclosure: at each once, and then when one of its disclosures has gone on. What was looked at is known
 * to this process alone; another begins with all of them.
 */
export const followEditions = (
  deps: Following & { readonly dataSource: DataSource },
): { readonly jobs: readonly Job[]; readonly schedules: readonly Schedule[] } => {
  /** Audits with what they watch: another disclosure to watch is another reason to look. */
  const lookedAt = new Set<string>();
  const seen = new Map<string, number>();
  return {
    jobs: [
      {
        name: FOLLOW,
        // The next turn is the retry.
        attempts: 1,
        backoffMs: 1_000,
        run: async () => {
          const audits = await watchingAudits(deps.dataSource);
          const newest = new Map<string, number>();
          for (const id of new Set(audits.flatMap(({ disclosureIds }) => disclosureIds))) {
            const last = (await deps.store.read(`disclosure-${id}`, (seen.get(id) ?? 0) + 1)).at(-1);
            if (last) newest.set(id, last.version);
          }
          const failures: string[] = [];
          for (const { id, disclosureIds } of audits) {
            const watching = [id, ...disclosureIds].join(' ');
            if (lookedAt.has(watching) && !disclosureIds.some((each) => newest.has(each))) continue;
            try {
              await followEditionsOf(deps, id);
              lookedAt.add(watching);
            } catch (error) {
              // One that cannot be looked at must not keep the others from it.
              lookedAt.delete(watching);
              failures.push(`${id}: ${(error as Error).message}`);
            }
          }
          for (const [id, version] of newest) seen.set(id, version);
          if (failures.length > 0) throw new Error(`Not every audit could be looked at. ${failures.join('; ')}`);
        },
      },
    ],
    schedules: [{ name: FOLLOW, everyMs: 60_000, job: FOLLOW }],
  };
};
