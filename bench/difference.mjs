// The difference between two Japanese texts of 100 KB, against jsdiff's words (with the same segmenter) and against
// prosemirror-changeset: how long it takes, and how many characters it calls changed. All three see the same texts, in one process.
import { installPeers } from './peers/install.mjs';
import { built, median, rounded, secondsOf, times } from './measure.mjs';

const BYTES = 100_000;
const ROUNDS = 3;
/** A peer that has no answer by then is said to have none. */
const PATIENCE_MS = 20_000;
const LIMIT_MS = 3_000;

/** @param print takes each line of figures as it comes. @returns the rows of the table */
export const run = async (print) => {
  installPeers();
  const { diffWordsWithSpace } = await import('diff');
  const { openChangeset } = await import('./peers/changeset.mjs');
  const { differenceOf, parseBody } = await built('content');
  const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });

  /** Each is given the texts in the form that it works on. */
  const sides = {
    ours: {
      prepare: (lines) => bodyOf(lines, parseBody),
      compare: (before, after) => differenceOf(before, after),
      count: (difference, before) => changedCharacters(difference, before),
    },
    jsdiff: {
      prepare: (lines) => lines.join('\n'),
      compare: (before, after) => diffWordsWithSpace(before, after, { intlSegmenter: segmenter, timeout: PATIENCE_MS }),
      count: (changes) => sum(changes.filter((one) => one.added || one.removed).map(({ value }) => value.length)),
    },
    changeset: openChangeset(),
  };

  const before = linesOf(BYTES);
  const results = [];
  for (const [name, after] of Object.entries(editsOf(before))) {
    const figures = {};
    for (const [side, { prepare, compare, count }] of Object.entries(sides)) {
      compare(prepare(before.slice(0, 50)), prepare(after.slice(0, 50)));
      const [old, one] = [prepare(before), prepare(after)];
      let changes;
      const taken = await times(ROUNDS, () => secondsOf(() => (changes = compare(old, one))));
      figures[side] = {
        ms: rounded(median(taken) * 1000),
        changedCharacters: changes === undefined ? 'gave up' : count(changes, before),
      };
    }
    print({ bench: 'difference', case: name, characters: sum(before.map(({ length }) => length)), ...figures });
    results.push({
      bench: `difference, ${name}`,
      value: figures.ours.ms,
      unit: 'ms',
      limit: LIMIT_MS,
      ratio: rounded(figures.ours.ms / figures.jsdiff.ms),
      against: 'jsdiff diffWordsWithSpace',
    });
  }
  return results;
};

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

const bodyOf = (lines, parseBody) =>
  parseBody({
    type: 'doc',
    content: lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  }).body;

/** What moved counts once. */
const changedCharacters = (difference, before) =>
  sum(
    difference.map((one) => {
      const pieces = one.content?.pieces ?? [];
      const changed = sum(pieces.filter(({ kind }) => kind !== 'same').map(({ text }) => text.length));
      if (one.kind === 'added') return sum((one.node.content ?? []).map(({ text }) => text.length));
      if (one.kind === 'removed' || one.kind === 'movedAway') return before[one.old].length;
      return changed;
    }),
  );

// Texts ------------------------------------------------------------------------------------------------------------------

/** Numbers that look random and are the same in every run (mulberry32). */
const randomFrom = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};
const subjects = ['当社', '運用担当者', '医療機関', '委託先', '情報管理責任者', '監査室', '利用者', 'システム管理者'];
const objects = [
  '医療情報',
  '入退室の記録',
  'バックアップ',
  '通信の経路',
  '認証の情報',
  '操作の履歴',
  '障害の報告',
  '契約の写し',
];
const manners = [
  '社内規程に基づき',
  '年1回以上',
  '暗号化したうえで',
  '承認を得て',
  '定めた手順により',
  '国内において',
  '分離した区画で',
];
const verbs = [
  '保管します',
  '点検します',
  '記録します',
  '通知します',
  '消去します',
  '見直します',
  '報告します',
  '監査します',
];

const sentence = (random) => {
  const one = (words) => words[Math.floor(random() * words.length)];
  const days = 1 + Math.floor(random() * 365);
  return `${one(subjects)}は、${one(objects)}を${one(manners)}${one(verbs)}。${one(objects)}は${days}日間、${one(manners)}${one(verbs)}。`;
};
const paragraph = (random) => sentence(random) + sentence(random);

const linesOf = (bytes) => {
  const random = randomFrom(1);
  const lines = [];
  for (let written = 0; written < bytes;) {
    lines.push(paragraph(random));
    written += Buffer.byteLength(lines.at(-1));
  }
  return lines;
};

/** A word here and a number there; one in ten of the edits adds, removes or moves a paragraph. */
const edited = (lines, share) => {
  const random = randomFrom(2);
  const after = [];
  const moved = [];
  for (const line of lines) {
    if (random() >= share) after.push(line);
    else {
      const kind = random();
      if (kind < 0.04) after.push(line, paragraph(random));
      else if (kind < 0.07) continue;
      else if (kind < 0.1) moved.push(line);
      else if (kind < 0.55) after.push(line.replace(/\d+日間/, `${1 + Math.floor(random() * 365)}日間`));
      else after.push(line.replace(/します。/, 'いたします。').replace(/に基づき|により/, 'に従い'));
    }
  }
  for (const line of moved) after.splice(Math.floor(random() * after.length), 0, line);
  return after;
};

const editsOf = (lines) => ({
  '1 % of the paragraphs edited': edited(lines, 0.01),
  '10 % of the paragraphs edited': edited(lines, 0.1),
  'every paragraph edited': edited(lines, 1),
  'written anew': lines.map(
    (
      (random) => () =>
        paragraph(random)
    )(randomFrom(3)),
  ),
});
