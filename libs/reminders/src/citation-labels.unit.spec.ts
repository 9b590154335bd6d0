import type { Body } from '@app/content';
import { disclosureCodec, type DisclosureEvent } from '@app/disclosures';
import { MemoryEventStore, SYSTEM } from '@app/event-sourcing';
import { citationLabelsIn } from './citation-labels';

const at = '2030-01-02T00:00:00.000Z';
const by = { id: 'u1', name: '起草 一郎' };
const hash = 'a'.repeat(64);
const item = {
  itemKey: 'key-7',
  number: 7,
  title: '認証の取得状況',
  body: { type: 'doc', content: [] } as Body,
  bodyHash: hash,
};

const events: readonly DisclosureEvent[] = [
  {
    type: 'DisclosureRegistered',
    data: {
      disclosureId: 'd1',
      service: 'karte',
      serviceName: 'クラウドカルテ',
      title: 'サービス仕様適合開示書',
      issuer: { name: '見本株式会社' },
      by,
      at,
    },
  },
  {
    type: 'DisclosureImported',
    data: {
      source: { fileName: 'a.md', sha256: hash, byteSize: 1, mediaType: 'text/markdown', encoding: 'utf-8' },
      parts: [{ number: 'I', title: '第一部', items: [item] }],
      editions: [],
      edition: { number: 1, issuedOn: '2029-01-01' },
      anomalies: [],
      by,
      at,
    },
  },
];

describe('a citation', () => {
  it('is told by the service and the item as they are called today, or else by its key', async () => {
    const store = new MemoryEventStore();
    const metadata = { actor: SYSTEM, recordedAt: at, correlationId: 'spec', causationId: 'spec' };
    await store.append(
      'disclosure-d1',
      'no-stream',
      events.map((event, index) => ({ id: `e${index}`, metadata, ...disclosureCodec.encode(event) })),
    );
    const cited = (disclosureId: string, itemKey: string) => ({ disclosureId, itemKey });
    expect(await citationLabelsIn(store)([cited('d1', 'key-7'), cited('d1', 'key-8'), cited('d2', 'key-1')])).toEqual([
      'クラウドカルテ　I-7 認証の取得状況',
      'クラウドカルテ　key-8',
      'key-1',
    ]);
  });
});
