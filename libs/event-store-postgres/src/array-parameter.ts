/**
 * PostgreSQL's binary form of a one-dimensional array parameter: the server takes it as it is, where the text form would be
 * quoted on one side and parsed on the other, character by character.
 * Source: `array_recv` and the `…recv` functions of the element types (src/backend/utils/adt of PostgreSQL).
 */

const HEADER = 20;
const INT4 = 23;
const TEXT = 25;
const JSON_TEXT = 114;
const BYTEA = 17;

const arrayOf = (elementType: number, length: number, bytes: number): Buffer => {
  const array = Buffer.allocUnsafe(HEADER + 4 * length + bytes);
  array.writeInt32BE(1, 0); // dimensions
  array.writeInt32BE(0, 4); // no element is null
  array.writeInt32BE(elementType, 8);
  array.writeInt32BE(length, 12);
  array.writeInt32BE(1, 16); // the first subscript
  return array;
};

const texts = (elementType: number, elements: readonly string[]): Buffer => {
  let bytes = 0;
  for (const element of elements) bytes += Buffer.byteLength(element);
  const array = arrayOf(elementType, elements.length, bytes);
  let at = HEADER;
  for (const element of elements) {
    const size = array.write(element, at + 4);
    array.writeInt32BE(size, at);
    at += 4 + size;
  }
  return array;
};

/** For `$n::text[]`. */
export const textArray = (elements: readonly string[]): Buffer => texts(TEXT, elements);

/** For `$n::json[]`; the server still checks that each is JSON. */
export const jsonArray = (elements: readonly string[]): Buffer => texts(JSON_TEXT, elements);

/**
 * For `$n::int[]`.
 * @throws RangeError for what is no integer of 32 bits
 */
export const intArray = (elements: readonly number[]): Buffer => {
  const array = arrayOf(INT4, elements.length, 4 * elements.length);
  let at = HEADER;
  for (const element of elements) {
    array.writeInt32BE(4, at);
    array.writeInt32BE(element, at + 4);
    at += 8;
  }
  return array;
};

/** For `$n::bytea[]`, of SHA-256 hashes in hex. */
export const hashArray = (elements: readonly string[]): Buffer => {
  const array = arrayOf(BYTEA, elements.length, 32 * elements.length);
  let at = HEADER;
  for (const element of elements) {
    array.writeInt32BE(32, at);
    array.write(element, at + 4, 'hex');
    at += 36;
  }
  return array;
};
