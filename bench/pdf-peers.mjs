// The same edition printed by our pool, by pdfmake, and by a headless Chromium from our HTML export: how long, how many bytes.
// All three run already when the clock does; what the first print costs stands beside it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { people, withProduct } from './installation.mjs';
import { disclosureFile, inProcess, rounded, withFolder } from './measure.mjs';
import { installPeers } from './peers/install.mjs';

/** @param print takes each line of figures as it comes. @returns the rows of the table */
export const run = async (print) => {
  installPeers();
  const edition = await withProduct(async (product) => {
    const { drafter } = await people(product);
    const { body } = await drafter.post('/api/imports?fileName=sample.md&service=bench', readFileSync(disclosureFile));
    const { editions } = (await drafter.get(`/api/disclosures/${body.disclosureId}`)).body;
    return (await drafter.get(`/api/disclosures/${body.disclosureId}/editions/${editions[0].number}`)).bytes;
  });
  return withFolder(async (folder) => {
    const file = join(folder, 'edition.json');
    writeFileSync(file, edition);
    const { runs, ...figures } = await inProcess('pdf-peers-once.mjs', file);
    for (const [side, { first, again, bytes, pages }] of Object.entries(figures))
      print({
        ...{ bench: 'pdf-peers', side, firstMs: rounded(first * 1000), againMs: rounded(again * 1000) },
        ...{ kilobytes: rounded(bytes / 1024), pages, runs },
      });
    const { ours, ...peers } = figures;
    return Object.entries(peers).map(([peer, { again, bytes }]) => ({
      ...{ bench: `pdf-peers, ${peer}`, value: rounded(ours.again * 1000), unit: 'ms' },
      ...{ ratio: rounded(ours.again / again), against: `${peer} (${rounded(again * 1000)} ms)` },
      bytesRatio: rounded(ours.bytes / bytes),
    }));
  });
};
