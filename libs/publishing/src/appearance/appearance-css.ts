import { isPlain, type Appearance } from './domain/appearance';

/** Where the style sheet of an appearance is; null: the ready-made one is all there is. */
export const appearanceUrl = (appearance: Appearance): string | null =>
  isPlain(appearance)
    ? null
    : `/d/assets/appearance.css${appearance.accent === null ? '' : `?accent=${appearance.accent.slice(1)}`}`;

export const logoUrl = (sha256: string): string => `/d/assets/logo/${sha256}`;

/**
 * The company's colour in the place of the ready-made one, where the ground is light: on a dark one it could not be read. A logo is
 * drawn for white paper.
 *
 * @param accent whatever stood in the address: only `#rrggbb` goes in
 */
export const appearanceCss = (accent: string | null): string =>
  `.logo { display: block; max-width: min(100%, 15rem); max-height: 4rem; margin-block-end: 1rem; }
@media (prefers-color-scheme: dark) { .logo { background: #fff; padding: 0.375rem; border-radius: 2px; } }
${accent !== null && /^#[0-9a-f]{6}$/.test(accent) ? `@media print, (prefers-color-scheme: light) { :root { --accent: ${accent}; } }\n` : ''}`;
