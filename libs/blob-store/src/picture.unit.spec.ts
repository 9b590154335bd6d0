import { readPicture, takePicture } from './picture';
import { jpeg, png } from './pictures.testing';

describe('a picture', () => {
  it('is known by its first bytes, with its size', () => {
    expect(readPicture(png(640, 480))).toEqual({ mediaType: 'image/png', width: 640, height: 480 });
    expect(readPicture(jpeg(1200, 800))).toEqual({ mediaType: 'image/jpeg', width: 1200, height: 800 });
  });

  it('is neither text, nor SVG, nor nothing', () => {
    for (const other of ['', 'hello', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'GIF89a', '%PDF-1.7']) {
      expect(readPicture(Buffer.from(other))).toEqual({ type: 'NotAPicture' });
    }
  });

  it.each([
    ['PNG', png(640, 480)],
    ['JPEG', jpeg(640, 480)],
  ])('is broken when its end is missing (%s), wherever it was cut', (_, whole) => {
    for (let length = 8; length < whole.length; length++) {
      expect([length, readPicture(whole.subarray(0, length))]).toEqual([length, { type: 'BrokenPicture' }]);
    }
  });

  it('is broken without pixels', () => {
    expect(readPicture(png(0, 480))).toEqual({ type: 'BrokenPicture' });
  });

  it('is taken up to 10,000 pixels a side and 40 million in all', () => {
    expect(readPicture(png(10_000, 4_000))).toMatchObject({ width: 10_000 });
    expect(readPicture(png(10_000, 8_000))).toEqual({ type: 'PictureTooLarge', width: 10_000, height: 8_000 });
    expect(readPicture(jpeg(4_001, 10_000))).toMatchObject({ type: 'PictureTooLarge' });
    expect(readPicture(png(10_001, 1))).toEqual({ type: 'PictureTooLarge', width: 10_001, height: 1 });
    expect(readPicture(jpeg(1, 20_000))).toEqual({ type: 'PictureTooLarge', width: 1, height: 20_000 });
  });

  it('may be an SVG, which is taken in as it was cleaned, and no larger than others', () => {
    const svg = (width: number, height: number) =>
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" onload="x()"><path d="M0 0"/></svg>`,
      );
    expect(takePicture(svg(300, 200))).toMatchObject({
      mediaType: 'image/svg+xml',
      width: 300,
      height: 200,
      removed: ['onload'],
    });
    expect(takePicture(svg(10_000, 8_000))).toEqual({ type: 'PictureTooLarge', width: 10_000, height: 8_000 });
    expect(takePicture(svg(1e9, 1))).toMatchObject({ type: 'PictureTooLarge' });
    expect(takePicture(png(3, 2))).toMatchObject({ mediaType: 'image/png', bytes: png(3, 2), removed: [] });
    expect(takePicture(Buffer.from('<html/>'))).toEqual({ type: 'NotAPicture' });
  });
});
