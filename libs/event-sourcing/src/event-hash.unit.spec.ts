import { canonicalEvent, hashOf } from './event-hash';

const event = {
  id: '01980000-0000-7000-8000-000000000001',
  type: 'Dated',
  schemaVersion: 1,
  data: { z: 1e21, text: '会社—「㈱」\\" \u2028 𠮷', nothing: null, list: [-0, 0.1, true], a: {} },
  metadata: {
    recordedAt: '2030-01-02T09:00:00.000Z',
    actor: { name: '試験 太郎', id: 'tester' },
    correlationId: 'correlation',
    causationId: 'causation',
  },
  stream: 'diary-1' as const,
  version: 2,
};

// Every log that there is was chained with these: another outcome would call all of them forged.
describe('the hash of an event', () => {
  it('is over this text', () =>
    expect(canonicalEvent(event)).toBe(
      '{"data":{"a":{},"list":[0,0.1,true],"nothing":null,"text":"会社—「㈱」\\\\\\" \u2028 𠮷","z":1e+21},' +
        '"id":"01980000-0000-7000-8000-000000000001",' +
        '"metadata":{"actor":{"id":"tester","name":"試験 太郎"},"causationId":"causation","correlationId":"correlation",' +
        '"recordedAt":"2030-01-02T09:00:00.000Z"},"schemaVersion":1,"stream":"diary-1","type":"Dated","version":2}',
    ));

  it('is this one, at the beginning of a stream and after another event', () =>
    expect([hashOf(null, event), hashOf('a3'.repeat(32), event)]).toEqual([
      'e9689b17acb65361361dc9d2e491b8888eadf964421dd445acb49589c1e2c28f',
      'd538a92abc83f3fd5586293fcf5dae48a2929e27daf8be027c33ef10596a2cae',
    ]));

  it('does not depend on the order in which fields were written', () =>
    expect(hashOf(null, { ...event, data: Object.fromEntries(Object.entries(event.data).reverse()) })).toBe(
      hashOf(null, event),
    ));

  it('is another one when anything is', () => {
    const others = [
      { ...event, id: '01980000-0000-7000-8000-000000000002' },
      { ...event, type: 'Date' },
      { ...event, schemaVersion: 2 },
      { ...event, data: { ...event.data, nothing: undefined } },
      { ...event, metadata: { ...event.metadata, recordedAt: '2030-01-02T09:00:00.001Z' } },
      { ...event, stream: 'diary-2' as const },
      { ...event, version: 3 },
    ];
    expect(new Set([event, ...others].map((each) => hashOf(null, each))).size).toBe(others.length + 1);
  });
});
