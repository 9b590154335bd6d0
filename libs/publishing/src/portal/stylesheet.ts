import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-root';

/** The style sheet of the public pages. Its address carries its hash. */
export const css = readFileSync(join(projectRoot, 'libs/publishing/portal/portal.css'), 'utf8');
export const cssHash = createHash('sha256').update(css).digest('hex').slice(0, 16);
export const stylesheet = { url: `/d/assets/portal.css?v=${cssHash}` };
