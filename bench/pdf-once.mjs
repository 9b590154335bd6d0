// Prints an edition with a new engine, then again with the same one.
import { readFileSync } from 'node:fs';
import { built, median, secondsOf, times } from './measure.mjs';

const { closePdfPool, renderPdf } = await built('publishing');
const edition = { ...JSON.parse(readFileSync(process.argv[2], 'utf8')), loadFigure: async () => null };
let bytes;
const print = async () => (bytes = await renderPdf(edition));

const cold = await secondsOf(print);
const warm = median(await times(5, () => secondsOf(print)));
await closePdfPool();
console.log(JSON.stringify({ cold, warm, bytes: bytes.length }));
