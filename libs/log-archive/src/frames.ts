import type { FileHandle } from 'node:fs/promises';

/** A frame is not whole: there is none, it is cut off, was changed, or holds more than fits into memory. What came before it is as it was. */
export class FrameBroken extends Error {
  override readonly name = 'FrameBroken';
  constructor(readonly reason: 'no zstd' | 'cut off' | 'changed' | 'too large') {
    super(`A frame is broken: ${reason}`);
  }
}

export type Frame = {
  readonly content: Buffer;
  /** Where it begins and ends in the file, in bytes. */
  readonly from: number;
  readonly to: number;
};

const MAGIC = 0xfd2fb528;
/** RFC 8878, 3.1.1.2.4: what a block can hold. */
const BLOCK_CONTENT = 128 * 1024;
/** A frame is in memory as a whole. Ours have a few MB; somebody may have compressed the lines anew in larger ones. */
const MOST_CONTENT = 256 * 1024 * 1024;
const READ_AT_ONCE = 1024 * 1024;

const load = async () => {
  const wasm = await import('@bokuweb/zstd-wasm');
  await wasm.init();
  return wasm;
};
let loaded: ReturnType<typeof load> | undefined;
/** Loaded when first needed, because few commands do; and once, because initialising it again breaks it. */
const zstd = () => (loaded ??= load());

/** One zstd frame. Frames written one after the other are one .zst file (RFC 8878, 3). */
export const frameOf = async (text: string): Promise<Uint8Array> => (await zstd()).compress(Buffer.from(text));

/**
 * The frames of a file, one by one.
 * @throws FrameBroken
 */
export async function* readFrames(file: FileHandle): AsyncGenerator<Frame> {
  const { decompress } = await zstd();
  let bytes = Buffer.alloc(0);
  for (let from = 0; ;) {
    const size = frameSize(bytes);
    if (size === null) {
      const more = Buffer.alloc(Math.max(READ_AT_ONCE, bytes.length));
      const { bytesRead } = await file.read(more, 0, more.length, from + bytes.length);
      if (bytesRead === 0 && bytes.length === 0) return;
      if (bytesRead === 0) throw new FrameBroken('cut off');
      bytes = Buffer.concat([bytes, more.subarray(0, bytesRead)]);
      continue;
    }
    let content: Uint8Array;
    try {
      content = decompress(bytes.subarray(0, size.bytes), { defaultHeapSize: size.mostContent });
    } catch {
      throw new FrameBroken('changed');
    }
    yield { content: Buffer.from(content.buffer, content.byteOffset, content.length), from, to: from + size.bytes };
    bytes = bytes.subarray(size.bytes);
    from += size.bytes;
  }
}

/**
 * How long the frame is with which `bytes` begin, from the sizes of its blocks (RFC 8878, 3.1.1), and how much it can hold at
 * most; null when `bytes` end before it does.
 * @throws FrameBroken
 */
const frameSize = (bytes: Buffer): { readonly bytes: number; readonly mostContent: number } | null => {
  if (bytes.length < 6) return null;
  if (bytes.readUInt32LE(0) !== MAGIC) throw new FrameBroken('no zstd');
  const descriptor = bytes.readUInt8(4);
  const singleSegment = (descriptor & 0b100000) !== 0;
  const contentSizeBytes = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 0b11] ?? 0;
  const contentSizeAt = 5 + (singleSegment ? 0 : 1) + dictionaryBytes;

  let at = contentSizeAt + contentSizeBytes;
  let mostContent = 0;
  for (let last = false; !last;) {
    if (bytes.length < at + 3) return null;
    const block = bytes.readUIntLE(at, 3);
    const [type, size] = [(block >> 1) & 0b11, block >> 3];
    last = (block & 1) === 1;
    if (type === 3 || size > BLOCK_CONTENT) throw new FrameBroken('changed');
    mostContent += type === 2 ? BLOCK_CONTENT : size;
    if (mostContent > MOST_CONTENT) throw new FrameBroken('too large');
    at += 3 + (type === 1 ? 1 : size);
  }
  at += (descriptor & 0b100) === 0 ? 0 : 4; // a checksum
  if (bytes.length < at) return null;

  // The decompressor would believe this and ask for as much memory.
  if (contentSizeBytes === 8 && bytes.readBigUInt64LE(contentSizeAt) > BigInt(mostContent))
    throw new FrameBroken('changed');
  if (contentSizeBytes === 4 && bytes.readUInt32LE(contentSizeAt) > mostContent) throw new FrameBroken('changed');
  return { bytes: at, mostContent };
};
