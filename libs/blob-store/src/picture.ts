import { cleanSvg, isSvg, type NotAnSvg } from './svg';

export type Picture = {
  readonly mediaType: 'image/png' | 'image/jpeg';
  /** Pixels, as the file's own header says. */
  readonly width: number;
  readonly height: number;
};

export type NotAPicture =
  | { readonly type: 'NotAPicture' }
  | { readonly type: 'BrokenPicture' }
  | { readonly type: 'PictureTooLarge'; readonly width: number; readonly height: number };

/** A picture as it is kept: an SVG without what it had besides drawing, all others byte for byte. */
export type TakenPicture = {
  readonly mediaType: PictureType;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
  /** What an SVG had to leave behind: names of elements and attributes. */
  readonly removed: readonly string[];
};

export const pictureTypes = ['image/png', 'image/jpeg', 'image/svg+xml'] as const;
export type PictureType = (typeof pictureTypes)[number];
export const isPictureType = (mediaType: string): mediaType is PictureType =>
  pictureTypes.some((type) => type === mediaType);

/** What a browser may do with a picture that is opened by itself: show it, with the styles that are in it. */
export const FIGURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** The longest side that is taken, and the most pixels. A larger picture costs its reader's memory and gains nothing on A4. */
export const MOST_PIXELS = 10_000;
export const MOST_MEGAPIXELS = 40;

/** Whatever somebody offers as a picture, as it may be kept and shown. */
export const takePicture = (bytes: Uint8Array): TakenPicture | NotAPicture | NotAnSvg => {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isSvg(data)) {
    const picture = readPicture(data);
    return 'type' in picture ? picture : { ...picture, bytes, removed: [] };
  }
  const picture = cleanSvg(data);
  return 'type' in picture ? picture : (tooLarge(picture) ?? { ...picture, mediaType: 'image/svg+xml' });
};

const tooLarge = ({ width, height }: { readonly width: number; readonly height: number }) =>
  width > MOST_PIXELS || height > MOST_PIXELS || width * height > MOST_MEGAPIXELS * 1_000_000
    ? ({ type: 'PictureTooLarge', width, height } as const)
    : null;

/** Says what the bytes are, by their first ones and their structure; a file name or a header may claim anything. */
export const readPicture = (bytes: Uint8Array): Picture | NotAPicture => {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const picture = data.subarray(0, 8).equals(pngSignature)
    ? readPng(data)
    : data.subarray(0, 3).equals(jpegSignature)
      ? readJpeg(data)
      : 'other';
  if (picture === 'other') return { type: 'NotAPicture' };
  if (picture === 'broken' || picture.width === 0 || picture.height === 0) return { type: 'BrokenPicture' };
  return tooLarge(picture) ?? picture;
};

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const jpegSignature = Buffer.from([0xff, 0xd8, 0xff]);

/** Chunks from IHDR to IEND, the whole way: a download that broke off has no end. */
const readPng = (data: Buffer): Picture | 'broken' => {
  if (data.length < 33 || data.readUInt32BE(8) !== 13 || data.toString('latin1', 12, 16) !== 'IHDR') return 'broken';
  let at = 8;
  let pixels = false;
  while (at + 12 <= data.length) {
    const type = data.toString('latin1', at + 4, at + 8);
    const next = at + 12 + data.readUInt32BE(at);
    if (next > data.length) return 'broken';
    if (type === 'IDAT') pixels = true;
    if (type === 'IEND') {
      const size = { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
      return pixels ? { mediaType: 'image/png', ...size } : 'broken';
    }
    at = next;
  }
  return 'broken';
};

/** Segments up to the scan, among them the frame header (SOF) with the size; and an end-of-image marker after it. */
const readJpeg = (data: Buffer): Picture | 'broken' => {
  let at = 2;
  let picture: Picture | 'broken' = 'broken';
  while (at + 4 <= data.length && data[at] === 0xff) {
    const marker = data[at + 1] ?? 0;
    if (marker === 0xff) {
      at++; // a fill byte
      continue;
    }
    if (marker === 0xda) return data.includes(endOfImage, at) ? picture : 'broken';
    const length = data.readUInt16BE(at + 2);
    if (length < 2 || at + 2 + length > data.length) return 'broken';
    // SOF0…SOF15, except those numbers that mean tables (DHT, JPG, DAC).
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (length < 8) return 'broken';
      picture = { mediaType: 'image/jpeg', height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7) };
    }
    at += 2 + length;
  }
  return 'broken';
};

const endOfImage = Buffer.from([0xff, 0xd9]);
