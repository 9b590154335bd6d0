// The event store beside its peers, which are fetched for it: appends, reads, projections. Everybody has ten connections,
// and a database of its own on the same server; everybody waits for the disk.
import { withDatabase } from './installation.mjs';
import { installPeers } from './peers/install.mjs';
import { measureAppends } from './store/append.mjs';
import { countLive, measureCatchUp } from './store/catch-up.mjs';
import { withSides } from './store/databases.mjs';
import { openOurs } from './store/ours.mjs';
import { openInsert, openLock } from './store/plain.mjs';
import { measureReads } from './store/read.mjs';

const CONCURRENCIES = [1, 8, 32, 128];

/** What our appends have to reach, as a multiple of the peer's, by number of writers. */
const appendTargets = { emmett: { 1: 2.2, 8: 4, 32: 7.5, 128: 10 }, insert: { 1: 0.85, 8: 0.9, 32: 2 } };
const readTargets = { emmett: { verified: 1.5, unverified: 2 }, castore: { unverified: 1 } };
const CATCH_UP_PER_SECOND = 15_000;
const CATCH_UP_RATIO = 5;

/** @param print takes each line of figures as it comes. @returns the rows of the table */
export const run = async (print) => {
  installPeers();
  const { openCastore } = await import('./peers/castore.mjs');
  const { openEmmett } = await import('./peers/emmett.mjs');
  const ours = { open: openOurs, isOurSchema: true };
  const emmett = { open: openEmmett };
  const castore = { open: openCastore };
  const lock = { open: openLock };
  const insert = { open: openInsert, isOurSchema: true };

  return withDatabase(async (url) => {
    // Each pair begins with empty databases: beside all peers at once ours would have four times as many events as any of them.
    const appends = [];
    for (const [name, peer] of Object.entries({ emmett, castore, lock, insert }))
      appends.push(
        ...(await withSides(url, { ours, [name]: peer }, ({ ours, ...peers }) =>
          measureAppends(ours, peers, CONCURRENCIES, print),
        )),
      );
    const reads = await withSides(url, { ours, emmett, castore }, ({ ours, ...peers }) =>
      measureReads(ours, peers, print),
    );
    const catchUp = await withSides(url, { ours, emmett }, (sides) => measureCatchUp(sides, print));
    const live = await withSides(url, { ours, emmett }, (sides) => countLive(sides, print));

    const times = (bench, ratio, against, atLeast) => ({ bench, value: ratio, unit: `× ${against}`, atLeast });
    return [
      ...appends.map(({ peer, concurrency, ratio }) =>
        times(`append, ${concurrency} at once`, ratio, peer, appendTargets[peer]?.[concurrency]),
      ),
      ...reads.map(({ peer, verified, ratio }) => {
        const kind = verified ? 'verified' : 'unverified';
        return times(`read, ${kind}`, ratio, peer, readTargets[peer]?.[kind]);
      }),
      { bench: 'catch-up', value: catchUp.ours, unit: 'events/s', atLeast: CATCH_UP_PER_SECOND },
      times('catch-up', catchUp.ratio, 'emmett', CATCH_UP_RATIO),
      { bench: 'live, ours', value: live.ours.missed + live.ours.repeated, unit: 'missed or repeated', limit: 0 },
      { bench: 'live, emmett', value: live.theirs.missed + live.theirs.repeated, unit: 'missed or repeated' },
    ];
  });
};
