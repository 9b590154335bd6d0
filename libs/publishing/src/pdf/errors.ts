import type { Finding } from '@app/proof';

export type UnprintableCharacters = {
  readonly characters: readonly string[];
  /** Where, as it is cited (`II-4`); null when it is in a title, a name or the history. */
  readonly item: string | null;
};

/** The text has characters that the fonts of the printed disclosure lack (emoji, for one). The text has to be changed. */
export class MissingGlyph extends Error {
  override readonly name = 'MissingGlyph';
  constructor(readonly found: readonly UnprintableCharacters[]) {
    super(
      `Not in the fonts: ${found.map(({ characters, item }) => `${characters.join(' ')} (${item ?? 'outside the items'})`).join(', ')}`,
    );
  }
}

/** A body cites a figure whose bytes are nowhere. */
export class MissingFigure extends Error {
  override readonly name = 'MissingFigure';
  constructor(
    readonly item: string,
    readonly sha256: string,
  ) {
    super(`${item} cites figure ${sha256}, which is not stored`);
  }
}

/** The engine refused the document or died more than once on it. `reason` is the engine's own words. */
export class PdfEngineFailed extends Error {
  override readonly name = 'PdfEngineFailed';
  constructor(readonly reason: string) {
    super(`The PDF could not be made: ${reason}`);
  }
}

/** What was printed does not show what the edition says: it is not given to anybody. `finding` names the passage. */
export class PrintDiffers extends Error {
  override readonly name = 'PrintDiffers';
  constructor(readonly finding: Finding) {
    super(`The PDF does not show the edition: ${finding.en}`);
  }
}

/** No seal covers the publication of the edition yet. Within half a minute one does, when the worker runs. */
export class NotSealedYet extends Error {
  override readonly name = 'NotSealedYet';
}
