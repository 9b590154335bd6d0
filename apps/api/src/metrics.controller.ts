import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CLOCK, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import { problem, Public } from '@app/http';
import { mailsWaiting } from '@app/mail';
import { projectionLags, secondsWaited, type ProjectionLag } from '@app/projections';
import { outboxProjections, readModels, type Settings } from '@app/runtime';
import { sealedHead, sealsWithoutTimeStamp } from '@app/sealing';
import { Controller, Get, Header, Headers, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { JobQueue, SETTINGS } from './job-queue';

/** Whoever asks for metrics does not wait much longer; a log on another server may be out of reach for longer. */
const LOG_PATIENCE_MS = 3_000;

type Sample = readonly [labels: string, value: number];

/** For Prometheus: how far behind what happens without anybody asking is. Answers who knows `METRICS_TOKEN`, and nobody without one. */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly queue: JobQueue,
  ) {}

  @Get()
  @Public()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('cache-control', 'no-store')
  async metrics(@Headers('authorization') authorization = ''): Promise<string> {
    const { metricsToken, publicUrl } = this.settings;
    if (metricsToken === undefined) throw problem('NotFound');
    if (!isSame(authorization, `Bearer ${metricsToken}`)) throw problem('NotSignedIn');

    const { store, dataSource } = this;
    const now = this.clock();
    const names = [...readModels, ...outboxProjections({ store, publicUrl })].map(({ name }) => name);
    const head = await sealedHead(dataSource);
    const unread = Promise.all([
      projectionLags({ store, dataSource }, names, now),
      secondsWaited(store, head?.last ?? null, now),
    ]);
    const [log, jobs, mails, unstamped] = await Promise.all([
      answeredIn(LOG_PATIENCE_MS, unread),
      this.queue.board().then((board) => board.byName()),
      mailsWaiting(dataSource),
      sealsWithoutTimeStamp(dataSource),
    ]);
    return [
      gauge('log_reachable', '0 when the log did not answer; then nothing is said of what waits in it.', [
        ['', log === null ? 0 : 1],
      ]),
      ...(log === null ? [] : waitingInLog(...log)),
      gauge('log_seal', 'Number of the newest seal.', [['', head?.batch ?? 0]]),
      gauge('log_sealed_events', 'Events from the beginning of the log to the newest seal.', [['', head?.events ?? 0]]),
      gauge('log_seals_without_time_stamp', 'Seals after the newest one that has a time stamp.', [['', unstamped]]),
      gauge(
        'jobs',
        'Jobs in the queue.',
        states.map((state) => [`{state="${state}"}`, jobs.reduce((sum, counts) => sum + counts[state], 0)]),
      ),
      gauge(
        'jobs_by_name',
        'Jobs in the queue, by their name; "" are those of a long queue whose names were not looked at.',
        jobs.flatMap((counts) =>
          states.map((state): Sample => [`{job="${counts.name ?? ''}",state="${state}"}`, counts[state]]),
        ),
      ),
      gauge('mails_waiting', 'Mails that have not left yet.', [['', mails]]),
    ].join('');
  }
}

const waitingInLog = (lags: readonly ProjectionLag[], unsealed: number): readonly string[] => [
  gauge(
    'projection_lag_seconds',
    'Age of the oldest event that the projection has not taken in; 0 when there is none.',
    lags.map(({ name, seconds }) => [`{projection="${name}"}`, seconds]),
  ),
  gauge(
    'projection_parked',
    '1 while the projection stands before an event that it cannot take in.',
    lags.map(({ name, parked }) => [`{projection="${name}"}`, Number(parked)]),
  ),
  gauge('log_unsealed_seconds', 'Age of the oldest event without a seal; 0 when there is none.', [['', unsealed]]),
];

/** The answer, or null when it is late or there is none. */
const answeredIn = async <T>(ms: number, asked: Promise<T>): Promise<T | null> => {
  const enough = new AbortController();
  const late = pause(ms, null, { signal: enough.signal });
  return Promise.race([asked, late])
    .catch(() => null)
    .finally(() => enough.abort());
};

const states = ['waiting', 'active', 'delayed', 'failed'] as const;

const gauge = (name: string, help: string, samples: readonly Sample[]): string =>
  [
    `# HELP kaijisho_${name} ${help}`,
    `# TYPE kaijisho_${name} gauge`,
    ...samples.map(([labels, value]) => `kaijisho_${name}${labels} ${value}`),
    '',
  ].join('\n');

/** Digests are of one length, so the comparison takes as long whatever was sent. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
