import type { EventStore, StoredEvent } from '@app/event-sourcing';
import type { DataSource } from 'typeorm';
import { diagnoseSealed, diagnoseUnsealed } from './diagnose';
import { finding, type Finding } from './finding';
import { LogReader } from './log-reader';
import { merkleRoot } from './merkle';
import { bytesOf, chainOf, GENESIS, type Head, type Seal } from './seal';
import { isSignedBy, keyIdOf } from './seal-key';
import { recordedKeys, sealsFrom, type RecordedKey } from './seal-rows';
import { nextHash, StreamChains } from './stream-chains';

/** How much was looked at. */
export type Counts = {
  readonly events: number;
  /** How many of the events no seal vouches for yet: their chains were checked, and nothing more can be. */
  readonly unsealed: number;
  readonly streams: number;
  readonly seals: number;
};

/** Which seals a key has signed. Whoever can write to the database can put a key there: compare the ids with your own. */
export type KeyInUse = { readonly id: string; readonly firstSeal: number; readonly lastSeal: number };

export type Verification = Counts & {
  /** The first thing that does not hold; null when everything does. */
  readonly finding: Finding | null;
  /** The newest seal that holds. */
  readonly head: Head | null;
  readonly keys: readonly KeyInUse[];
};

export type VerifyLog = {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  /** The number of the first seal to look at; what was sealed before it is believed. By default everything is looked at. */
  readonly from?: number | undefined;
  /** A head that was kept outside. Without one, a log whose newest seals were cut off together with their events looks whole. */
  readonly pinned?: Head | undefined;
  /** Called now and then. */
  readonly onProgress?: ((counts: Counts) => void) | undefined;
};

const PROGRESS_EVERY = 1_000;
/** A seal may hold a thousand hashes, so not many at a time. */
const SEALS_AT_A_TIME = 20;

/**
 * Recomputes the chain of every stream and the root of every seal from the log itself, in the order of the log, and
 * answers the first thing that does not hold, or that everything does. One block of events, a few seals and a link for each
 * stream are in memory. The log may grow meanwhile; it is looked at up to where it ends when the last seal is done.
 *
 * @throws RangeError when there is no seal before `from`
 */
export const verifyLog = async ({
  store,
  dataSource,
  from = 1,
  pinned,
  onProgress = () => {},
}: VerifyLog): Promise<Verification> => {
  let believed: Seal | null = null;
  if (from > 1) {
    const [seal] = await sealsFrom(dataSource, from - 1, 1);
    if (seal?.batch !== from - 1) throw new RangeError(`There is no seal ${from - 1} from which to go on`);
    believed = seal;
  }

  const reader = new LogReader(store, believed?.last ?? null);
  const chains = new StreamChains(store, believed?.last ?? null);
  const place = { store, dataSource, reader, chains };
  const keys = new Map<string, KeyInUse>();
  let [events, unsealed, seals, previous] = [0, 0, 0, believed];

  const counts = (): Counts => ({ events, unsealed, streams: chains.size, seals });
  const answer = (found: Finding | null): Verification => ({
    ...counts(),
    finding: found,
    head: previous && { batch: previous.batch, chain: previous.chain },
    keys: [...keys.values()],
  });
  const taken = (event: StoredEvent): void => {
    chains.follow(event);
    reader.take();
    if (++events % PROGRESS_EVERY === 0) onProgress(counts());
  };
  const fits = async (event: StoredEvent): Promise<boolean> => {
    const link = await chains.before(event);
    return event.version === link.version + 1 && nextHash(link, event) === event.hash;
  };

  if (pinned && believed && pinned.batch < from) {
    const [seal] = await sealsFrom(dataSource, pinned.batch, 1);
    if (seal?.batch !== pinned.batch || seal.chain !== pinned.chain) return answer(notAsPinned(pinned));
  }

  let known = await recordedKeys(dataSource);
  for await (const seal of allSeals(dataSource, from)) {
    if (!known.has(seal.keyId)) known = await recordedKeys(dataSource); // rotated while we read
    const wrong = checkSeal(seal, previous, known, pinned);
    if (wrong) return answer(wrong);

    for (let index = 0; ; index++) {
      const next = await reader.peek();
      const event = next && next.position <= seal.last ? next : undefined;
      if (event === undefined && index === seal.size) break;
      const holds =
        event !== undefined &&
        event.hash === seal.leaves[index] &&
        (index > 0 || event.position === seal.first) &&
        (index < seal.size - 1 || event.position === seal.last) &&
        (await fits(event));
      if (!holds) return answer(await diagnoseSealed(place, seal, index, event));
      taken(event);
    }
    seals++;
    previous = seal;
    const key = keys.get(seal.keyId);
    keys.set(seal.keyId, { id: seal.keyId, firstSeal: key?.firstSeal ?? seal.batch, lastSeal: seal.batch });
  }
  if (pinned && pinned.batch > (previous?.batch ?? 0)) return answer(cutBelow(pinned, previous));

  const end = await store.head();
  for (let event = await reader.peek(); event && end !== null && event.position <= end; event = await reader.peek()) {
    if (!(await fits(event))) return answer(await diagnoseUnsealed(place, event));
    unsealed++;
    taken(event);
  }
  onProgress(counts());
  return answer(null);
};

