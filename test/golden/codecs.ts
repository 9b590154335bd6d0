import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { EventCodec, EventShapes } from '@app/event-sourcing';

export const root = resolve(__dirname, '..', '..');

type AnyCodec = EventCodec<{ readonly type: string; readonly data: unknown }> & EventShapes;

const sources = readdirSync(join(root, 'libs'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
  .map((path) => join(root, 'libs', path));

/** Files that make a codec and would not be found by their name. */
export const codecsInHiding = (): readonly string[] =>
  sources
    .filter((path) => !path.endsWith('codec.ts') && /\bcodecOf[<(]/.test(readFileSync(path, 'utf8')))
    .map((path) => relative(root, path));

/** Every codec of the product: what the files `….codec.ts` export. */
export const codecs = (): readonly AnyCodec[] =>
  sources
    .filter((path) => path.endsWith('.codec.ts'))
    .flatMap((path) => Object.values(require(path) as { readonly [name: string]: unknown }))
    .filter(
      (exported): exported is AnyCodec => typeof exported === 'object' && exported !== null && 'shapes' in exported,
    );
