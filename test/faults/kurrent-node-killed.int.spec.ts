import { exec } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { hashOf, type EventStore, type StoredEvent, type StreamName } from '@app/event-sourcing';
import { someEvent } from '@app/event-sourcing/testing';
import { KurrentEventStore } from '@app/event-store-kurrent';
import { until } from '../setup/product';

const { KURRENTDB_CLUSTER_URLS: url, KURRENTDB_KILL_NODE: kill, KURRENTDB_START_NODE: start } = process.env;

const WRITERS = 8;

if (!url || !kill) {
  it.skip('KURRENTDB_CLUSTER_URLS and KURRENTDB_KILL_NODE are not set: no node of a cluster was killed', () => {});
} else
  describe('a cluster of KurrentDB, when its leader is killed', () => {
    const stores: KurrentEventStore[] = [];
    const stop = new AbortController();
    let leader: string | undefined;
    afterAll(async () => {
      stop.abort();
      await Promise.all(stores.map((store) => store.close()));
      if (leader && start) await run(start, leader);
    });

    it('takes further appends, keeps every acknowledged one once and in order, and tells subscribers of all', async () => {
      const prefix = `spec-${randomUUID()}`;
      const open = async () => {
        const store = await KurrentEventStore.open({ url, prefix });
        stores.push(store);
        return store;
      };
      const [one, other, reader] = await Promise.all([open(), open(), open()]);
      const seen: StoredEvent[] = [];
      const subscribed = reader.subscribeToAll(null, async (batch) => void seen.push(...batch), stop.signal);

      const acknowledged: string[] = [];
      let enough = false;
      stop.signal.addEventListener('abort', () => (enough = true));
      const writing = Array.from({ length: WRITERS }, async (_, n) => {
        const [store, acknowledge] = [n % 2 ? one : other, (ids: readonly string[]) => acknowledged.push(...ids)];
        for (let version = 0; !enough; version++)
          acknowledge(
            n < WRITERS / 2 ? await appendOne(store, `count-${n}`, version) : await appendTwo(store, n, version),
          );
      });
      const untilAcknowledged = (count: number) =>
        until(
          () => acknowledged.length >= count,
          () => `only ${acknowledged.length} events were acknowledged`,
        );

      await untilAcknowledged(400);
      leader = await leaderOf(url);
      await run(kill, leader);
      await untilAcknowledged(acknowledged.length + 400);
      enough = true;
      await Promise.all(writing);
      expect(await leaderOf(url)).not.toBe(leader);

      const log = await wholeLog(other);
      expect(log.map(({ id }) => id).toSorted()).toEqual(acknowledged.toSorted());
      const ends = new Map<StreamName, StoredEvent>();
      for (const event of log) {
        const previous = ends.get(event.stream);
        expect(event.version).toBe((previous?.version ?? 0) + 1);
        expect(event.hash).toBe(hashOf(previous?.hash ?? null, event));
        ends.set(event.stream, event);
      }
      await until(
        () => seen.length >= log.length,
        () => `the subscriber has seen ${seen.length} of ${log.length} events`,
      );
      stop.abort();
      await subscribed;
      expect(seen).toEqual(log);
    }, 180_000);
  });

const expectedAt = (version: number) => (version === 0 ? 'no-stream' : version);

const appendOne = async (store: EventStore, stream: StreamName, version: number): Promise<readonly string[]> => {
  const event = someEvent(version);
  await store.append(stream, expectedAt(version), [event]);
  return [event.id];
};

const appendTwo = async (store: EventStore, n: number, version: number): Promise<readonly string[]> => {
  const [left, right] = [someEvent(version), someEvent(version)];
  await store.appendMany([
    { stream: `left-${n}`, expected: expectedAt(version), events: [left] },
    { stream: `right-${n}`, expected: expectedAt(version), events: [right] },
  ]);
  return [left.id, right.id];
};

const wholeLog = async (store: EventStore): Promise<readonly StoredEvent[]> => {
  const log: StoredEvent[] = [];
  for (let batch; (batch = await store.readAll(log.at(-1)?.position ?? null, 500)).length > 0;) log.push(...batch);
  return log;
};

type Member = {
  readonly state: string;
  readonly isAlive: boolean;
  readonly httpEndPointIp: string;
  readonly httpEndPointPort: number;
};

/** As the nodes that answer tell it; `host:port`. */
const leaderOf = async (connectionString: string): Promise<string> => {
  const nodes = /\/\/([^/?]+)/.exec(connectionString)?.[1]?.split(',') ?? [];
  for (const node of nodes) {
    const answer = await fetch(`http://${node}/gossip`, { headers: { accept: 'application/json' } }).catch(() => null);
    if (!answer?.ok) continue;
    const { members } = (await answer.json()) as { members: readonly Member[] };
    const leading = members.find(({ state, isAlive }) => state === 'Leader' && isAlive);
    if (leading) return `${leading.httpEndPointIp}:${leading.httpEndPointPort}`;
  }
  throw new Error(`None of ${nodes.join(', ')} knows a leader`);
};

/** Without our variables: a KurrentDB takes every KURRENTDB_… for an option of its own. */
const run = (command: string, node: string) =>
  promisify(exec)(command, { env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE: node } });
