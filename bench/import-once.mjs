// Reads a file for the first time in this process, then warm; and parses it with remark alone.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { built, median, secondsOf, times } from './measure.mjs';

const file = process.argv[2];
const bytes = readFileSync(file);
const { readDisclosure } = await built('importing');
const read = () => {
  if (!readDisclosure(bytes, basename(file)).ok) throw new Error(`${file} is no disclosure`);
};
const remark = unified().use(remarkParse).use(remarkGfm, { singleTilde: false });

const first = await secondsOf(read);
const again = median((await times(12, () => secondsOf(read))).slice(2));
const plain = median((await times(12, () => secondsOf(() => remark.parse(bytes.toString())))).slice(2));
console.log(JSON.stringify({ first, again, plain, bytes: bytes.length }));
