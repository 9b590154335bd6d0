import type { Issuer } from './imported-disclosure';

type Line = { readonly text: string; readonly line: number };

/** The name, postal address and telephone of the issuer on the last page, and the lines which are none of these. */
export const readIssuer = (
  lines: readonly Line[],
): { readonly issuer: Issuer | null; readonly others: readonly Line[] } => {
  let issuer: Partial<Record<keyof Issuer, string>> = {};
  const others: Line[] = [];
  for (const line of lines) {
    const read = readLine(line.text, issuer);
    if (read === null) others.push(line);
    else issuer = { ...issuer, ...read };
  }
  const { name } = issuer;
  if (name !== undefined) return { issuer: { ...issuer, name }, others };
  return { issuer: null, others: lines };
};

const readLine = (text: string, known: Partial<Issuer>): Partial<Record<keyof Issuer, string>> | null => {
  const postal = /^(?:住所[:：]?\s*)?〒\s*(\d{3}[-－‐]\d{4})\s*(.*)$/.exec(text);
  if (postal)
    return { postalCode: (postal[1] ?? '').normalize('NFKC'), ...(postal[2] ? { address: postal[2].trim() } : {}) };
  if (/TEL|電話|FAX/i.test(text)) {
    const tel = /(?:TEL|電話(?:番号)?)\s*[.．:：]?\s*([+\d][\d()（）-]*)/i.exec(text)?.[1];
    const fax = /FAX\s*[.．:：]?\s*([+\d][\d()（）-]*)/i.exec(text)?.[1];
    if (tel !== undefined || fax !== undefined)
      return { ...(tel === undefined ? {} : { tel }), ...(fax === undefined ? {} : { fax }) };
  }
  if (known.name === undefined) return { name: text };
  const continuesAddress = known.postalCode !== undefined && known.address === undefined;
  return continuesAddress ? { address: text } : null;
};
