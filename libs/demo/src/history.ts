import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DemoRevision, LocalDate } from './demo';
import { edition2 } from './revisions/edition-2';
import { edition3 } from './revisions/edition-3';
import { edition4 } from './revisions/edition-4';
import { edition5 } from './revisions/edition-5';
import { edition6 } from './revisions/edition-6';
import { edition7 } from './revisions/edition-7';
import { at } from './timeline';

/** The last part of the demonstration's public address, `/d/minato-renkei`. */
export const demoService = 'minato-renkei';

export const demoFileName = 'disclosure-edition-1.md';

/** When and by whom the first edition was imported. */
export const demoImport = { by: 'sato', at: at('2021-04-01', '09:30') } as const;

/** The five revisions that were published, oldest first: the second edition to the sixth. */
export const publishedRevisions: readonly DemoRevision[] = [edition2, edition3, edition4, edition5, edition6];

/** The seventh, which is in review on the day given. */
export const revisionInReview = (today: LocalDate): DemoRevision => edition7(today);

/** The first edition as a file for the importer; found from the sources and from the build alike. */
export const readDemoFile = (): Uint8Array => {
  const path = join('libs', 'demo', demoFileName);
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, path))) return readFileSync(join(folder, path));
    if (folder === dirname(folder)) throw new Error(`${path} is in no folder above ${__dirname}`);
  }
};
