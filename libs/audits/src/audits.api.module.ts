import { BlobStoreModule } from '@app/blob-store';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ListAuditsHandler, ShowAuditHandler } from './audits';
import { AuditsController } from './audits.controller';
import { DecideAuditHandler } from './decide-audit';

@Module({
  imports: [CqrsModule, BlobStoreModule],
  controllers: [AuditsController],
  providers: [DecideAuditHandler, ListAuditsHandler, ShowAuditHandler],
})
export class AuditsApiModule {}
