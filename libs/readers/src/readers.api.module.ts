import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ReaderPagesController } from './reader-pages.controller';
import { ReadersController } from './readers.controller';
import { closeReceiptPdf } from './receipt-pdf';

/** Readers and their pages. Needs the questions of `DisclosuresApiModule`; `/d/{service}/follow` has to come before the portal's pages. */
@Module({ imports: [CqrsModule], controllers: [ReadersController, ReaderPagesController] })
export class ReadersApiModule implements OnApplicationShutdown {
  async onApplicationShutdown(): Promise<void> {
    await closeReceiptPdf();
  }
}
