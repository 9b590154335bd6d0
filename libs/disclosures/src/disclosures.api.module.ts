import { IdentityApiModule } from '@app/identity';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ActivityHandler } from './activity/activity';
import { CompareDisclosureHandler } from './comparison/compare-disclosure';
import { DecideDisclosureHandler } from './decide-disclosure';
import { DisclosuresController } from './disclosures.controller';
import { GetDisclosureHandler } from './disclosures/get-disclosure';
import { ItemHistoryHandler } from './disclosures/item-history';
import { ListDisclosuresHandler } from './disclosures/list-disclosures';
import { PublishedEditionHandler, PublishedServicesHandler } from './editions/published-edition.handlers';
import { ImportDisclosureHandler } from './imports/import-disclosure';
import { ImportsController } from './imports/imports.controller';
import { SendBackRevisionHandler, SignRevisionHandler } from './officer-decisions';
import { RevisionController } from './revision.controller';
import { MyTasksHandler } from './tasks/my-tasks';

@Module({
  imports: [CqrsModule, IdentityApiModule],
  controllers: [ImportsController, DisclosuresController, RevisionController],
  providers: [
    ActivityHandler,
    CompareDisclosureHandler,
    DecideDisclosureHandler,
    GetDisclosureHandler,
    ImportDisclosureHandler,
    ItemHistoryHandler,
    ListDisclosuresHandler,
    MyTasksHandler,
    PublishedEditionHandler,
    PublishedServicesHandler,
    SendBackRevisionHandler,
    SignRevisionHandler,
  ],
})
export class DisclosuresApiModule {}
