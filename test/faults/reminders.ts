import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, localDateOf } from '@app/calendar';
import { certificateCodec, certificateDecider, certificateStream } from '@app/certificates';
import { handle, SYSTEM } from '@app/event-sourcing';
import { PostgresEventStore } from '@app/event-store-postgres';
import { reminderCodec, reminderStream } from '@app/reminders';
import { Redis } from 'ioredis';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { peopleOf } from '../setup/product';
import type { MailServer } from './mail-server';

/** A company whose certificates lapsed yesterday: each is mailed to two people today, whatever the hour. */
export const remindedCompany = async ({
  pool,
  dataSource,
}: {
  readonly pool: Pool;
  readonly dataSource: DataSource;
}) => {
  const store = new PostgresEventStore(pool);
  const people = peopleOf({ store, dataSource, clock: () => new Date() });
  const officer = await people.register('mio', '管理 美緒', ['signatory']);
  const drafter = await people.register('dora', '起草 土良', ['drafter']);
  await people.appoint(officer, 'managementOfficer', '部長');
  const names: string[] = [];
  return {
    officer,
    drafter,
    /** Registers some more. */
    register: async (count: number): Promise<void> => {
      for (let n = 0; n < count; n++) {
        const certificateId = randomUUID();
        const at = new Date().toISOString();
        const name = `証明書${names.length}`;
        names.push(name);
        await handle(
          { store, decider: certificateDecider, codec: certificateCodec, newId: randomUUID },
          {
            stream: certificateStream(certificateId),
            command: {
              ...{ type: 'RegisterCertificate', certificateId, kind: 'other', kinds: ['other'], name, citedBy: [] },
              by: SYSTEM,
              at,
              term: {
                ...{ number: `Z${names.length}`, body: '審査機関', validFrom: '2020-01-01' },
                validUntil: addDays(localDateOf(at), -1),
              },
            },
            metadata: { actor: SYSTEM, recordedAt: at, correlationId: 'faults', causationId: 'faults' },
          },
        );
      }
    },
    /** Every certificate's two mails, as `name address`. */
    expected: (): readonly string[] =>
      names.flatMap((name) => [officer, drafter].map(({ address }) => `${name} ${address}`)).sort(),
    /** How often each came, and whether all copies of one have the same Message-ID. */
    arrived: ({
      mails,
    }: MailServer): { readonly once: readonly string[]; readonly twice: number; readonly oneId: boolean } => {
      const ids = new Map<string, (string | undefined)[]>();
      for (const { subject = '', to, messageId } of mails) {
        const name = /証明書\d+/.exec(subject)?.[0];
        if (name === undefined) continue;
        const key = `${name} ${to?.[0]?.address}`;
        ids.set(key, [...(ids.get(key) ?? []), messageId]);
      }
      return {
        once: [...ids.keys()].sort(),
        twice: [...ids.values()].filter(({ length }) => length > 1).length,
        oneId: [...ids.values()].every((each) => new Set(each).size === 1),
      };
    },
    /** Of every certificate: how many reminders its ledger has, and how many deliveries. */
    ledgers: async (): Promise<ReadonlySet<string>> => {
      const rows = await dataSource.query<{ key: string }[]>(
        `select distinct stream as key from events where stream like 'certificate-%'`,
      );
      const found = new Set<string>();
      for (const { key } of rows) {
        const types = (await store.read(reminderStream(key))).map((stored) => reminderCodec.decode(stored).type);
        found.add(types.sort().join(' '));
      }
      return found;
    },
  };
};

/** Claims of a worker that was killed hold for minutes; here they pass at once. Of one that runs they are not to be touched. */
export const letClaimsRunOut = async (dataSource: DataSource): Promise<void> => {
  await dataSource.query(`delete from reminder_claim where true`);
  await dataSource.query(
    `update outgoing_mail set claimed_at = claimed_at - interval '6 minutes' where claimed_at is not null`,
  );
  await letWaitsPass(dataSource);
};

/** What failed is tried again in minutes; here they pass at once. */
export const letWaitsPass = async (dataSource: DataSource): Promise<void> => {
  await dataSource.query(
    `update outgoing_mail set due_at = created_at where claimed_at is null and reported_at is null`,
  );
};

export type OwnRedis = {
  readonly url: string;
  readonly flush: () => Promise<void>;
  /** With SIGKILL, and up again at the same address, with what it had written. */
  readonly restart: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** A Redis of a spec's own, that writes down what it is told. */
export const startOwnRedis = async (): Promise<OwnRedis> => {
  const dir = await mkdtemp(join(tmpdir(), 'kaijisho-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const start = async () => {
    const server = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--appendonly', 'yes', '--appendfsync', 'always'],
      { stdio: 'ignore' },
    );
    const gone = new Promise<void>((resolve) => server.once('close', () => resolve()));
    const redis = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
    redis.on('error', () => {}); // not there yet
    await redis.ping();
    redis.disconnect();
    return {
      kill: async () => {
        server.kill('SIGKILL');
        await gone;
      },
    };
  };
  let running = await start();
  return {
    url,
    flush: async () => {
      const redis = new Redis(url);
      await redis.flushall();
      redis.disconnect();
    },
    restart: async () => {
      await running.kill();
      running = await start();
    },
    remove: async () => {
      await running.kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
