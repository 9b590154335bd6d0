import { crc32, inflateRawSync } from 'node:zlib';

/** What an archive may hold once it is inflated. A Word file of a disclosure with ten photographs stays below a tenth of this. */
export const MAX_ENTRY_BYTES = 32 * 1_048_576;
export const MAX_INFLATED_BYTES = 64 * 1_048_576;
const MAX_ENTRIES = 2_000;

export type ZipProblem = 'damaged' | 'encrypted' | 'tooLarge';
export type ReadZip =
  | { readonly ok: true; readonly entries: ReadonlyMap<string, Uint8Array> }
  | { readonly ok: false; readonly why: ZipProblem };

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/**
 * The entries of a zip archive by their names. The sizes that its directory promises are added up before anything is
 * inflated, and each entry is inflated to no more than it promised: an archive that lies is refused as one that is too large.
 */
export const readZip = (bytes: Uint8Array, wanted: (name: string) => boolean = () => true): ReadZip => {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const directory = directoryOf(data);
    if (directory === null) return { ok: false, why: 'damaged' };
    if (directory.some(({ flags }) => (flags & 1) === 1)) return { ok: false, why: 'encrypted' };
    const inflated = directory.reduce((sum, { size }) => sum + size, 0);
    if (
      directory.length > MAX_ENTRIES ||
      inflated > MAX_INFLATED_BYTES ||
      directory.some(({ size }) => size > MAX_ENTRY_BYTES)
    )
      return { ok: false, why: 'tooLarge' };

    const entries = new Map<string, Uint8Array>();
    for (const entry of directory.filter(({ name }) => wanted(name))) {
      const content = contentOf(data, entry);
      if (typeof content === 'string') return { ok: false, why: content };
      entries.set(entry.name, content);
    }
    return { ok: true, entries };
  } catch (error) {
    // Offsets that lead out of the file.
    if (error instanceof RangeError) return { ok: false, why: 'damaged' };
    throw error;
  }
};

type Entry = {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
};

const directoryOf = (data: Buffer): readonly Entry[] | null => {
  const end = data.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > data.length) return null;
  const count = data.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = data.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (data.readUInt32LE(at) !== CENTRAL) return null;
    const nameLength = data.readUInt16LE(at + 28);
    entries.push({
      name: data.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/'),
      flags: data.readUInt16LE(at + 8),
      method: data.readUInt16LE(at + 10),
      crc: data.readUInt32LE(at + 16),
      packed: data.readUInt32LE(at + 20),
      size: data.readUInt32LE(at + 24),
      at: data.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
  }
  return entries;
};

const contentOf = (data: Buffer, { method, crc, packed, size, at }: Entry): Buffer | ZipProblem => {
  if (data.readUInt32LE(at) !== LOCAL) return 'damaged';
  const from = at + 30 + data.readUInt16LE(at + 26) + data.readUInt16LE(at + 28);
  if (from + packed > data.length || (method !== 0 && method !== 8)) return 'damaged';
  const stored = data.subarray(from, from + packed);
  let content: Buffer;
  try {
    content = method === 0 ? stored : inflateRawSync(stored, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'tooLarge' : 'damaged';
  }
  return content.length === size && crc32(content) === crc ? content : 'damaged';
};

/** An archive of the given files, not compressed, without times: the same files give the same bytes. */
export const packZip = (files: Iterable<readonly [name: string, content: Uint8Array]>): Buffer => {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const path = Buffer.from(name, 'utf8');
    const sizes = Buffer.alloc(26);
    sizes.writeUInt16LE(20, 0); // version needed
    sizes.writeUInt16LE(0x0800, 2); // the name is UTF-8
    sizes.writeUInt16LE(0x0021, 8); // 1980-01-01, the first day that a zip knows
    sizes.writeUInt32LE(crc32(content), 10);
    sizes.writeUInt32LE(content.length, 14);
    sizes.writeUInt32LE(content.length, 18);
    sizes.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    local.push(uint32(LOCAL), sizes, path, Buffer.from(content));
    central.push(uint32(CENTRAL), Buffer.from([20, 0]), sizes, place, path);
    offset += 30 + path.length + content.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length / 5, 4);
  end.writeUInt16LE(central.length / 5, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, uint32(END), end]);
};

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
