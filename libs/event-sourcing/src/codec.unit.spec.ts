import { z } from 'zod';
import { codecOf } from './codec';

type Dated = { readonly type: 'Dated'; readonly data: { readonly on: string; readonly note?: string | undefined } };

const codec = codecOf<Dated>('diary', { Dated: z.object({ on: z.iso.date(), note: z.string().optional() }) });

describe('a codec', () => {
  it('reads what it wrote', () => {
    const event: Dated = { type: 'Dated', data: { on: '2030-02-28', note: '月末' } };
    expect(codec.encode(event)).toEqual({ type: 'Dated', schemaVersion: 1, data: event.data });
    expect(codec.decode(codec.encode(event))).toEqual(event);
  });

  it('does not write what nobody could read again', () =>
    expect(() => codec.encode({ type: 'Dated', data: { on: '2030-02-30' } })).toThrow());

  it('refuses an event of another stream', () =>
    expect(() => codec.decode({ type: 'Eaten', schemaVersion: 1, data: {} })).toThrow(/diary.*Eaten/));
});
