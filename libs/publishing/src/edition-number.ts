/** The number of an edition in an address; null when it is none. */
export const editionNumber = (text: string): number | null => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : null);
