import { stringifySearchWith } from '@tanstack/react-router';

/**
 * The search of an address as people pass it on: the number of an edition stands there without the quotation marks that
 * would keep it a text. Whoever reads it takes a number as well.
 */
export const searchInAddress = stringifySearchWith(JSON.stringify, (text) => {
  // What cannot be read needs no quotation marks.
  if (/^[1-9]\d{0,8}$/.test(text)) throw new SyntaxError('A number');
  return JSON.parse(text) as unknown;
});
