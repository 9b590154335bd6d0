import type { z } from 'zod';
import type { EventCodec } from './event-store';

type AnyEvent = { readonly type: string; readonly data: unknown };
type DataOf<E extends AnyEvent, T extends E['type']> = Extract<E, { type: T }>['data'];

/** What a codec writes, for whoever has to know every stored shape: its stream, and of each event type the newest shape. */
export type EventShapes = {
  readonly stream: string;
  readonly shapes: { readonly [type: string]: { readonly schemaVersion: number; readonly schema: z.ZodType } };
};

/**
 * A codec from one schema per event type: a missing type is a compile error, a malformed stored event a loud one.
 * Both ways go through the schema: an event that could not be read again would close its stream for ever, so it is
 * refused before it is stored. Old shapes are lifted by a `z.preprocess` in their schema; `schemaVersion` counts the shapes a type has had.
 */
export const codecOf = <E extends AnyEvent>(
  stream: string,
  schemas: { readonly [T in E['type']]: z.ZodType<DataOf<E, T>> },
  schemaVersions: { readonly [T in E['type']]?: number } = {},
): EventCodec<E> & EventShapes => {
  const shapes: EventShapes['shapes'] = Object.fromEntries(
    Object.entries<z.ZodType>(schemas).map(([type, schema]) => [
      type,
      { schema, schemaVersion: schemaVersions[type as E['type']] ?? 1 },
    ]),
  );
  const shapeOf = (type: string) => {
    const shape = Object.hasOwn(shapes, type) ? shapes[type] : undefined;
    if (!shape) throw new Error(`Not an event of a ${stream} stream: ${type}`);
    return shape;
  };
  return {
    stream,
    shapes,
    encode: ({ type, data }) => {
      const { schemaVersion, schema } = shapeOf(type);
      return { type, schemaVersion, data: schema.parse(data) };
    },
    decode: ({ type, data }) => ({ type, data: shapeOf(type).schema.parse(data) }) as unknown as E,
  };
};
