export { certificateCodec } from './certificate.codec';
export { certificateMigrations } from './certificate.migrations';
export { certificateStream, isCertificateStream } from './certificate-stream';
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
export { CitingDisclosures, StartCitingRevisions } from './citing-disclosures';
export * from './contract';
export { certificateDeadlines, certificateSubject } from './deadlines';
export { certificateNow, DecideCertificate, decideCertificate } from './decide-certificate';
export { applicationWindow, type ApplicationWindow } from './domain/application-window';
export { certificateLapses, lapseIfEnded } from './lapse';
export {
  certificateKinds,
  evolve as evolveCertificate,
  initialState as noCertificate,
  type Certificate,
  type CertificateEvent,
  type CertificateKind,
  type Citation,
  type Responsible,
  type Term,
} from './domain/certificate';
export { certificateDecider, type CertificateCommand, type CertificateRejection } from './domain/certificate.decider';
