/** Fragment of an item's address that opens its comments. */
export const COMMENTS = 'comments';
