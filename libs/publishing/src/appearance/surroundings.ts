import type { EditionView } from '@app/disclosures';
import type { Printing } from '../pdf/print-document';
import { verificationPageOf } from '../verify/addresses';
import { isPlain, type Appearance } from './domain/appearance';

/** What is printed around an edition without being part of it. */
export type Surroundings = Pick<Printing, 'verificationPage' | 'appearance'>;

/** @param publicUrl where readers reach us, so that the PDF leads them there to be verified */
export const surroundingsOf = (
  edition: EditionView,
  appearance: Appearance,
  publicUrl: string | undefined,
): Surroundings => ({
  verificationPage: publicUrl === undefined ? null : verificationPageOf(publicUrl, edition),
  // What nobody has set is left out, so that the same edition gives the same bytes as ever.
  ...(isPlain(appearance) ? {} : { appearance }),
});
