/** A log is not moved, and why, in a sentence for the operator. Nothing that was stored before has changed. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
  constructor(
    readonly ja: string,
    readonly en: string,
  ) {
    super(en);
  }
}
