// An edition is printed: with an engine that has yet to start, and with one that runs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { people, withProduct } from './installation.mjs';
import { disclosureFile, inProcess, median, rounded, secondsOf, times, withFolder } from './measure.mjs';

export const run = async () => {
  const { edition, asked, kept } = await withProduct(async (product) => {
    const { drafter } = await people(product);
    const { body } = await drafter.post('/api/imports?fileName=sample.md&service=bench', readFileSync(disclosureFile));
    const { editions } = (await drafter.get(`/api/disclosures/${body.disclosureId}`)).body;
    const path = `/api/disclosures/${body.disclosureId}/editions/${editions[0].number}`;
    return {
      edition: (await drafter.get(path)).bytes,
      asked: await secondsOf(() => drafter.get(`${path}/disclosure.pdf`)),
      kept: median(await times(9, () => secondsOf(() => drafter.get(`${path}/disclosure.pdf`)))),
    };
  });
  return withFolder(async (folder) => {
    const file = join(folder, 'edition.json');
    writeFileSync(file, edition);
    const runs = await times(5, () => inProcess('pdf-once.mjs', file));
    const cold = median(runs.map(({ cold }) => cold));
    const warm = median(runs.map(({ warm }) => warm));
    return {
      bench: 'pdf-cold',
      value: rounded(cold),
      unit: 's',
      limit: 2,
      warm: rounded(warm),
      ratio: rounded(cold / warm),
      against: 'the same edition with an engine that runs',
      overHttpFirst: rounded(asked),
      overHttpKept: rounded(kept),
      kilobytes: rounded(runs[0].bytes / 1024),
      runs: runs.length,
    };
  });
};
