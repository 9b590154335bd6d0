/** Some browsers hand no more characters of an address to the mail program. */
export const LONGEST_ADDRESS = 1_900;

/** A character of Japanese takes nine in an address. */
const LONGEST_NAME = 24;

/** What is asked for, in words; `others`: so many more than are named. */
export type RequestWords = {
  readonly subject: (name: string) => string;
  readonly body: (name: string, disclosures: readonly string[], address: string) => string;
  readonly others: (count: number) => string;
};

/** The address of a mail of one's own that asks for revisions: as many disclosures are named as it has room for. */
export const requestMail = (
  words: RequestWords,
  certificate: string,
  disclosures: readonly string[],
  address: string,
): string => {
  const name = clipped(certificate);
  const naming = (count: number): string => {
    const named = disclosures.slice(0, count).map(clipped);
    const rest = disclosures.length - named.length;
    const body = words.body(name, rest === 0 ? named : [...named, words.others(rest)], address);
    return `mailto:?subject=${encodeURIComponent(words.subject(name))}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`;
  };
  let count = disclosures.length;
  while (count > 1 && naming(count).length > LONGEST_ADDRESS) count--;
  return naming(count);
};

const clipped = (name: string): string => {
  // Half of a pair cannot be written in an address.
  const characters = [...name.replace(/\p{Surrogate}/gu, '\ufffd')];
  return characters.length <= LONGEST_NAME ? characters.join('') : `${characters.slice(0, LONGEST_NAME - 1).join('')}…`;
};
