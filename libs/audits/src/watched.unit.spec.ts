import type { Edition } from '@app/disclosures';
import { changedItems, networkItems, usualWatches } from './watched';

const edition = (number: number, hashes: Readonly<Record<string, string>>) =>
  ({
    number,
    parts: [{ items: Object.entries(hashes).map(([itemKey, bodyHash]) => ({ itemKey, bodyHash })) }],
  }) as unknown as Edition;
const editions = [
  edition(6, { 'I-1': 'a', 'II-3': 'a', 'II-8': 'a' }),
  edition(7, { 'I-1': 'b', 'II-3': 'b', 'II-8': 'a' }),
  edition(8, { 'I-1': 'b', 'II-3': 'c', 'II-9': 'a' }),
];
const changed = (itemKeys: readonly string[], since: number, count = 3) =>
  changedItems({ editions: editions.slice(0, count) }, { disclosureId: 'd1', itemKeys, edition: since });

describe('what an audit watches', () => {
  it('has changed where the newest edition says something else than the one that was taken into account', () => {
    expect(changed(['II-3', 'II-8'], 6, 2)).toEqual(['II-3']);
    expect(changed(['II-8'], 6, 2)).toEqual([]);
  });

  it('may be the whole text; items that came or went have changed', () => {
    expect(changed([], 6)).toEqual(['I-1', 'II-3', 'II-8', 'II-9']);
    expect(changed([], 7)).toEqual(['II-3', 'II-8', 'II-9']);
  });

  it('has not changed while there is no newer edition', () => expect(changed([], 8)).toEqual([]));

  it('has changed whole when there was no edition before', () => expect(changed(['II-3'], 0)).toEqual(['II-3']));

  it('is, unless somebody says so, the network for a diagnosis, and the whole for what follows approvals', () => {
    const citedBy = [
      { disclosureId: 'd1', itemKey: 'II-2' },
      { disclosureId: 'd1', itemKey: 'II-4' },
    ];
    const rule = 'FREQ=YEARLY';
    expect(usualWatches('vulnerabilityScan', { rule, anchor: 'lastPerformed' }, citedBy)).toEqual([
      { disclosureId: 'd1', itemKeys: networkItems },
    ]);
    expect(usualWatches('documentReview', { rule, anchor: 'lastApproval' }, citedBy)).toEqual([
      { disclosureId: 'd1', itemKeys: [] },
    ]);
    expect(usualWatches('internalAudit', { rule, anchor: 'schedule' }, citedBy)).toEqual([]);
  });
});
