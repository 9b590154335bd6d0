import { certificateKinds, type CertificateKind } from './domain/certificate';

/** Nest injection token for who knows the kinds of certificates that administrators have added. */
export const CERTIFICATE_KINDS = Symbol('CertificateKinds');

/** The keys of all kinds that there are now. */
export type CertificateKinds = () => Promise<readonly CertificateKind[]>;

export const builtInKinds: CertificateKinds = () => Promise.resolve(certificateKinds);
