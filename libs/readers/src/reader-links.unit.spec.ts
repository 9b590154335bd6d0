import { hasExpired, isSigned, linkToken, readLink } from './reader-links';
import type { ReaderContact } from './reader-contacts';

const now = new Date('2030-01-10T03:00:00.000Z');
const contact: ReaderContact = {
  ...{ readerId: '01940000-0000-7000-8000-000000000001', disclosureId: 'd1', service: 'minato' },
  ...{ hospital: 'みなと病院', address: 'a@example.jp', secret: 'ab'.repeat(32), invited: false },
  ...{ confirmedAt: null, shownEdition: null, shownErratumAt: null },
};
const other = { ...contact, readerId: '01940000-0000-7000-8000-000000000002', secret: 'cd'.repeat(32) };
const linkOf = (token: string) => readLink(token)!;

describe('a link of a reader', () => {
  it('is good for whom and for what it was made', () => {
    const link = linkOf(linkToken(contact, 'a', now, 3));
    expect(link).toMatchObject({ purpose: 'a', readerId: contact.readerId, edition: 3 });
    expect(isSigned(link, contact)).toBe(true);
  });

  it.each([
    ['for another purpose', (token: string) => `u${token.slice(1)}`],
    ['of another edition', (token: string) => token.replace('.3.', '.4.')],
    ['that was made to last', (token: string) => token.replace(/\.(\d{10})\./, '.9999999999.')],
    ['for ever', (token: string) => token.replace(/\.(\d{10})\./, '.0.')],
    ['with another signature', (token: string) => `${token.slice(0, -4)}AAAA`],
  ])('is not taken %s', (_, forged) => {
    const link = readLink(forged(linkToken(contact, 'a', now, 3)));
    expect(link !== null && isSigned(link, contact)).toBe(false);
  });

  it('of another reader is not taken', () => {
    const own = linkToken(other, 'a', now, 3);
    expect(isSigned(linkOf(own.replace(other.readerId, contact.readerId)), contact)).toBe(false);
    expect(isSigned(linkOf(own), { ...contact, secret: other.secret })).toBe(false);
  });

  it('to confirm with is void when another name is to be confirmed', () => {
    const link = linkOf(linkToken(contact, 'c', now));
    expect(isSigned(link, { ...contact, hospital: '別の病院' })).toBe(false);
    expect(isSigned(linkOf(linkToken(contact, 'u', now)), { ...contact, hospital: '別の病院' })).toBe(true);
  });

  it('ends when its time is over, and leaving never does', () => {
    const after = (days: number) => new Date(now.getTime() + days * 24 * 3_600_000);
    expect([1.9, 2].map((days) => hasExpired(linkOf(linkToken(contact, 'c', now)), after(days)))).toEqual([
      false,
      true,
    ]);
    expect([89, 90].map((days) => hasExpired(linkOf(linkToken(contact, 'a', now, 3)), after(days)))).toEqual([
      false,
      true,
    ]);
    expect(hasExpired(linkOf(linkToken(contact, 'u', now)), after(10_000))).toBe(false);
  });

  it('is nothing when it is mutilated', () => {
    const token = linkToken(contact, 'a', now, 3);
    for (const wrong of ['', 'x', token.slice(0, -1), `${token}=`, token.replaceAll('.', '/'), `${token}\n`])
      expect(readLink(wrong)).toBeNull();
  });
});
