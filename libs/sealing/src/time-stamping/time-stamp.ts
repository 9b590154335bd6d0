import { createHash, timingSafeEqual } from 'node:crypto';
import type { AsnType } from 'asn1js';
import type { Certificate, SignedData, SignerInfo } from 'pkijs';

/** Large, and only for those who have to do with time stamps. */
const libraries = async () => {
  const [pki, asn] = await Promise.all([import('pkijs'), import('asn1js')]);
  return { pki, asn };
};
type Libraries = Awaited<ReturnType<typeof libraries>>;

/** What a token of RFC 3161 says. */
export type TimeStamp = {
  /** When it was made, by the authority's clock: ISO 8601, UTC. What it is over existed before. */
  readonly time: string;
  /** Who the signer's certificate says it is. */
  readonly authority: string;
  /** The policy under which it was made, an object identifier. */
  readonly policy: string;
  /** Hex. */
  readonly serialNumber: string;
};

/**
 * Why a token is none that counts:
 * - `Malformed`: it is no token of RFC 3161, or not one with SHA-256 and the signer's certificate
 * - `OverSomethingElse`: it is not over these bytes
 * - `BadSignature`: it is not as its signer made it
 * - `NotForTimeStamping`: the signer's certificate is not one for time stamps (extendedKeyUsage, critical and alone)
 * - `NotValidThen`: a certificate was not valid when it was made
 * - `UntrustedSigner`: no chain leads from the signer to a root that is trusted
 */
export type TimeStampFault =
  'Malformed' | 'OverSomethingElse' | 'BadSignature' | 'NotForTimeStamping' | 'NotValidThen' | 'UntrustedSigner';

export class TimeStampRefused extends Error {
  constructor(
    readonly fault: TimeStampFault,
    message: string,
  ) {
    super(message);
    this.name = 'TimeStampRefused';
  }
}

