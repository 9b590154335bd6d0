// The event that every store appends: about 300 bytes of data, and the ids and metadata that the product writes with each.
import { randomUUID } from 'node:crypto';
import { v7 as newId } from 'uuid';

const text = '委託先の事業者とは秘密保持を含む契約を締結し、再委託は事前の承認を条件とします。';
const data = {
  itemKey: 'I-12',
  body: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
  basedOn: 'c0535e4be2b79ffd93291305436bf889314e4a3faec05ecffcbb7df31ad9e51a',
};

export const newEvent = () => ({
  id: newId(),
  type: 'ItemRevised',
  schemaVersion: 1,
  data,
  metadata: {
    actor: { id: '0190b6a4-7c1e-7c5b-9a58-0f6f2f9b6a11', name: '計測 花子', title: '部門長' },
    recordedAt: new Date().toISOString(),
    correlationId: randomUUID(),
    causationId: randomUUID(),
  },
});

export const newEvents = (count) => Array.from({ length: count }, newEvent);

export const newStream = () => `bench-${newId()}`;
