import { BlobStoreModule } from '@app/blob-store';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ListCertificatesHandler, ShowCertificateHandler } from './certificates';
import { CertificatesController } from './certificates.controller';
import { CitingDisclosuresHandler, StartCitingRevisionsHandler } from './citing-disclosures';
import { DecideCertificateHandler } from './decide-certificate';

@Module({
  imports: [CqrsModule, BlobStoreModule],
  controllers: [CertificatesController],
  providers: [
    DecideCertificateHandler,
    ListCertificatesHandler,
    ShowCertificateHandler,
    CitingDisclosuresHandler,
    StartCitingRevisionsHandler,
  ],
})
export class CertificatesApiModule {}
