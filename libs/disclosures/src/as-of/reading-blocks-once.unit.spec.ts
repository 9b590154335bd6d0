import { canonicalJson } from '@app/canonical-json';
import fc from 'fast-check';
import { readingBlocksOnce } from './reading-blocks-once';

const text = fc.constantFrom(
  '',
  'ア',
  'イ',
  'a,b',
  '"},{"',
  '],"type":"doc"}',
  '"body":{"content":[',
  '\\',
  '[',
  '\u2028',
);
const block = fc.oneof(
  fc.record({ type: fc.constant('paragraph'), content: fc.array(fc.record({ type: fc.constant('text'), text })) }),
  fc.record({ type: fc.constant('heading'), attrs: fc.record({ level: fc.constant(3) }) }),
);
const edit = fc.record({
  itemKey: fc.constantFrom('I-1', 'II-4'),
  body: fc.record({ type: fc.constant('doc'), content: fc.array(block, { maxLength: 5 }) }),
  bodyHash: fc.constant('0'),
});
const other = fc.oneof(
  fc.record({ reason: text }),
  fc.record({ parts: fc.array(fc.record({ items: fc.array(edit) })) }),
  fc.record({ body: fc.record({ type: fc.constant('doc'), content: fc.array(block) }) }),
);

describe('reading the blocks of a life once', () => {
  it('makes what parsing makes, of any events in any order, canonical or not', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.oneof(edit, other), fc.boolean())), (events) => {
        const read = readingBlocksOnce();
        for (const [event, isCanonical] of events) {
          const json = isCanonical ? canonicalJson(event) : JSON.stringify(event, null, 1);
          expect(read(json)).toEqual(JSON.parse(json));
        }
      }),
      { numRuns: 500 },
    ));

  it('does not make a block again that says the same', () => {
    const read = readingBlocksOnce();
    const bodyOf = (...texts: readonly string[]) =>
      read(
        canonicalJson({
          itemKey: 'I-1',
          body: { type: 'doc', content: texts.map((each) => ({ type: 'note', text: each })) },
        }),
      ) as { body: { content: readonly unknown[] } };
    const before = bodyOf('ア', 'イ', 'ウ').body.content;
    const after = bodyOf('ア', '新', 'イ', 'ウ').body.content;
    expect([after[0], after[2], after[3]].map((each, at) => each === before[at])).toEqual([true, true, true]);
  });
});
