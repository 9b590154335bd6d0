import { BlobStoreModule } from '@app/blob-store';
import { IdentityApiModule } from '@app/identity';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ActivityHandler } from './activity/activity';
import { AnomaliesController } from './anomalies/anomalies.controller';
import { SettleAnomalyHandler } from './anomalies/settle-anomaly';
import { RestoreItemHandler } from './as-of/restore-item';
import { ReviseItemHandler } from './as-of/revise-item';
import { ListMomentsHandler, ShowAsOfHandler } from './as-of/time-machine';
import { TimeMachineController } from './as-of/time-machine.controller';
import { BlameItemHandler } from './blame/blame-item';
import { CompareDisclosureHandler, ReadTextsToCompareHandler } from './comparison/compare-disclosure';
import { DecideDisclosureHandler } from './decide-disclosure';
import { DisclosuresController } from './disclosures.controller';
import { GetDisclosureHandler } from './disclosures/get-disclosure';
import { ItemHistoryHandler, TextOfItemHandler } from './disclosures/item-history';
import { ListDisclosuresHandler } from './disclosures/list-disclosures';
import { PublishedEditionHandler, PublishedServicesHandler } from './editions/published-edition.handlers';
import { ImportDisclosureHandler } from './imports/import-disclosure';
import { ImportsController } from './imports/imports.controller';
import { InboxHandler } from './inbox/inbox';
import { MovedSinceHandler } from './moved/moved-since';
import {
  DecideReviewHandler,
  ReassignSignatoryHandler,
  SignRevisionHandler,
  SubmitRevisionHandler,
  WithdrawRevisionHandler,
} from './review-decisions';
import { PreviewSubmissionHandler } from './submission/preview-submission';
import { DraftNextRowHandler } from './history/draft-next-row';
import { CloseProposalsHandler, DecideProposalHandler, ProposeFileHandler } from './proposals/decide-proposal';
import { ProposalsController } from './proposals/proposals.controller';
import { ListProposedFilesHandler, ShowProposedFileHandler } from './proposals/show-proposals';
import { PublicationController } from './publication.controller';
import { PublishEditionHandler } from './publication/publish-printable';
import { ReviewController } from './review.controller';
import { RevisionController } from './revision.controller';
import { MyTasksHandler } from './tasks/my-tasks';

@Module({
  imports: [CqrsModule, IdentityApiModule, BlobStoreModule],
  controllers: [
    ImportsController,
    DisclosuresController,
    RevisionController,
    ReviewController,
    PublicationController,
    TimeMachineController,
    ProposalsController,
    AnomaliesController,
  ],
  providers: [
    ActivityHandler,
    BlameItemHandler,
    CloseProposalsHandler,
    CompareDisclosureHandler,
    DecideDisclosureHandler,
    DecideProposalHandler,
    DecideReviewHandler,
    DraftNextRowHandler,
    GetDisclosureHandler,
    ImportDisclosureHandler,
    InboxHandler,
    ItemHistoryHandler,
    ListDisclosuresHandler,
    ListMomentsHandler,
    ListProposedFilesHandler,
    MovedSinceHandler,
    MyTasksHandler,
    PreviewSubmissionHandler,
    ProposeFileHandler,
    PublishedEditionHandler,
    PublishedServicesHandler,
    PublishEditionHandler,
    ReadTextsToCompareHandler,
    ReassignSignatoryHandler,
    RestoreItemHandler,
    ReviseItemHandler,
    ShowAsOfHandler,
    ShowProposedFileHandler,
    SettleAnomalyHandler,
    SignRevisionHandler,
    SubmitRevisionHandler,
    TextOfItemHandler,
    WithdrawRevisionHandler,
  ],
})
export class DisclosuresApiModule {}
