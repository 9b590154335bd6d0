import { BlobStoreModule } from '@app/blob-store';
import { namedTimeStampRoots } from '@app/sealing/time-stamping';
import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AppearanceController } from './appearance/appearance.controller';
import { PublicAppearanceController } from './appearance/public-appearance.controller';
import { DecideAppearanceHandler } from './appearance/decide-appearance';
import { EditionDocxController } from './edition-docx.controller';
import { EditionFilesController } from './edition-files.controller';
import { EditionPdfs } from './edition-pdfs';
import { closePdfPool } from './pdf/render-pdf';
import { PortalController } from './portal/portal.controller';
import { SitemapController } from './portal/sitemap.controller';
import { namedVerifierUrl, VERIFIER_URL } from './verify/verifier-url';
import { SENDING_TIME, TIME_STAMP_ROOTS, VerifyController } from './verify/verify.controller';

/** Files of editions and the public portal. Needs the DataSource and the questions of `DisclosuresApiModule`. */
@Module({
  imports: [CqrsModule, BlobStoreModule],
  controllers: [
    AppearanceController,
    PublicAppearanceController,
    EditionFilesController,
    EditionDocxController,
    PortalController,
    SitemapController,
    VerifyController,
  ],
  providers: [
    DecideAppearanceHandler,
    EditionPdfs,
    { provide: TIME_STAMP_ROOTS, useFactory: () => namedTimeStampRoots(process.env) },
    { provide: VERIFIER_URL, useFactory: () => namedVerifierUrl(process.env) },
    { provide: SENDING_TIME, useValue: 60_000 },
  ],
})
export class PublishingApiModule implements OnApplicationShutdown {
  async onApplicationShutdown(): Promise<void> {
    await closePdfPool();
  }
}
