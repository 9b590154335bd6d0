import type { ImportProblem } from './import-problem';
import { MAX_FILE_BYTES } from './decode';
import { MAX_INFLATED_BYTES, readZip } from './zip';

export const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const MAX_DOCUMENT_BYTES = 12 * 1_048_576;
const MAX_CELLS = 10_000;

/** The parts of a Word file that are read, by their names in it. */
export type WordFile = { readonly parts: ReadonlyMap<string, Uint8Array>; readonly hasMacros: boolean };
export type OpenedWord =
  { readonly ok: true; readonly file: WordFile } | { readonly ok: false; readonly problem: ImportProblem };

/** Whether the bytes are of a format that Word writes: a zip, or the container of old and of protected files. */
export const isWordFile = (bytes: Uint8Array): boolean => isZip(bytes) || isOle(bytes);

const beginsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, i) => bytes[i] === byte);
const isZip = (bytes: Uint8Array): boolean => beginsWith(bytes, 0x50, 0x4b, 0x03, 0x04);
const isOle = (bytes: Uint8Array): boolean => beginsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0);

/** Opens a Word file without trusting it: nothing is inflated beyond the limits, macros and embedded files are not touched. */
export const openWord = (bytes: Uint8Array): OpenedWord => {
  if (bytes.length > MAX_FILE_BYTES) return refuse({ type: 'TooLarge', byteSize: bytes.length, limit: MAX_FILE_BYTES });
  if (isOle(bytes)) {
    const isProtected = Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'));
    return refuse(isProtected ? { type: 'PasswordProtected' } : { type: 'BinaryFile', looksLike: 'oldOffice' });
  }
  const names = new Set<string>();
  const read = readZip(bytes, (name) => {
    names.add(name);
    return /^(\[Content_Types\]\.xml|_rels\/[^/]*|word\/([^/]*\.xml|_rels\/[^/]*|media\/[^/]*))$/.test(name);
  });
  if (!read.ok) {
    if (read.why === 'encrypted') return refuse({ type: 'PasswordProtected' });
    if (read.why === 'tooLarge') return refuse({ type: 'InflatesTooMuch', limit: MAX_INFLATED_BYTES });
    return refuse({ type: 'DamagedWordFile' });
  }
  const document = read.entries.get('word/document.xml');
  if (document === undefined) {
    const isOther = ![...names].some((name) => name.startsWith('word/'));
    return refuse(isOther ? { type: 'BinaryFile', looksLike: 'office' } : { type: 'DamagedWordFile' });
  }
  if (document.length > MAX_DOCUMENT_BYTES) return refuse({ type: 'InflatesTooMuch', limit: MAX_DOCUMENT_BYTES });
  for (const [name, part] of read.entries) {
    // A Word file has no document type; entities are a way to make much of little.
    if (!name.startsWith('word/media/') && Buffer.from(part).includes('<!DOCTYPE'))
      return refuse({ type: 'DamagedWordFile' });
  }
  const cells = textOfPart(document).split(/<w:tc[\s>]/).length - 1;
  if (cells > MAX_CELLS) return refuse({ type: 'TooManyCells', cells, limit: MAX_CELLS });
  return { ok: true, file: { parts: read.entries, hasMacros: [...names].some((name) => /vbaProject/i.test(name)) } };
};

const refuse = (problem: ImportProblem): OpenedWord => ({ ok: false, problem });

export const textOfPart = (part: Uint8Array | undefined): string =>
  part === undefined ? '' : new TextDecoder('utf-8').decode(part);
