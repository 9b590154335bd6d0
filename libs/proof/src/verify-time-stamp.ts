import { sealText } from '@app/sealing';
import {
  TimeStampRefused,
  verifyTimeStamp as verifyToken,
  type TimeStamp,
  type TimeStampFault,
} from '@app/sealing/time-stamping';
import { finding, type Finding } from './finding';
import type { Proof } from './proof';

/** What a stamp says of a seal. `trusted`: its signer leads to a root of the verifier's; else anybody may have signed it. */
export type VerifiedTimeStamp = TimeStamp & { readonly seal: number; readonly trusted: boolean };

/**
 * Checks the time stamp of a proof, if it has one. Whether the seals themselves hold is for `verifyProof` to say.
 * @param roots certificates (DER) of the authorities that the verifier trusts; without any, who signed stays open
 */
export const verifyTimeStamp = async (
  { timeStamp, seals, events }: Pick<Proof, 'timeStamp' | 'seals' | 'events'>,
  roots?: readonly Uint8Array[],
): Promise<{ readonly findings: readonly Finding[]; readonly timeStamp: VerifiedTimeStamp | null }> => {
  if (!timeStamp) return { findings: [], timeStamp: null };
  const seal = seals.find(({ batch }) => batch === timeStamp.seal);
  // One over an earlier seal is over what was before the publication.
  if (!seal || seal.batch < Math.max(...events.map((event) => event.seal))) return refused('OverSomethingElse');
  try {
    const stamp = await verifyToken(Buffer.from(timeStamp.token, 'base64'), sealText(seal), roots ?? null);
    return { findings: [], timeStamp: { ...stamp, seal: seal.batch, trusted: roots !== undefined } };
  } catch (error) {
    if (error instanceof TimeStampRefused) return refused(error.fault);
    throw error;
  }
};

const faults: Readonly<Record<TimeStampFault, readonly [ja: string, en: string]>> = {
  Malformed: [
    '時刻印が、SHA-256と署名者の証明書をもつRFC 3161のトークンではありません。',
    'The time stamp is no token of RFC 3161 with SHA-256 and the certificate of its signer.',
  ],
  OverSomethingElse: [
    '時刻印が、この公開を封じた封印へのものではありません。',
    'The time stamp is not over a seal of this publication.',
  ],
  BadSignature: ['時刻印が、署名されたとおりのものではありません。', 'The time stamp is not as its signer made it.'],
  NotForTimeStamping: [
    '時刻印に署名した証明書が、時刻印のためのもの（拡張鍵用途 timeStamping のみ）ではありません。',
    'The certificate of the time stamp is not one for time stamps (extended key usage timeStamping alone).',
  ],
  NotValidThen: [
    '時刻印の証明書が、その時刻に有効ではありませんでした。',
    'A certificate of the time stamp was not valid at its time.',
  ],
  UntrustedSigner: [
    '時刻印の署名者が、信用する認証局につながりません。',
    'The signer of the time stamp does not lead to an authority that was given.',
  ],
};

const refused = (fault: TimeStampFault) => {
  const [ja, en] = faults[fault];
  return { findings: [finding('TimeStampRefused', 'timeStamp', ja, en)], timeStamp: null };
};
