import type { ReadModel } from '@app/projections';
import { activityProjection } from './activity/activity';
import { disclosuresProjection } from './disclosures/disclosure-projection';

/** The read models of this feature. The outbox of review mails is apart: it needs to be told where mail goes. */
export const disclosureProjections: readonly ReadModel[] = [disclosuresProjection, activityProjection];
