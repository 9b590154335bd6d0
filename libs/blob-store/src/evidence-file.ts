/** Why a file is not taken as evidence. */
export type NotEvidence =
  | { readonly type: 'EmptyFile' }
  | { readonly type: 'ExecutableFile' }
  /** Its name or its sender calls it something that its bytes are not. */
  | { readonly type: 'NotWhatItClaims'; readonly claimed: string };

/** What files begin with, where one can tell. The Office formats are zip archives. */
const signatures: readonly { readonly mediaType: string; readonly bytes: readonly number[] }[] = [
  { mediaType: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { mediaType: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { mediaType: 'application/zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
];

/** What begins as one of these, an operating system would run: Windows, Linux, macOS (five ways), scripts. */
const executables: readonly (readonly number[])[] = [
  [0x4d, 0x5a],
  [0x7f, 0x45, 0x4c, 0x46],
  [0xfe, 0xed, 0xfa, 0xce],
  [0xfe, 0xed, 0xfa, 0xcf],
  [0xce, 0xfa, 0xed, 0xfe],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe],
  [0x23, 0x21],
];

const openXml = 'application/vnd.openxmlformats-officedocument.';
const mediaTypeOfExtension: { readonly [extension: string]: string } = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  zip: 'application/zip',
  docx: `${openXml}wordprocessingml.document`,
  xlsx: `${openXml}spreadsheetml.sheet`,
  pptx: `${openXml}presentationml.presentation`,
};

/** Those that a browser shows by itself and that cannot run anything; all others are only ever handed over as bytes. */
const shown = ['application/pdf', 'image/png', 'image/jpeg'];

/** What a file is served as: its media type when that is harmless and known by its bytes, else bytes without a meaning. */
export const servedAs = (mediaType: string): string =>
  shown.includes(mediaType) ? mediaType : 'application/octet-stream';

/**
 * Looks at a file that somebody offers as evidence, without opening it: an archive is taken with whatever is in it, because
 * nothing here ever unpacks or runs it.
 *
 * @param claimed the media type that the sender gave, or an empty text
 */
export const readEvidence = (
  bytes: Uint8Array,
  fileName: string,
  claimed: string,
): { readonly name: string; readonly mediaType: string } | NotEvidence => {
  if (bytes.length === 0) return { type: 'EmptyFile' };
  if (executables.some((signature) => beginsWith(bytes, signature))) return { type: 'ExecutableFile' };

  const name = safeName(fileName);
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const byName = mediaTypeOfExtension[extension] ?? '';
  const said = /^[\w.+-]+\/[\w.+-]+$/.exec(claimed.split(';')[0]?.trim().toLowerCase() ?? '')?.[0] ?? '';
  const known = signatures.find((signature) => beginsWith(bytes, signature.bytes))?.mediaType ?? null;
  const wrong = [byName, said].find((claim) => hasSignature(claim) && signatureOf(claim) !== known);
  if (wrong !== undefined) return { type: 'NotWhatItClaims', claimed: wrong };

  // What the bytes say comes first; of an archive only its name tells which.
  const mediaType = known === null || known === 'application/zip' ? byName || said : known;
  return { name, mediaType: mediaType === '' ? 'application/octet-stream' : mediaType };
};

const signatureOf = (mediaType: string): string => (mediaType.startsWith(openXml) ? 'application/zip' : mediaType);
const hasSignature = (mediaType: string): boolean =>
  signatures.some((signature) => signature.mediaType === signatureOf(mediaType));
const beginsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

const LONGEST_NAME = 120;

/**
 * A file name that no file system, header or reader takes for something else: no path, no control or invisible
 * characters (among them those that turn the direction of writing), no leading dot, at most 120 characters.
 */
export const safeName = (fileName: string): string => {
  const plain = (fileName.normalize('NFC').split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  if (plain === '') return '証憑';
  const letters = [...plain];
  if (letters.length <= LONGEST_NAME) return plain;
  const extension = [...(/\.[^.]{1,10}$/.exec(plain)?.[0] ?? '')];
  return [...letters.slice(0, LONGEST_NAME - extension.length), ...extension].join('');
};
