import { BlobStoreModule } from '@app/blob-store';
import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { closeComparisonPdf } from './comparison-pdf';
import { ComparisonTableController } from './comparison-table.controller';

/** 新旧対照表. Needs the questions of `DisclosuresApiModule`. */
@Module({ imports: [CqrsModule, BlobStoreModule], controllers: [ComparisonTableController] })
export class ComparisonTableApiModule implements OnApplicationShutdown {
  async onApplicationShutdown(): Promise<void> {
    await closeComparisonPdf();
  }
}
