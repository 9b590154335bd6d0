import { followEditions } from '@app/audits';
import { PostgresBlobStore } from '@app/blob-store';
import { certificateLapses } from '@app/certificates';
import { createDataSource, createPool } from '@app/database';
import { nudgeSchedules, nudgeSweep, publicationSweep, reviewTopic } from '@app/disclosures';
import type { Clock } from '@app/event-sourcing';
import { startJobs } from '@app/jobs';
import { createMailTransport, DIGEST, digestJobs, mailJobs } from '@app/mail';
import { runProjections } from '@app/projections';
import { closePdfPool, printCheckOf } from '@app/publishing';
import { forgetUnconfirmed, READER_MAIL, recordReaderDelivery } from '@app/readers';
import { recordDelivery, reminderSchedules, reminderSweep, reminderTopic } from '@app/reminders';
import { isQuiet, remindingNow } from '@app/reminding';
import {
  activeAccountsOf,
  migrations,
  openEventStore,
  outboxProjections,
  readModels,
  type Settings,
} from '@app/runtime';
import { sealJob, type SealKey } from '@app/sealing';
import { timeStampJob, type TimeStampAuthority } from '@app/sealing/time-stamping';

export type RunningWorker = { readonly close: () => Promise<void> };

/** Projections, sweeps and jobs: what happens without anybody asking. Any number of workers may run beside each other. */
export const startWorker = async (
  settings: Settings,
  clock: Clock = () => new Date(),
  sealKey: SealKey | null = null,
  authority: TimeStampAuthority | null = null,
): Promise<RunningWorker> => {
  const { databaseUrl, redisUrl, smtpUrl, mailFrom: from, publicUrl } = settings;
  const pool = createPool(databaseUrl);
  const dataSource = await createDataSource(databaseUrl, migrations).initialize();
  const { store, close: closeStore } = await openEventStore(settings, pool);
  const stop = new AbortController();

  const projections = [...readModels, ...outboxProjections({ store, publicUrl })];
  const projecting = runProjections({ store, dataSource, projections, signal: stop.signal, log: console });

  if (smtpUrl === undefined) console.warn('SMTP_URL is not set: mails wait in the outbox until it is.');
  const ledger = recordDelivery({ store, dataSource, clock });
  const delivery =
    smtpUrl === undefined
      ? { jobs: [], schedules: [] }
      : mailJobs({
          ...{ dataSource, clock, from, publicUrl, openTransport: () => createMailTransport(smtpUrl) },
          addressesOf: (ids) => activeAccountsOf(dataSource.manager, ids),
          listeners: { reminder: ledger, [DIGEST]: ledger, [READER_MAIL]: recordReaderDelivery({ store }) },
        });
  const digests = digestJobs({
    ...{ dataSource, clock, publicUrl, accountsOf: activeAccountsOf },
    topics: [reviewTopic(store), reminderTopic(store)],
    quietHours: async () => {
      const reminding = await remindingNow(store);
      return (hour) => isQuiet(reminding, hour);
    },
  });
  const sweep = reminderSweep({ store, dataSource, clock, log: console });

  const sealing = sealKey ? sealJob({ store, dataSource, clock, key: sealKey }) : { jobs: [], schedules: [] };

  const stamping = authority ? timeStampJob({ dataSource, clock, authority }) : { jobs: [], schedules: [] };

  const registers = [certificateLapses({ store, dataSource, clock }), followEditions({ store, dataSource, clock })];
  const readers = forgetUnconfirmed({ store, dataSource, clock });
  const printCheck = printCheckOf({ store, blobs: new PostgresBlobStore(dataSource), publicUrl });
  const publications = publicationSweep({
    ...{ store, dataSource, clock, publicUrl, printCheck },
    accountsOf: activeAccountsOf,
  });

  const jobs = await startJobs({
    databaseUrl,
    redisUrl,
    jobs: [
      ...delivery.jobs,
      ...digests.jobs,
      ...sealing.jobs,
      ...stamping.jobs,
      ...registers.flatMap(({ jobs }) => jobs),
      ...publications.jobs,
      ...readers.jobs,
      sweep,
      nudgeSweep({ store, dataSource, clock, publicUrl }),
    ],
    schedules: [
      ...delivery.schedules,
      ...digests.schedules,
      ...sealing.schedules,
      ...stamping.schedules,
      ...registers.flatMap(({ schedules }) => schedules),
      ...publications.schedules,
      ...readers.schedules,
      ...reminderSchedules,
      ...nudgeSchedules,
    ],
    log: console,
  });

  return {
    close: async () => {
      await jobs.close();
      await closePdfPool();
      stop.abort();
      await projecting;
      await closeStore();
      await dataSource.destroy();
      await pool.end();
    },
  };
};
