import { z } from 'zod';
import type { EventCodec } from './event-store';

type AnyEvent = { readonly type: string; readonly data: unknown };
type DataOf<E extends AnyEvent, T extends E['type']> = Extract<E, { type: T }>['data'];

/**
 * A codec from one schema per event type: a missing type is a compile error, a malformed stored event a loud one.
 * Both ways go through the schema: an event that could not be read again would close its stream for ever, so it is
 * refused before it is stored. Old shapes are lifted by a `z.preprocess` in their schema; `schemaVersion` counts the shapes a type has had.
 */
export const codecOf = <E extends AnyEvent>(
  stream: string,
  schemas: { readonly [T in E['type']]: z.ZodType<DataOf<E, T>> },
  schemaVersions: { readonly [T in E['type']]?: number } = {},
): EventCodec<E> => ({
  encode: ({ type, data }) => ({
    type,
    schemaVersion: schemaVersions[type as E['type']] ?? 1,
    data: schemas[type as E['type']].parse(data),
  }),
  decode: ({ type, data }) => {
    if (!Object.hasOwn(schemas, type)) throw new Error(`Not an event of a ${stream} stream: ${type}`);
    return { type, data: schemas[type as E['type']].parse(data) } as unknown as E;
  },
});