const SHA_256 = '2.16.840.1.101.3.4.2.1';
const hashNames: Readonly<Record<string, string>> = {
  [SHA_256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

const sha256 = (data: Uint8Array): Buffer => createHash('sha256').update(data).digest();
const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);
/** pkijs reads whole ArrayBuffers; a Buffer is often a part of one. */
const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

// Asking ----------------------------------------------------------------

export type TimeStampQuery = { readonly der: Uint8Array; readonly nonce: Uint8Array };

/**
 * Asks for a stamp over the SHA-256 of `data`, with the signer's certificate in it.
 * @param nonce random; the answer has to repeat it
 */
export const timeStampQuery = async (data: Uint8Array, nonce: Uint8Array, policy?: string): Promise<TimeStampQuery> => {
  const { pki, asn } = await libraries();
  // A DER integer is positive when its first bit is 0, and as short as can be when its first byte is not.
  const positive = Uint8Array.from(nonce, (byte, i) => (i === 0 ? (byte & 0x7f) | 0x40 : byte));
  const request = new pki.TimeStampReq({
    version: 1,
    messageImprint: new pki.MessageImprint({
      hashAlgorithm: new pki.AlgorithmIdentifier({ algorithmId: SHA_256, algorithmParams: new asn.Null() }),
      hashedMessage: new asn.OctetString({ valueHex: bufferOf(sha256(data)) }),
    }),
    nonce: new asn.Integer({ valueHex: bufferOf(positive) }),
    certReq: true,
    ...(policy === undefined ? {} : { reqPolicy: policy }),
  });
  return { der: new Uint8Array(request.toSchema().toBER()), nonce: positive };
};

/**
 * The token in an answer, when it is one to that question; what else there is to check says `verifyTimeStamp`.
 * @throws TimeStampRefused
 */
export const tokenInAnswer = async (
  answer: Uint8Array,
  { nonce }: Pick<TimeStampQuery, 'nonce'>,
  policy?: string,
): Promise<Buffer> => {
  const using = await libraries();
  const read = parsed('The answer is none of RFC 3161', () => using.pki.TimeStampResp.fromBER(bufferOf(answer)));
  const { status, statusStrings } = read.status;
  // PKIStatus: granted, or grantedWithMods.
  if (status !== 0 && status !== 1) {
    const why = (statusStrings ?? []).map(({ valueBlock }) => valueBlock.value).join(' ');
    throw new TimeStampRefused('Malformed', `The authority gives no stamp (status ${status}${why && `: ${why}`})`);
  }
  const content = read.timeStampToken;
  if (!content) throw new TimeStampRefused('Malformed', 'The answer has no token');
  const token = Buffer.from(content.toSchema().toBER());
  const { info } = open(using, token);
  if (!info.nonce || !isSame(new Uint8Array(info.nonce.valueBlock.valueHexView), nonce))
    throw new TimeStampRefused('OverSomethingElse', 'The stamp is not for this request: its nonce is another');
  if (policy !== undefined && info.policy !== policy)
    throw new TimeStampRefused('OverSomethingElse', `The stamp is under the policy ${info.policy}, not ${policy}`);
  return token;
};

// Checking --------------------------------------------------------------

/**
 * Checks a token by itself, and against the roots where some are given.
 *
 * Whether a certificate was revoked is not asked: that takes the network, and the token's use is to be checked without.
 *
 * @param data what it should be over
 * @param roots certificates in DER; null to leave open who the signer is
 * @throws TimeStampRefused
 */
export const verifyTimeStamp = async (
  token: Uint8Array,
  data: Uint8Array,
  roots: readonly Uint8Array[] | null,
): Promise<TimeStamp> => {
  const using = await libraries();
  const { signedData, signerInfo, signer, info } = open(using, token);
  const { messageImprint: imprint, genTime } = info;
  if (imprint.hashAlgorithm.algorithmId !== SHA_256)
    throw new TimeStampRefused('Malformed', 'The stamp is not over a SHA-256');
  if (!isSame(new Uint8Array(imprint.hashedMessage.valueBlock.valueHexView), sha256(data)))
    throw new TimeStampRefused('OverSomethingElse', 'The stamp is over something else');
  await checkSignature(signedData, data);
  checkSigningCertificate(using, signerInfo, signer);
  if (!isForTimeStamping(using, signer))
    throw new TimeStampRefused('NotForTimeStamping', "The signer's certificate is not one for time stamps");
  if (genTime < signer.notBefore.value || genTime > signer.notAfter.value)
    throw new TimeStampRefused('NotValidThen', "The signer's certificate was not valid at that time");
  if (roots !== null) await checkChain(using, signedData, data, roots);
  return {
    time: genTime.toISOString(),
    authority: nameOf(signer),
    policy: info.policy,
    serialNumber: Buffer.from(info.serialNumber.valueBlock.valueHexView).toString('hex'),
  };
};

const parsed = <T>(complaint: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof TimeStampRefused) throw error;
    throw new TimeStampRefused('Malformed', complaint);
  }
};

/** The parts of a token with one signer, whose certificate is in it. */
const open = ({ pki }: Libraries, token: Uint8Array) =>
  parsed('The stamp is no token of RFC 3161', () => {
    const content = pki.ContentInfo.fromBER(bufferOf(token));
    if (content.contentType !== pki.id_ContentType_SignedData) throw new Error('not signed');
    const signedData = new pki.SignedData({ schema: content.content });
    const { eContent, eContentType } = signedData.encapContentInfo;
    const [signerInfo, ...others] = signedData.signerInfos;
    if (eContentType !== pki.id_eContentType_TSTInfo || !eContent || !signerInfo || others.length > 0)
      throw new Error('no time stamp');
    const { sid } = signerInfo;
    const signer = (signedData.certificates ?? []).find(
      (one): one is Certificate =>
        one instanceof pki.Certificate &&
        sid instanceof pki.IssuerAndSerialNumber &&
        one.issuer.isEqual(sid.issuer) &&
        one.serialNumber.isEqual(sid.serialNumber),
    );
    if (!signer) throw new TimeStampRefused('Malformed', "The signer's certificate is not in the stamp");
    if (!(signerInfo.digestAlgorithm.algorithmId in hashNames))
      throw new TimeStampRefused('Malformed', 'The stamp is signed over a hash that is not trusted any more');
    return { signedData, signerInfo, signer, info: pki.TSTInfo.fromBER(eContent.getValue()) };
  });

