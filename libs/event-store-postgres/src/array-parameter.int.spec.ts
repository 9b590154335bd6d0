import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { hashArray, intArray, jsonArray, textArray } from './array-parameter';

let db: TestDatabase;
beforeAll(async () => (db = await createTestDatabase([])));
afterAll(() => db.close());

const echoed = async (type: string, array: Buffer): Promise<unknown> => {
  const { rows } = await db.pool.query(`select to_json($1::${type}[]) as value`, [array]);
  return rows[0].value;
};
const text = fc.string({ unit: 'grapheme' }).map((each) => each.replaceAll('\u0000', ''));

describe('an array in the binary form of PostgreSQL', () => {
  it('says to the server what was given', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1 }),
        fc.array(fc.integer(), { minLength: 1 }),
        fc.array(fc.dictionary(text, text), { minLength: 1 }),
        fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { minLength: 1 }),
        async (texts, numbers, objects, hashes) => {
          const hex = hashes.map((hash) => Buffer.from(hash).toString('hex'));
          expect(await echoed('text', textArray(texts))).toEqual(texts);
          expect(await echoed('int', intArray(numbers))).toEqual(numbers);
          expect(await echoed('json', jsonArray(objects.map((each) => JSON.stringify(each))))).toEqual(objects);
          expect(await echoed('bytea', hashArray(hex))).toEqual(hex.map((each) => `\\x${each}`));
        },
      ),
      { numRuns: 50 },
    ));

  it('has no elements where none were given', async () => {
    for (const [type, array] of [
      ['text', textArray([])],
      ['int', intArray([])],
      ['bytea', hashArray([])],
    ] as const)
      expect(await echoed(type, array)).toEqual([]);
  });

  it('is refused by the server where an element is no JSON', () =>
    expect(echoed('json', jsonArray(['{"a":']))).rejects.toMatchObject({ code: '22P02' }));

  it('is refused here where a number has more than 32 bits', () =>
    expect(() => intArray([2 ** 31])).toThrow('out of range'));
});
