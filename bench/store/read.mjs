import { median, rounded, secondsOf, times } from '../measure.mjs';

const EVENTS = 10_000;
const ROUNDS = 15;
const stream = 'bench-long';

/** One long stream, read whole; ours also with its chain followed. */
export const measureReads = async (ours, peers, print) => {
  for (const side of [ours, ...Object.values(peers)]) {
    await side.fill(stream, EVENTS);
    await side.analyze(); // as autovacuum does after a while
  }
  const readers = [ours.readVerified, ours.read, ...Object.values(peers).map(({ read }) => read)];
  const round = async () => {
    const seconds = [];
    for (const read of readers)
      seconds.push(
        await secondsOf(async () => {
          const events = await read(stream);
          if (events !== EVENTS) throw new Error(`${events} events instead of ${EVENTS}`);
        }),
      );
    return seconds;
  };
  await times(3, round);
  const rounds = await times(ROUNDS, round);
  const [verified, unverified, ...theirs] = readers.map(
    (_, index) => EVENTS / median(rounds.map((each) => each[index])),
  );

  const line = (peer, isVerified, our, their) => ({
    ...{ bench: 'read', peer, verified: isVerified, events: EVENTS },
    ...{ ours: Math.round(our), theirs: Math.round(their), ratio: rounded(our / their) },
  });
  const lines = Object.keys(peers).flatMap((peer, index) => [
    line(peer, true, verified, theirs[index]),
    line(peer, false, unverified, theirs[index]),
  ]);
  lines.forEach(print);
  return lines;
};
