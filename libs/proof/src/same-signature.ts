/** Whether two records are of one signature. What carries over stands at a step of its own in the new route; all else of it is as it was. */
export const isSameSignature = (
  one: { readonly [key: string]: unknown },
  other: { readonly at: string; readonly coverageHash: string; readonly signer: { readonly id: string } },
): boolean =>
  one['at'] === other.at &&
  one['coverageHash'] === other.coverageHash &&
  (one['signer'] as { id?: unknown } | undefined)?.id === other.signer.id;

/** Whether two records are of one 後閲. */
export const isSamePostReview = (
  one: { readonly [key: string]: unknown },
  other: { readonly at: string; readonly step: number; readonly reader: { readonly id: string } },
): boolean =>
  one['at'] === other.at &&
  one['step'] === other.step &&
  (one['reader'] as { id?: unknown } | undefined)?.id === other.reader.id;
