import type { BinaryKind, ImportProblem } from './import-problem';
import type { SourceEncoding } from './imported-disclosure';

export const MAX_FILE_BYTES = 10 * 1_048_576;
/** Some ten times the longest disclosure known; Markdown beyond that would keep the server busy for seconds. */
export const MAX_CHARACTERS = 100_000;

export type Decoded =
  | { readonly ok: true; readonly text: string; readonly encoding: SourceEncoding; readonly removedControls: number }
  | { readonly ok: false; readonly problem: ImportProblem };

/** Bytes to text: by byte order mark, else UTF-8, ISO-2022-JP, then whichever of Shift_JIS and EUC-JP reads as Japanese. */
export const decode = (bytes: Uint8Array): Decoded => {
  if (bytes.length > MAX_FILE_BYTES) return refuse({ type: 'TooLarge', byteSize: bytes.length, limit: MAX_FILE_BYTES });
  if (bytes.length === 0) return refuse({ type: 'EmptyFile' });
  const binary = binaryKind(bytes);
  if (binary !== null) return refuse({ type: 'BinaryFile', looksLike: binary });

  const read = readText(bytes);
  if (read === null) return refuse({ type: 'UnknownEncoding' });
  const text = read.text.replace(controls, '');
  const removedControls = read.text.length - text.length;
  if (removedControls > read.text.length / 20) return refuse({ type: 'BinaryFile', looksLike: 'unknown' });
  if (text.trim() === '') return refuse({ type: 'EmptyFile' });
  return { ok: true, text, encoding: read.encoding, removedControls };
};

const refuse = (problem: ImportProblem): Decoded => ({ ok: false, problem });

const controls = /[\u0000-\u0008\u000b\u000e-\u001f\u007f\ufeff]/g;

const signatures: readonly (readonly [BinaryKind, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['office', [0x50, 0x4b, 0x03, 0x04]],
  ['oldOffice', [0xd0, 0xcf, 0x11, 0xe0]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
  ['archive', [0x1f, 0x8b]],
];

const binaryKind = (bytes: Uint8Array): BinaryKind | null => {
  const known = signatures.find(([, start]) => start.every((byte, i) => bytes[i] === byte));
  if (known) return known[0];
  return unicodeMark(bytes) === null && bytes.includes(0) ? 'unknown' : null;
};

const unicodeMark = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
};

type Read = { readonly text: string; readonly encoding: SourceEncoding };

const readText = (bytes: Uint8Array): Read | null => {
  const marked = unicodeMark(bytes);
  if (marked !== null) return readAs(marked, bytes);
  const unicode = readAs('utf-8', bytes);
  // ISO-2022-JP is ASCII with escape sequences, and so valid UTF-8.

  if (unicode !== null) return /\u001b\$[@B]/.test(unicode.text) ? readAs('iso-2022-jp', bytes) : unicode;
  const candidates = [readAs('shift_jis', bytes), readAs('euc-jp', bytes)].filter((read) => read !== null);
  const [best] = candidates.sort((a, b) => japaneseness(b.text) - japaneseness(a.text));
  return best !== undefined && japaneseness(best.text) > 0.3 ? best : null;
};

const readAs = (encoding: SourceEncoding, bytes: Uint8Array): Read | null => {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return null;
  }
};

/**
 * How much of what is not ASCII looks like Japanese prose, 0 … 1. EUC-JP read as Shift_JIS is full of half-width
 * katakana, Shift_JIS read as EUC-JP hardly decodes at all.
 */
const japaneseness = (text: string): number => {
  const sample = text.slice(0, 100_000).replace(/[\u0000-\u007f]/g, '');
  if (sample === '') return 1;
  const prose = sample.match(/[\u3041-\u3096\u30a1-\u30fc、。・「」（）]/g)?.length ?? 0;
  const halfWidth = sample.match(/[\uff61-\uff9f]/g)?.length ?? 0;
  return (prose - halfWidth) / sample.length + (/[一-龠]/.test(sample) ? 0.1 : 0);
};
