/** Why a text is not one mail address. */
export type MailAddressFault = 'controlCharacter' | 'severalAddresses' | 'form';

// U+0000–001F with CR and LF, DEL, C1 controls, and the Unicode line and paragraph separators.
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Of the HTML standard (input type=email): what mail servers take in practice, legacy addresses like `a..b@` included. */
const form =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

/** A line break would end a mail's header line and let the rest become headers of an attacker's choice. */
export const hasControlCharacter = (text: string): boolean => controls.test(text);

/** One mail address without display name, at most 254 characters (RFC 5321). Spaces around it are forgiven. */
export const readMailAddress = (text: string): { readonly address: string } | { readonly fault: MailAddressFault } => {
  if (hasControlCharacter(text)) return { fault: 'controlCharacter' };
  const address = text.trim();
  if (/[,;]/.test(address) || address.split('@').length > 2) return { fault: 'severalAddresses' };
  return address.length <= 254 && form.test(address) ? { address } : { fault: 'form' };
};