async function* allSeals(dataSource: DataSource, from: number): AsyncGenerator<Seal> {
  for (let next = from; ;) {
    const seals = await sealsFrom(dataSource, next, SEALS_AT_A_TIME);
    yield* seals;
    const last = seals.at(-1);
    if (!last) return;
    next = last.batch + 1;
  }
}

/** What does not hold about a seal itself, whatever the log says. */
const checkSeal = (
  seal: Seal,
  previous: Seal | null,
  keys: ReadonlyMap<string, RecordedKey>,
  pinned: Head | undefined,
): Finding | undefined => {
  const { batch } = seal;
  const expected = (previous?.batch ?? 0) + 1;
  if (batch !== expected) {
    return finding(
      'SealMissing',
      expected,
      null,
      `封印${expected}がありません。次にあるのは封印${batch}です。`,
      `Seal ${expected} is missing: what follows is seal ${batch}.`,
    );
  }
  if (chainOf(seal) !== seal.chain) {
    return replaced(batch, '記載がその連鎖ハッシュと合いません', 'what it says does not fit its chain hash');
  }
  if (seal.previous !== (previous?.chain ?? GENESIS)) {
    return replaced(batch, '直前の封印と連なっていません', 'it does not follow on the seal before it');
  }
  if (seal.leaves.length !== seal.size || merkleRoot(seal.leaves.map(bytesOf)).toString('hex') !== seal.root) {
    return replaced(batch, 'ハッシュの一覧がルートと合いません', 'its list of hashes does not fit its root');
  }
  const key = keys.get(seal.keyId);
  const sound =
    key !== undefined &&
    keyIdOf(key.publicKey) === seal.keyId &&
    key.validFrom <= seal.sealedAt &&
    isSignedBy(key.publicKey, bytesOf(seal.chain), bytesOf(seal.signature));
  if (!sound) {
    return finding(
      'BadSignature',
      batch,
      null,
      `封印${batch}の署名が、鍵${seal.keyId}によるものと確認できません。`,
      `The signature of seal ${batch} is not one by the key ${seal.keyId}, as far as that key is on record and valid.`,
    );
  }
  return pinned?.batch === batch && pinned.chain !== seal.chain ? notAsPinned(pinned) : undefined;
};

const replaced = (batch: number, ja: string, en: string): Finding =>
  finding(
    'SealReplaced',
    batch,
    null,
    `封印${batch}が差し替えられています：${ja}。`,
    `Seal ${batch} has been replaced: ${en}.`,
  );

const notAsPinned = ({ batch }: Head): Finding =>
  replaced(
    batch,
    '控えておいた値と異なります。この封印か、それより前の封印が作り直されています',
    'it is not the one that was pinned, so this seal or one before it was made anew',
  );

const cutBelow = ({ batch }: Head, last: Seal | null): Finding =>
  finding(
    'LogCut',
    batch,
    null,
    `記録またはその封印の末尾が切り取られています。控えでは封印${batch}まであるはずですが、${last ? `封印${last.batch}までしかありません` : '封印が一つもありません'}。`,
    `The end of the log, or of its seals, has been cut off: seal ${batch} is pinned, but ${last ? `the last one is seal ${last.batch}` : 'there is none'}.`,
  );
