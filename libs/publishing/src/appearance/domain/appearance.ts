import { accept, reject, type Decider } from '@app/event-sourcing';

/** How the company looks in what it publishes. Nothing of it is part of an edition's text, nor under its content hash. */
export type Appearance = {
  /** A picture in the blob store; null: none. */
  readonly logo: { readonly sha256: string; readonly mediaType: string } | null;
  /** `#rrggbb`, lower case; null: the ready-made one. */
  readonly accent: string | null;
  /** What the company adds to the colophon, line by line; empty: nothing. */
  readonly colophon: string;
};

export const plainAppearance: Appearance = { logo: null, accent: null, colophon: '' };
export const isPlain = ({ logo, accent, colophon }: Appearance): boolean =>
  logo === null && accent === null && colophon === '';
/** What the company adds to the colophon, line by line. */
export const colophonLines = ({ colophon }: Appearance): readonly string[] =>
  colophon === '' ? [] : colophon.split('\n');

/** The ready-made colour. */
export const ACCENT = '#1f3a5f';

export type AppearanceEvent = {
  readonly type: 'AppearanceChanged';
  readonly data: Appearance & {
    readonly by: { readonly id: string; readonly name: string };
    /** UTC, ISO 8601. */
    readonly at: string;
  };
};

export type AppearanceCommand = { readonly type: 'ChangeAppearance' } & AppearanceEvent['data'];

/** `contrast`: what the colour has, to two digits after the point. */
export type AppearanceRejection = { readonly type: 'AccentTooLight'; readonly contrast: number };

/** The darkest ground on which text in the accent stands in print and on light pages: what can be read there can be read on white. */
const GROUND = '#f3f5f7';
/** WCAG 2.2, 1.4.3, level AA, text of any size. */
export const LEAST_CONTRAST = 4.5;

export const evolve = (_: Appearance, { data: { logo, accent, colophon } }: AppearanceEvent): Appearance => ({
  logo,
  accent,
  colophon,
});

export const appearanceDecider: Decider<AppearanceCommand, Appearance, AppearanceEvent, AppearanceRejection> = {
  initialState: plainAppearance,
  evolve,
  decide: ({ type: _, ...data }, state) => {
    const contrast = data.accent === null ? Infinity : contrastOf(data.accent, GROUND);
    if (contrast < LEAST_CONTRAST)
      return reject({ type: 'AccentTooLight', contrast: Math.floor(contrast * 100) / 100 });
    const isSame =
      data.accent === state.accent && data.colophon === state.colophon && data.logo?.sha256 === state.logo?.sha256;
    return isSame ? accept() : accept({ type: 'AppearanceChanged', data });
  },
};

/** The contrast ratio of two colours `#rrggbb` by WCAG 2.2, from 1 to 21. */
export const contrastOf = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

const luminanceOf = (color: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
