/** One mail to one person, rendered. */
export type Mail = {
  /**
   * Deterministic, e.g. `reminder:certificate-1:2026-01-24:30d:user-3`. The same id is never queued twice,
   * and it becomes the Message-ID, so that even a repeated delivery can be recognised as one mail.
   */
  readonly id: string;
  /** What the mail is about, for those who want to hear of its delivery: `review`, `reminder` … */
  readonly kind: string;
  readonly to: { readonly name: string; readonly address: string };
  /** Whose account it goes to: when it has to be tried again, then to the address that they have by then. */
  readonly userId?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** It leaves no earlier; absent: at once. */
  readonly notBefore?: Date;
  /** Of this mail alone, besides those that every mail has; each value one line of ASCII, e.g. `List-Unsubscribe`. */
  readonly headers?: { readonly [name: string]: string };
};
