/** 証憑: a file that shows that something is so, as a register refers to it. The bytes are in the blob store, under the hash. */
export type Evidence = {
  /** SHA-256 of the bytes, hex: also what tells the files of one register entry apart. */
  readonly sha256: string;
  /** What it was called where it came from, freed of what a file system or a header could misread. */
  readonly name: string;
  /** What it is, as far as its own bytes say; else what its sender said. Never what it is served as without a check. */
  readonly mediaType: string;
  readonly byteSize: number;
};

/** So many files belong to one entry at most: a register is no file server. */
export const MOST_FILES = 100;
