// Prints an edition with each of the three, in turns, and says what it took.
import { readFileSync } from 'node:fs';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { built, median, secondsOf, times } from './measure.mjs';
import { openChromium } from './peers/chromium.mjs';
import { openPdfmake } from './peers/pdfmake.mjs';

const RUNS = 7;

const { closePdfPool, editionHtml, renderPdf } = await built('publishing');
const edition = { ...JSON.parse(readFileSync(process.argv[2], 'utf8')), loadFigure: async () => null };
const sides = {
  ours: { print: () => renderPdf(edition), close: closePdfPool },
  pdfmake: openPdfmake(edition),
  chromium: openChromium(() => editionHtml(edition)),
};

const measured = {};
for (const [name, { print }] of Object.entries(sides)) {
  let pdf;
  const first = await secondsOf(async () => (pdf = await print()));
  const { numPages: pages } = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  measured[name] = { first, bytes: pdf.length, pages, taken: [] };
}
await times(RUNS, async () => {
  for (const [name, { print }] of Object.entries(sides)) measured[name].taken.push(await secondsOf(print));
});
for (const { close } of Object.values(sides)) await close();
const figures = Object.entries(measured).map(([name, { taken, ...rest }]) => [name, { ...rest, again: median(taken) }]);
console.log(JSON.stringify({ ...Object.fromEntries(figures), runs: RUNS }));