const checkSignature = async (signedData: SignedData, data: Uint8Array): Promise<void> => {
  const sound = await signedData.verify({ signer: 0, data: bufferOf(data) }).catch(() => false);
  if (!sound) throw new TimeStampRefused('BadSignature', 'The stamp is not as its signer made it');
};

/** RFC 3161 §2.4.2, RFC 5816: the signature names the certificate, so that no other with the same key can be put in its place. */
const checkSigningCertificate = ({ asn }: Libraries, { signedAttrs }: SignerInfo, signer: Certificate): void => {
  const partsOf = (value: AsnType | undefined): readonly AsnType[] =>
    value instanceof asn.Sequence ? (value.valueBlock.value as AsnType[]) : [];
  const attributes = signedAttrs?.attributes ?? [];
  const named = attributes.some(({ type, values }) => {
    if (type !== SIGNING_CERTIFICATE && type !== SIGNING_CERTIFICATE_V2) return false;
    const [first] = partsOf(partsOf(values[0] as AsnType)[0]);
    const parts = partsOf(first);
    const hash = parts.find((part) => part instanceof asn.OctetString);
    const [algorithm] = partsOf(parts[0]);
    const oid = algorithm instanceof asn.ObjectIdentifier ? algorithm.valueBlock.toString() : SHA_256;
    const name = type === SIGNING_CERTIFICATE ? 'sha1' : hashNames[oid];
    if (!hash || name === undefined) return false;
    const der = new Uint8Array(signer.toSchema().toBER());
    return isSame(createHash(name).update(der).digest(), new Uint8Array(hash.valueBlock.valueHexView));
  });
  if (!named) throw new TimeStampRefused('BadSignature', 'The stamp does not name the certificate of its signer');
};

/** RFC 3161 §2.3: that use and no other, and critical. */
const isForTimeStamping = ({ pki }: Libraries, { extensions }: Certificate): boolean => {
  const usage = extensions?.find(({ extnID }) => extnID === pki.id_ExtKeyUsage);
  const purposes = usage?.parsedValue instanceof pki.ExtKeyUsage ? usage.parsedValue.keyPurposes : [];
  return usage?.critical === true && purposes.length === 1 && purposes[0] === TIME_STAMPING;
};

const checkChain = async (
  { pki }: Libraries,
  signedData: SignedData,
  data: Uint8Array,
  roots: readonly Uint8Array[],
): Promise<void> => {
  const trustedCerts = roots.map((der) => pki.Certificate.fromBER(bufferOf(der)));
  // Revocation lists in a token are old, and would be needed for every certificate.
  const bare = new pki.SignedData({ schema: signedData.toSchema() });
  delete bare.crls;
  try {
    await bare.verify({ signer: 0, data: bufferOf(data), trustedCerts, checkChain: true });
  } catch (error) {
    const why = error instanceof pki.SignedDataVerifyError ? error.message : String(error);
    if (why.includes('not yet valid or expired'))
      throw new TimeStampRefused('NotValidThen', 'A certificate in the chain of the signer was not valid at that time');
    throw new TimeStampRefused(
      'UntrustedSigner',
      'No chain leads from the signer of the stamp to a root that is trusted',
    );
  }
};

const COMMON_NAME = '2.5.4.3';
const ORGANIZATION = '2.5.4.10';

const nameOf = ({ subject }: Certificate): string => {
  const valueOf = (oid: string): string | undefined => {
    const value: unknown = subject.typesAndValues.find(({ type }) => (type as string) === oid)?.value.valueBlock.value;
    return typeof value === 'string' ? value : undefined;
  };
  return [valueOf(COMMON_NAME), valueOf(ORGANIZATION)].filter((part) => part !== undefined).join(', ');
};
