/** Nest injection token for the port. */
export const BLOB_STORE = Symbol('BlobStore');

export type Blob = { readonly bytes: Uint8Array; readonly mediaType: string };

/** Large binaries (figures, evidence), addressed by the SHA-256 of their bytes: the same bytes are kept once and never change. */
export interface BlobStore {
  /** Safe to repeat. The first media type that means something stays. */
  put(bytes: Uint8Array, mediaType: string): Promise<{ readonly sha256: string; readonly byteSize: number }>;
  /** null: nothing with that hash is kept. */
  get(sha256: string): Promise<Blob | null>;
}
