// A disclosure is read: in a fresh process, as often as not by somebody who waits for the preview.
import { disclosureFile, inProcess, median, rounded, times } from './measure.mjs';

export const run = async () => {
  const runs = await times(5, () => inProcess('import-once.mjs', disclosureFile));
  const first = median(runs.map(({ first }) => first));
  const again = median(runs.map(({ again }) => again));
  const plain = median(runs.map(({ plain }) => plain));
  return {
    bench: 'import',
    value: rounded(first),
    unit: 's',
    limit: 1,
    again: rounded(again),
    ratio: rounded(again / plain),
    against: 'remark-parse and remark-gfm alone, both warm',
    kilobytes: rounded(runs[0].bytes / 1024),
    runs: runs.length,
  };
};
