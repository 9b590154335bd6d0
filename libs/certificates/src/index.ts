export { certificateCodec } from './certificate.codec';
export {
  allCertificates,
  certificateAsOf,
  certificatesProjections,
  certificatesView,
  ListCertificates,
  ShowCertificate,
  type CertificateRow,
  type CertificateView,
} from './certificates';
export { CertificatesApiModule } from './certificates.api.module';
export * from './contract';
export { certificateNow, certificateStream, DecideCertificate } from './decide-certificate';
export {
  certificateKinds,
  type Certificate,
  type CertificateEvent,
  type CertificateKind,
  type Citation,
  type Term,
} from './domain/certificate';
export { certificateDecider, type CertificateCommand, type CertificateRejection } from './domain/certificate.decider';
