/** Where an edition can be verified: printed in its PDF, as text and as QR. */
export const verificationPageOf = (
  publicUrl: string,
  { service, number }: { readonly service: string; readonly number: number },
): string => `${publicUrl}/verify/${encodeURIComponent(service)}/${number}`;
