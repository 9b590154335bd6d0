import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sealText } from '@app/sealing';
import type { Proof } from './proof';
import { verifyTimeStamp } from './verify-time-stamp';

// Made by OpenSSL, as fixtures/make.sh says.
const file = (name: string): Buffer => readFileSync(join(__dirname, '../../sealing/src/time-stamping/fixtures', name));
const roots = [new X509Certificate(file('root.pem')).raw];

const says = {
  ...{ batch: 2, first: '3', last: '4', size: 2, keyId: 'a1'.repeat(32) },
  ...{ previous: 'b2'.repeat(32), root: 'c3'.repeat(32), sealedAt: '2026-04-01T00:00:00.000Z' },
};
const seal = { ...says, chain: '', signature: '' };
/** As far as a proof is looked at here: an event in seal 2, and seals from there. */
const proof = (token: Buffer, of = 2): Pick<Proof, 'timeStamp' | 'seals' | 'events'> => ({
  timeStamp: { seal: of, token: token.toString('base64') },
  seals: [{ ...seal, batch: 1 }, seal, { ...seal, batch: 3 }],
  events: [{ seal: 1 }, { seal: 2 }] as Proof['events'],
});
const sentences = async (...given: Parameters<typeof verifyTimeStamp>): Promise<string> => {
  const { findings, timeStamp } = await verifyTimeStamp(...given);
  expect(timeStamp).toBeNull();
  expect(findings).toMatchObject([{ code: 'TimeStampRefused', at: 'timeStamp' }]);
  return findings.map(({ en }) => en).join();
};

describe('the time stamp of a proof', () => {
  it('is over what its seal says', async () => {
    expect(sealText(says).toString()).toBe(file('sealed').toString());
    expect(await verifyTimeStamp(proof(file('ec.tst')), roots)).toMatchObject({
      findings: [],
      timeStamp: { seal: 2, authority: '時刻認証局 例, 時刻認証', trusted: true },
    });
  });

  it('need not be there', async () =>
    expect(await verifyTimeStamp({ ...proof(file('ec.tst')), timeStamp: undefined } as Proof, roots)).toEqual({
      findings: [],
      timeStamp: null,
    }));

  it('says who signed it where nobody is trusted, and that this is open', async () =>
    expect(await verifyTimeStamp(proof(file('stranger.tst')))).toMatchObject({
      findings: [],
      timeStamp: { authority: 'Stranger TSA', trusted: false },
    }));

  it('over another seal, one before the publication or one that is not there is refused', async () => {
    expect(await sentences(proof(file('ec.tst'), 3), roots)).toContain('not over a seal of this publication');
    expect(await sentences(proof(file('ec.tst'), 1), roots)).toContain('not over a seal of this publication');
    expect(await sentences(proof(file('ec.tst'), 9), roots)).toContain('not over a seal of this publication');
  });

  it.each([
    ['stranger.tst', 'does not lead to an authority that was given'],
    ['expired.tst', 'was not valid at its time'],
    ['below-expired.tst', 'was not valid at its time'],
    ['no-purpose.tst', 'not one for time stamps'],
    ['more-purposes.tst', 'not one for time stamps'],
    ['unnamed.tst', 'not as its signer made it'],
    ['sealed', 'no token of RFC 3161'],
  ])('%s is refused: it %s', async (name, sentence) =>
    expect(await sentences(proof(file(name)), roots)).toContain(sentence),
  );

  it('is refused when a byte of its signature is another', async () => {
    const token = file('rsa.tst');
    token[token.length - 1] = (token.at(-1) ?? 0) ^ 1;
    expect(await sentences(proof(token), roots)).toContain('not as its signer made it');
  });
});
