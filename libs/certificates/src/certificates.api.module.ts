import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ListCertificatesHandler, ShowCertificateHandler } from './certificates';
import { CertificatesController } from './certificates.controller';
import { DecideCertificateHandler } from './decide-certificate';

@Module({
  imports: [CqrsModule],
  controllers: [CertificatesController],
  providers: [DecideCertificateHandler, ListCertificatesHandler, ShowCertificateHandler],
})
export class CertificatesApiModule {}
