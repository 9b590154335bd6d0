import { takePicture } from '@app/blob-store/picture';
import { ImageRun } from 'docx';

/** A picture in a Word file: an SVG as it is, with a drawing of itself for programs that cannot draw it. Sizes in pixels of 1/96 inch. */
export type WordPicture = { readonly bytes: Uint8Array; readonly width: number; readonly height: number } & (
  { readonly type: 'png' | 'jpg' } | { readonly type: 'svg'; readonly drawn: Uint8Array }
);

/** Pixels on paper look rough at one to a pixel of the screen; more than this is no longer seen. */
const DRAWN_WIDTH = 1_600;
const DRAWN_HEIGHT = 2_400;
const FONT = 'Noto Sans JP';

/** null: the bytes are no picture, or an SVG that could not be drawn here. */
export const wordPicture = async (bytes: Uint8Array): Promise<WordPicture | null> => {
  const picture = takePicture(bytes);
  if ('type' in picture) return null;
  const { width, height, mediaType } = picture;
  if (mediaType !== 'image/svg+xml') return { bytes, width, height, type: mediaType === 'image/png' ? 'png' : 'jpg' };
  const drawn = await drawingOf(bytes, width, height);
  return drawn && { bytes, width, height, type: 'svg', drawn };
};

/** The picture at most so large, with what is read aloud in its place. */
export const wordImage = (
  picture: WordPicture,
  alt: string,
  most: { readonly width: number; readonly height: number },
): ImageRun => {
  const scale = Math.min(1, most.width / picture.width, most.height / picture.height);
  const transformation = {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
  const data = Buffer.from(picture.bytes);
  const altText = { name: '図', description: alt };
  return picture.type === 'svg'
    ? new ImageRun({
        ...{ type: 'svg', data, transformation, altText },
        fallback: { type: 'png', data: Buffer.from(picture.drawn) },
      })
    : new ImageRun({ type: picture.type, data, transformation, altText });
};

const drawingOf = async (svg: Uint8Array, width: number, height: number): Promise<Uint8Array | null> => {
  try {
    // Loaded when it is needed: few files have such a picture, and it takes its memory.
    const { createCanvas, GlobalFonts, loadImage } = await import('@napi-rs/canvas');
    for (const weight of ['400Regular', '700Bold'])
      if (!registered.has(weight)) {
        GlobalFonts.registerFromPath(
          require.resolve(`@expo-google-fonts/noto-sans-jp/${weight}/NotoSansJP_${weight}.ttf`),
          'sans-serif',
        );
        registered.add(weight);
      }
    const scale = Math.min(DRAWN_WIDTH / width, DRAWN_HEIGHT / height);
    const canvas = createCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
    const { width: across, height: down } = canvas;
    const paper = canvas.getContext('2d');
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, across, down);
    paper.drawImage(Object.assign(await loadImage(inOurFont(svg)), { width: across, height: down }), 0, 0);
    return await canvas.encode('png');
  } catch {
    return null;
  }
};
const registered = new Set<string>();

/** A font that is not there would be drawn as boxes: all text is drawn in ours, as it is in the PDF. */
const inOurFont = (svg: Uint8Array): Buffer =>
  Buffer.from(
    Buffer.from(svg)
      .toString('utf8')
      .replace(/\sfont-family="[^"]*"/g, '')
      .replace(/\bfont-family\s*:(?:&quot;|[^;"}<])*;?/g, '')
      .replace(/<svg\b/, `<svg font-family="${FONT}"`),
  );
