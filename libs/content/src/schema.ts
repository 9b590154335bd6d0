import { getSchema } from '@tiptap/core';
import type { Schema } from '@tiptap/pm/model';
import { bodyExtensions } from './extensions';

let schema: Schema | undefined;

/** The ProseMirror schema of item bodies; made on first use, because it takes some milliseconds. */
export const bodySchema = (): Schema => (schema ??= getSchema(bodyExtensions()));
