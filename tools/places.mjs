import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const given = process.env.DATA_DIR?.replace(/^~(?=\/|$)/, homedir());

/** Where database, logs and the files of the running product are; DATA_DIR, or `data` beside the sources. */
export const dataDir = given ? resolve(given) : join(root, 'data');

/** What `nest build` makes of a process's entry. */
export const entryOf = (app) => join(root, 'dist', 'apps', app, 'src', 'main.js');
