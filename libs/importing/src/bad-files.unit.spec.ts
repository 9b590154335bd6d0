import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseBody } from '@app/content';
import { importProblemText, type ImportProblem } from './import-problem';
import { readDisclosure } from './read-disclosure';

const sample = readFileSync(join(__dirname, '../samples/from-slides.md'));
const text = sample.toString('utf8');
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);
const problemOf = (file: Uint8Array): ImportProblem | null => {
  const result = readDisclosure(file, 'file.md');
  return result.ok ? null : result.problem;
};

/** Text in a double-byte encoding, which Node can only read: the bytes are found by reading them all. */
const encode = (value: string, encoding: 'shift_jis' | 'euc-jp'): Uint8Array => {
  const decoder = new TextDecoder(encoding);
  const known = new Map<string, readonly number[]>();
  for (let one = 0; one < 0x80; one++) known.set(String.fromCharCode(one), [one]);
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (Array.from(character).length === 1 && !known.has(character)) known.set(character, [lead, trail]);
    }
  }
  return Uint8Array.from(Array.from(value).flatMap((character) => known.get(character) ?? [0x3f]));
};

describe('a file in another encoding is converted and said so', () => {
  const expected = readDisclosure(sample, 'file.md');

  it.each(['shift_jis', 'euc-jp'] as const)('%s', (encoding) => {
    const result = readDisclosure(encode(text, encoding), 'file.md');
    if (!result.ok || !expected.ok) throw new Error(JSON.stringify(result));
    expect(result.disclosure.parts).toEqual(expected.disclosure.parts);
    expect(result.disclosure.source.encoding).toBe(encoding);
    expect(result.disclosure.anomalies[0]).toMatchObject({ code: 'ENCODING_CONVERTED', line: 0 });
  });

  it('UTF-16 with a byte order mark', () => {
    const result = readDisclosure(Buffer.from(`\ufeff${text}`, 'utf16le'), 'file.md');
    expect(result).toMatchObject({
      ok: true,
      disclosure: { source: { encoding: 'utf-16le' }, edition: { number: 3 } },
    });
  });

  it('UTF-8 with a byte order mark and the line ends of Windows needs no conversion', () => {
    const result = readDisclosure(bytes(`\ufeff${text.replaceAll('\n', '\r\n')}`), 'file.md');
    if (!result.ok || !expected.ok) throw new Error(JSON.stringify(result));
    expect(result.disclosure.parts).toEqual(expected.disclosure.parts);
    expect(result.disclosure.anomalies).toEqual(expected.disclosure.anomalies);
  });
});

describe('a file that is refused', () => {
  const cases: readonly [string, Uint8Array, ImportProblem][] = [
    ['an empty file', bytes(''), { type: 'EmptyFile' }],
    ['blanks', bytes(' \n\u3000\n'), { type: 'EmptyFile' }],
    ['a PDF', bytes('%PDF-1.7 ...'), { type: 'BinaryFile', looksLike: 'pdf' }],
    ['a Word file', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), { type: 'BinaryFile', looksLike: 'office' }],
    ['a file with zeros', bytes('abc\u0000def'), { type: 'BinaryFile', looksLike: 'unknown' }],
    ['bytes of no encoding', Uint8Array.of(0x93, 0xfa, 0xff, 0x81, 0x20, 0xfd), { type: 'UnknownEncoding' }],
    ['Western text in Latin-1', Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x20, 0xe8, 0x74), { type: 'UnknownEncoding' }],
    [
      'a letter',
      bytes('拝啓　時下ますますご清栄のこととお慶び申し上げます。'),
      { type: 'NotADisclosure', missing: ['parts'] },
    ],
    [
      'a part without items or edition',
      bytes('# I. 選定\n\n本文だけです。'),
      { type: 'NotADisclosure', missing: ['items', 'edition'] },
    ],
    [
      'items without an edition',
      bytes('# I. 選定\n\n## 1. 法令\n\n本文'),
      { type: 'NotADisclosure', missing: ['edition'] },
    ],
  ];
  it.each(cases)('%s', (_name, file, problem) => expect(problemOf(file)).toEqual(problem));

  it('50 MB, at once', () => {
    const file = new Uint8Array(50 * 1_048_576).fill(0x41);
    const began = performance.now();
    expect(problemOf(file)).toEqual({ type: 'TooLarge', byteSize: 52_428_800, limit: 10_485_760 });
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('10 MB of something else, quickly', () => {
    const file = bytes('a *b* [c](d) '.repeat(800_000));
    const began = performance.now();
    expect(problemOf(file)).toEqual({ type: 'NotADisclosure', missing: ['parts'] });
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('quotations nested beyond reason', () =>
    expect(problemOf(bytes(`第1版 2025年1月1日\n\n# I. 部\n\n## 1. 項目\n\n${'>'.repeat(5_000)} 深い`))?.type).toBe(
      'TooEntangled',
    ));

  const withItem = (body: string) => bytes(`第1版 2025年1月1日\n\n# I. 部\n\n## 1. 項目\n\n${body}`);

  it('a text of half a million characters, at once', () =>
    expect(problemOf(withItem('長い文章。\n\n'.repeat(80_000)))?.type).toBe('TooLong'));

  it('with a text in two languages that says what to do', () => {
    for (const [, , problem] of cases) {
      const { ja, en } = importProblemText(problem);
      expect(ja).toMatch(/(ください。)$/);
      expect(en).toMatch(/(Choose|Save|Check)/);
    }
    expect(importProblemText({ type: 'TooLarge', byteSize: 52_428_800, limit: 10_485_760 }).ja).toContain(
      '50 MB。上限は10 MB',
    );
  });
});

describe('the importer', () => {
  const answers = (file: Uint8Array) => {
    const result = readDisclosure(file, 'file.md');
    if (!result.ok) return expect(importProblemText(result.problem).ja).not.toBe('');
    for (const { body } of result.disclosure.parts.flatMap(({ items }) => items)) expect(parseBody(body).ok).toBe(true);
    const keys = result.disclosure.parts.flatMap(({ items }) => items.map(({ itemKey }) => itemKey));
    return expect(new Set(keys).size).toBe(keys.length);
  };

  it('answers to any bytes', () =>
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), answers), { numRuns: 300 }));

  it('answers to any text', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (some) => answers(bytes(`# I. 部\n${some}`))),
    ));

  it('answers to a disclosure with lines lost, doubled, cut or moved', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('drop', 'double', 'cut', 'swap', 'indent', 'mark'), fc.nat(), fc.nat()), {
          minLength: 1,
          maxLength: 12,
        }),
        (edits) => {
          const lines = text.split('\n');
          for (const [kind, a, b] of edits) {
            const [i, j] = [a % lines.length, b % lines.length];
            const line = lines[i] ?? '';
            if (kind === 'drop') lines.splice(i, 1, '');
            else if (kind === 'double') lines.splice(i, 0, line);
            else if (kind === 'cut') lines[i] = line.slice(0, b % (line.length + 1));
            else if (kind === 'indent') lines[i] = ' '.repeat(b % 9) + line;
            else if (kind === 'mark')
              lines[i] = ['#', '- ', '> ', '```', '\t', '|', '<table>', '※', '1. '][b % 9] + line;
            else [lines[i], lines[j]] = [lines[j] ?? '', line];
          }
          answers(bytes(lines.join('\n')));
        },
      ),
      { numRuns: 200 },
    ));

  it('answers to a disclosure with bytes changed', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        (changes) => {
          const mangled = Uint8Array.from(sample);
          for (const [at, value] of changes) mangled[at] = value;
          answers(mangled);
        },
      ),
    ));
});
