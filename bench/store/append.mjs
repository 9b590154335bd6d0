import { median, rounded } from '../measure.mjs';

const ROUNDS = 7;
const SLICE_MS = 1_200;

/** Writers of one event at a time, each to a stream of its own. @returns {Promise<{ events: number, perSecond: number }>} */
const slice = async (side, writers) => {
  const begun = performance.now();
  let events = 0;
  const write = async () => {
    const append = side.newWriter();
    for (; performance.now() - begun < SLICE_MS; events++) await append();
  };
  await Promise.all(Array.from({ length: writers }, write));
  return { events, perSecond: events / ((performance.now() - begun) / 1000) };
};

/** Ours and each peer in turns, so that whatever else the machine does falls on both. */
export const measureAppends = async (ours, peers, concurrencies, print) => {
  for (const side of [ours, ...Object.values(peers)]) await slice(side, 8); // connections, statements, compiled code
  const lines = [];
  for (const concurrency of concurrencies) {
    const turns = Object.fromEntries(Object.keys(peers).map((peer) => [peer, []]));
    for (let round = 0; round < ROUNDS; round++)
      for (const [peer, side] of Object.entries(peers))
        turns[peer].push([await slice(ours, concurrency), await slice(side, concurrency)]);
    for (const [peer, pairs] of Object.entries(turns)) {
      const [ourSpeed, theirSpeed] = [0, 1].map((side) => median(pairs.map((pair) => pair[side].perSecond)));
      // Of the turns' own ratios, so that what a neighbour takes for a while falls on both sides.
      const ratio = median(pairs.map(([mine, their]) => mine.perSecond / their.perSecond));
      const events = pairs.flat().reduce((sum, each) => sum + each.events, 0);
      lines.push({
        ...{ bench: 'append', peer, concurrency, events },
        ...{ ours: Math.round(ourSpeed), theirs: Math.round(theirSpeed), ratio: rounded(ratio) },
      });
      print(lines.at(-1));
    }
  }
  return lines;
};
