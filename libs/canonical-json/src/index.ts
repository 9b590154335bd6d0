import { configure } from 'safe-stable-stringify';

const stringify = configure({ bigint: false, circularValue: Error, deterministic: true });

/**
 * The canonical JSON of a value (RFC 8785): the same text for equal values, whatever the order of their keys, in the browser
 * and on the server.
 * @throws Error when the value is no JSON, such as undefined or something that contains itself
 */
export const canonicalJson = (value: unknown): string => {
  const json = stringify(value);
  if (json === undefined) throw new Error('Only JSON has a canonical form');
  return json;
};
